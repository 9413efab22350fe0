using System.Text.Json;

namespace Tests.Experiments.Cli;

public sealed class TraceVerbTests
{
    [Fact]
    public void Every_receive_names_the_send_it_ends_one_hop_later()
    {
        using var work = Ran("[ipsec-fmipv6]");
        var steps = Steps(Handover.Run("trace", work.Folder(), "--replication", "5", "--as", "jsonl"));

        Assert.All(steps, step => Assert.Equal(
            ["t_ms", "node", "kind", "message", "peer", "bytes", "id"], step.EnumerateObject().Select(property => property.Name)));
        Assert.All(steps, step => Assert.Contains(Text(step, "kind"), new[] { "send", "receive", "compute", "timer", "mark" }));
        var sends = steps.Where(step => Text(step, "kind") == "send").ToDictionary(step => step.GetProperty("id").GetInt64());
        var receives = steps.Where(step => Text(step, "kind") == "receive").ToList();
        Assert.Equal(sends.Count, receives.Count);
        Assert.Equal(receives.Count, receives.Select(step => step.GetProperty("id").GetInt64()).Distinct().Count());
        Assert.All(receives, receive =>
        {
            var send = sends[receive.GetProperty("id").GetInt64()];
            Assert.Equal(Text(send, "peer"), Text(receive, "node"));
            Assert.Equal(Text(send, "node"), Text(receive, "peer"));
            Assert.Equal(Text(send, "message"), Text(receive, "message"));
            Assert.Equal(send.GetProperty("bytes").GetInt32(), receive.GetProperty("bytes").GetInt32());
            Assert.True(Time(send) < Time(receive));
        });
        Assert.True(steps.Zip(steps.Skip(1)).All(pair => Time(pair.First) <= Time(pair.Second)));
    }

    [Fact]
    public void The_trace_adds_up_to_the_total_that_was_stored()
    {
        using var work = Ran("[fmipv6]", "delays.home = 7 ms\n");
        var marks = Steps(Handover.Run("trace", work.Folder(), "--as", "jsonl")).Where(step => Text(step, "kind") == "mark")
            .ToDictionary(step => Text(step, "message")!, Time);
        var total = marks["prepared"] - marks["trigger"] + marks["registered"] - marks["binding-update-sent"];
        Assert.Equal(47m, total);
        Assert.Contains($"test,simulation,fmipv6,total,ms,64,{total:0},", work.Read("summary.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_is_named_by_number_or_key_and_a_node_by_name()
    {
        using var work = Ran("[fmipv6, famipv6]");
        var byNumber = Handover.Run("trace", work.Folder(), "--cell", "2");
        Assert.Contains("test famipv6", byNumber.OutputLines[0], StringComparison.Ordinal);
        var key = Key(work);
        Assert.Equal(byNumber.Output, Handover.Run("trace", work.Folder(), "--cell", key).Output);
        Assert.Equal(byNumber.Output, Handover.Run("trace", work.Folder(), "--cell", key[..12]).Output);
        var node = Handover.Run("trace", work.Folder(), "--cell", "2", "--node", "aaah");
        Assert.NotEmpty(node.OutputLines.Skip(1));
        Assert.All(node.OutputLines.Skip(1), line => Assert.Contains(" aaah ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Charts_show_every_hop_and_with_a_node_both_ends_of_its_own()
    {
        using var work = Ran("[ipsec-fmipv6]");
        var sends = Steps(Handover.Run("trace", work.Folder(), "--as", "jsonl")).Where(step => Text(step, "kind") == "send").ToList();
        var svg = Handover.Run("trace", work.Folder(), "--as", "svg").Output;
        Assert.Equal(svg, Handover.Run("trace", work.Folder(), "--as", "svg").Output);
        Assert.Equal("svg", System.Xml.Linq.XDocument.Parse(svg).Root!.Name.LocalName);
        Assert.DoesNotContain("  lost<", svg, StringComparison.Ordinal);
        Assert.Equal(sends.Count, Arrows(Handover.Run("trace", work.Folder(), "--as", "mermaid")));

        var ofHome = Handover.Run("trace", work.Folder(), "--as", "mermaid", "--node", "ha");
        Assert.Equal(sends.Count(step => Text(step, "node") == "ha" || Text(step, "peer") == "ha"), Arrows(ofHome));
        Assert.DoesNotContain("lost", ofHome.Output, StringComparison.Ordinal);

        static int Arrows(Handover trace) => trace.OutputLines.Count(line => line.Contains(">>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--as mermiad", "handover trace: --as mermiad is unknown. Did you mean 'mermaid'?")]
    [InlineData("--cell 9", "there is no cell '9'. Write a number from 1 to 2 or 4 or more digits of a key.")]
    [InlineData("--cell 1", "cell 1 (test fmipv6) is analytic, so there is nothing to trace. The first simulated cell is 2.")]
    [InlineData("--node nra", "handover trace: there is no node 'nra'. Did you mean 'nar'?")]
    public void What_is_not_there_is_one_line_and_exit_2(string options, string message)
    {
        using var work = Ran("[fmipv6]", "engines = [analytic, simulation]\n");
        var trace = Handover.Run(["trace", work.Folder(), .. options.Split(' ')]);
        Assert.Equal(2, trace.ExitCode);
        Assert.EndsWith(message, Assert.Single(trace.ErrorLines), StringComparison.Ordinal);
    }

    private static Workspace Ran(string schemes, string more = "")
    {
        var work = new Workspace($"schemes = {schemes}\n{more}stop {{ precision = 20 % }}");
        Assert.Equal(0, work.Run("-q").ExitCode);
        return work;
    }

    private static string Key(Workspace work)
    {
        using var store = global::Experiments.Results.ResultStore.Read(work.Folder());
        return store.Cells.Single(cell => cell.Parameters.Contains("\"famipv6\"", StringComparison.Ordinal)).Key;
    }

    private static List<JsonElement> Steps(Handover trace)
    {
        Assert.Equal(0, trace.ExitCode);
        return [.. trace.OutputLines.Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static string? Text(JsonElement step, string name) => step.GetProperty(name).GetString();

    private static decimal Time(JsonElement step) => step.GetProperty("t_ms").GetDecimal();
}
