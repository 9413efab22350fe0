using Actors.Wire.Ipv6;

namespace Tests.Actors.Wire.Captures;

public class ScapyTests
{
    /// <summary>
    /// tshark does not verify checksums of mobility headers; scapy computes them anew. It takes the home address into the
    /// pseudo-header only from a header with no other option, so padding that it has read goes; it pads by itself.
    /// </summary>
    internal const string Script = """
        import sys
        from scapy.all import IPv6, raw
        from scapy.layers.inet6 import HAO, IPv6ExtHdrDestOpt, _MobilityHeader
        for line in open(sys.argv[1]):
            name, text = line.rstrip("\n").split("\t")
            packet = IPv6(bytes.fromhex(text))
            header = packet.getlayer(_MobilityHeader, _subclass=True)
            if header is None:
                continue
            header.cksum = None
            options = packet.getlayer(IPv6ExtHdrDestOpt)
            if options is not None:
                options.options = [option for option in options.options if isinstance(option, HAO)]
            print(name, raw(packet).hex().upper(), sep="\t")
        """;

    [Fact]
    public void It_gives_every_mobility_header_the_same_checksum_and_bytes()
    {
        var samples = SamplePackets.All
            .Where(sample => Ipv6Packet.Read(sample.Bytes).TryGet(out var packet) && packet.Protocol == IpProtocol.Mobility)
            .Select(sample => $"{sample.Name}\t{Convert.ToHexString(sample.Bytes)}").ToList();
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, samples);
            var rebuilt = ForeignTool.Run("/usr/bin/python3", "-c", Script, path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(samples, rebuilt);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
