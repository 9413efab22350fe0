namespace Tests.Actors.Wire.Captures;

public class ScapyTests
{
    /// <summary>tshark does not verify checksums of mobility headers; scapy computes them anew.</summary>
    private const string Script = """
        import sys
        from scapy.all import IPv6, raw
        from scapy.layers.inet6 import _MobilityHeader
        for line in sys.stdin:
            name, text = line.rstrip("\n").split("\t")
            packet = IPv6(bytes.fromhex(text))
            header = packet.getlayer(_MobilityHeader)
            if header is None:
                continue
            written = header.cksum
            header.cksum = None
            rebuilt = IPv6(raw(packet)).getlayer(_MobilityHeader).cksum
            print(name, type(header).__name__, "%04x" % written, "%04x" % rebuilt, sep="\t")
        """;

    [Fact]
    public void It_agrees_with_the_checksum_of_every_mobility_header()
    {
        var samples = SamplePackets.All.Select(sample => $"{sample.Name}\t{Convert.ToHexString(sample.Bytes)}\n");
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, string.Concat(samples));
            var output = ForeignTool.Run("/usr/bin/python3", "-c", $"import sys; sys.stdin = open('{path}')\n{Script}");
            var rows = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToList();
            Assert.All(rows, row => Assert.Equal((row[0], row[2]), (row[0], row[3])));
            Assert.Equal(
                ["BA", "BA of CN", "BE", "BRR", "BU", "BU to CN", "CoT", "CoTI", "HoT", "HoTI", "PBA", "PBU"],
                rows.Select(row => row[0]).Where(name => !name.StartsWith('H') || name.StartsWith("Ho", StringComparison.Ordinal))
                    .Where(name => !name.StartsWith('F')).Order(StringComparer.Ordinal));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
