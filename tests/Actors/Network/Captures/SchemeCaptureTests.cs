using Actors;
using Actors.Mobility;
using Actors.Network;
using Actors.Network.Captures;
using Actors.Network.Forms;
using Actors.Security.Keys;
using Tests.Actors.Forms;
using Tests.Actors.Kernel;
using Tests.Actors.Wire.Captures;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Network.Captures;

/// <summary>What tshark and scapy, which nobody here wrote, say of the captures of every scheme, its fallbacks and its data.</summary>
public sealed class SchemeCaptureTests(SchemeCaptures captures) : IClassFixture<SchemeCaptures>
{
    private const string Problems = "_ws.malformed || _ws.short || _ws.unreassembled || _ws.expert.severity >= 6291456";

    [Fact]
    public void Every_packet_of_every_scheme_dissects_without_a_complaint()
    {
        Assert.Equal("", captures.Tshark(captures.Packets, "-Y", Problems, "-T", "fields", "-e", "frame.comment", "-e", "frame.protocols", "-e", "_ws.expert.message"));
        Assert.Equal("", captures.Tshark(captures.Chains, "-Y", Problems, "-T", "fields", "-e", "frame.comment", "-e", "_ws.expert.message"));
    }

    [Fact]
    public void All_ESP_and_IKE_decrypt_and_every_integrity_value_is_good()
    {
        var lines = captures.Tshark(
            captures.Packets, "-Y", "esp || isakmp.exchangetype == 35", "-T", "fields", "-e", "frame.comment", "-e", "esp.icv_good", "-e", "esp.icv_bad",
            "-e", "frame.protocols", "-e", "isakmp.typepayload").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var esp = lines.Select(line => line.Split('\t')).Where(fields => fields[3].Contains("esp", StringComparison.Ordinal)).ToList();
        Assert.Equal(captures.Protected, esp.Count);
        Assert.All(esp, fields =>
        {
            Assert.Contains("1", fields[1].Split(','));
            Assert.DoesNotContain("1", fields[2].Split(','));
            Assert.Matches("esp:(ipv6|mipv6|icmpv6|udp)", fields[3]);
        });
        var ike = lines.Select(line => line.Split('\t')).Where(fields => fields[3].Contains("isakmp", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(ike);
        Assert.All(ike, fields => Assert.Contains("39", fields[4].Split(',')));
    }

    [Fact]
    public void Payload_chains_of_the_exchange_read_as_SA_KE_CERT_nonce_and_AUTH()
    {
        var lines = captures.Tshark(captures.Chains, "-T", "fields", "-e", "frame.comment", "-e", "isakmp.typepayload", "-e", "x509ce.dNSName", "-e", "x509sat.uTF8String")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.All(lines, line =>
        {
            var payloads = line.Split('\t')[1].Split(',');
            Assert.All((string[])["33", "34", "37", "40", "39"], payload => Assert.Contains(payload, payloads));
        });
    }

    [Fact]
    public void Each_link_is_an_interface_each_node_has_a_name_and_each_packet_a_comment()
    {
        var lines = captures.Tshark(
            captures.Packets, "-Y", "icmpv6.fmip6.subtype == 2", "-T", "fields", "-e", "frame.interface_name", "-e", "frame.comment", "-e", "ipv6.src_host", "-e", "ipv6.dst_host")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("mn>par\tRtSolPr, handover 1 of mn\tmn.par\tpar", lines);
    }

    [Fact]
    public void Scapy_gives_every_mobility_header_the_same_checksum() => Assert.Empty(captures.WrongMobilityChecksums());
}

/// <summary>One handover of every scheme and of its fallbacks, with data, in one capture.</summary>
public sealed class SchemeCaptures : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("captures-").FullName;
    private readonly List<byte[]> _mobility = [];

    public SchemeCaptures()
    {
        using var virtualSystem = new VirtualSystem();
        var packets = new List<CapturedPacket>();
        var chains = new List<CapturedPacket>();
        var rings = new List<KeyRing>();
        long replication = 0;
        foreach (var journey in HandoverSchemes.All.Select(scheme => scheme.Name).Concat(
            ["ipsec-fmipv6 anticipation=1", "ipsec-fmipv6 anticipation=12", "ipsec-fmipv6 anticipation=30", "ipsec-fmipv6-resumption anticipation=1", "fmipv6 anticipation=1"]))
        {
            var scenario = Journeys.Scenario(journey, new Traffic(Ms(20), 160, Ms(200)) { IsUp = true });
            var plan = scenario.Network;
            var ring = new KeyRing(1, replication++, plan.Domains.Count, node => plan[node].Domain);
            var capture = new PacketCapture(new PacketCodec(plan, SchemeForms.Of(scenario.Scheme), ring));
            using var simulation = new Simulation(virtualSystem.System, scenario);
            simulation.Observer = capture;
            simulation.Run(1, 0);
            packets.AddRange(capture.Packets);
            chains.AddRange(capture.Chains);
            rings.Add(ring);
        }

        Protected = packets.Count(packet => packet.Bytes[6] == 50 || (packet.Bytes[6] is 43 or 60 && packet.Bytes[40] == 50) || IsProtectedInside(packet.Bytes));
        _mobility.AddRange(packets.Select(packet => packet.Bytes).Where(bytes => bytes[6] == 135 || (bytes[6] is 43 or 60 && bytes[40] == 135)));
        Write(Packets, packets);
        Write(Chains, chains);
        foreach (var (name, text) in WiresharkFolder.Files(rings))
        {
            Directory.CreateDirectory(Path.Combine(_folder, "wireshark"));
            File.WriteAllText(Path.Combine(_folder, "wireshark", name), text);
        }
    }

    public string Packets => Path.Combine(_folder, "all.pcapng");

    public string Chains => Path.Combine(_folder, "all-ike.pcapng");

    /// <summary>Packets with ESP, in a tunnel too.</summary>
    public int Protected { get; }

    public string Tshark(string file, params string[] arguments) => ForeignTool.Run(
        "tshark", [("WIRESHARK_CONFIG_DIR", Path.Combine(_folder, "wireshark"))], ["-r", file, .. arguments]);

    public IReadOnlyList<string> WrongMobilityChecksums()
    {
        var path = Path.Combine(_folder, "mobility.txt");
        File.WriteAllLines(path, _mobility.Select(bytes => $"x\t{Convert.ToHexString(bytes)}"));
        var rebuilt = ForeignTool.Run("/usr/bin/python3", "-c", ScapyTests.Script, path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(_mobility.Count, rebuilt.Length);
        return [.. _mobility.Select(bytes => $"x\t{Convert.ToHexString(bytes)}").Except(rebuilt)];
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private static bool IsProtectedInside(byte[] bytes) => bytes[6] == 41 && (bytes[46] == 50 || (bytes[46] is 43 or 60 && bytes[80] == 50));

    private static void Write(string path, IReadOnlyList<CapturedPacket> packets)
    {
        using var file = File.Create(path);
        PacketCapture.Write(file, Paper, packets);
    }
}
