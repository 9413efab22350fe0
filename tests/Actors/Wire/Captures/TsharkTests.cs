namespace Tests.Actors.Wire.Captures;

public class TsharkTests
{
    /// <summary>Warnings (0x600000) and errors; notes say that option 253 has no dissector.</summary>
    [Fact]
    public void Every_kind_of_packet_dissects_without_a_complaint()
    {
        using var capture = new CaptureFile();
        var output = ForeignTool.Run(
            "tshark", "-r", capture.Path, "-Y", "_ws.malformed || _ws.short || _ws.unreassembled || _ws.expert.severity >= 6291456",
            "-T", "fields", "-e", "frame.comment", "-e", "_ws.expert.message");
        Assert.Equal("", output);
    }

    [Fact]
    public void Every_checksum_that_it_verifies_is_good()
    {
        using var capture = new CaptureFile();
        var output = ForeignTool.Run(
            "tshark", "-r", capture.Path, "-o", "udp.check_checksum:TRUE", "-o", "sctp.checksum:CRC 32c", "-T", "fields", "-e", "frame.comment",
            "-e", "icmpv6.checksum.status", "-e", "udp.checksum.status", "-e", "sctp.checksum.status");
        var status = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToList();
        Assert.Equal(SamplePackets.All.Count, status.Count);
        Assert.All(status, fields => Assert.All(fields[1..], field => Assert.Contains(field, (string[])["", "1"])));
        Assert.All(["RtSolPr", "UNA"], name => Assert.Equal("1", status.Single(fields => fields[0] == name)[1]));
        Assert.All(["IKE_SA_INIT", "G.711"], name => Assert.Equal("1", status.Single(fields => fields[0] == name)[2]));
        Assert.All(["MIR", "MIA"], name => Assert.Equal("1", status.Single(fields => fields[0] == name)[3]));
    }

    [Fact]
    public void Each_message_is_what_its_comment_says()
    {
        using var capture = new CaptureFile();
        var output = ForeignTool.Run(
            "tshark", "-r", capture.Path, "-N", "dn", "-T", "fields", "-e", "frame.comment", "-e", "frame.interface_name", "-e", "frame.time_epoch",
            "-e", "icmpv6.type", "-e", "icmpv6.fmip6.subtype", "-e", "mip6.mhtype",
            "-e", "isakmp.typepayload", "-e", "diameter.cmd.code", "-e", "ipv6.src_host");
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(SamplePackets.All.Select(sample => sample.Name), lines.Select(line => line.Split('\t')[0]));
        string Of(string name) => lines.Single(line => line.StartsWith(name + "\t", StringComparison.Ordinal)).TrimEnd('\n');
        Assert.StartsWith("RtSolPr\tpar-nar\t0.007500000\t154\t2\t", Of("RtSolPr"), StringComparison.Ordinal);
        Assert.StartsWith("RS\tmn-par\t0.000000000\t133\t", Of("RS"), StringComparison.Ordinal);
        Assert.EndsWith("\t154\t3\t\t\t\tpar", Of("PrRtAdv"), StringComparison.Ordinal);
        Assert.EndsWith("\t\t\t14\t\t\tpar", Of("HI"), StringComparison.Ordinal);
        Assert.EndsWith("\t\t\t15\t\t\tnar", Of("HAck with IKEv2"), StringComparison.Ordinal);
        Assert.Contains("\t\t\t8\t", Of("FBU"), StringComparison.Ordinal);
        Assert.Contains("\t33,2,3,3,3,2,3,3,3,3,34,35,36,37,38,40,41,44,45,39\t", Of("IKE_SA_INIT"), StringComparison.Ordinal);
        Assert.EndsWith("\t325\tnar", Of("MIR"), StringComparison.Ordinal);
    }
}
