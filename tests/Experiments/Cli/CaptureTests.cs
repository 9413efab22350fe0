using Tests.Actors.Wire.Captures;

namespace Tests.Experiments.Cli;

/// <summary>`trace --as pcapng` and `record { pcapng, trace }`, as a user runs them.</summary>
public sealed class CaptureTests
{
    [Fact]
    public void A_trace_as_pcapng_comes_with_the_folder_that_decrypts_it()
    {
        using var work = Ran("[ipsec-fmipv6]");
        var file = Path.Combine(work.Folder(), "mine.pcapng");
        var trace = Handover.Run("trace", work.Folder(), "--as", "pcapng", "--out", file);
        Assert.Equal(0, trace.ExitCode);
        Assert.Equal(3, trace.OutputLines.Length);
        Assert.Matches("^.*mine.pcapng: [0-9]+ packets on [0-9]+ links$", trace.OutputLines[0]);
        Assert.Contains("mine-ike.pcapng: 4 packets", trace.OutputLines[1], StringComparison.Ordinal);
        Assert.StartsWith("decrypt with: WIRESHARK_CONFIG_DIR=", trace.OutputLines[2], StringComparison.Ordinal);
        Assert.EndsWith($"tshark -r {file}", trace.OutputLines[2], StringComparison.Ordinal);
        var configuration = Path.Combine(work.Folder(), "wireshark");
        var good = ForeignTool.Run("tshark", [("WIRESHARK_CONFIG_DIR", configuration)], ["-r", file, "-Y", "esp", "-T", "fields", "-e", "esp.icv_good"]);
        Assert.All(good.Split('\n', StringSplitOptions.RemoveEmptyEntries), value => Assert.Equal("1", value));
        var first = File.ReadAllBytes(file);
        Assert.Equal(0, Handover.Run("trace", work.Folder(), "--as", "pcapng", "--out", file).ExitCode);
        Assert.Equal(first, File.ReadAllBytes(file));
    }

    [Fact]
    public void A_recorded_study_has_traces_and_captures_of_each_scheme_and_one_folder_for_all()
    {
        using var work = Ran("[fmipv6, ipsec-fmipv6]", "record { trace = first, pcapng = on }\n");
        var names = Directory.GetFiles(Path.Combine(work.Folder(), "traces")).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "test-fmipv6-r0.jsonl", "test-fmipv6-r0.mmd", "test-fmipv6-r0.pcapng", "test-fmipv6-r0.svg", "test-fmipv6-r0.txt",
                "test-ipsec-fmipv6-r0-ike.pcapng", "test-ipsec-fmipv6-r0.jsonl", "test-ipsec-fmipv6-r0.mmd", "test-ipsec-fmipv6-r0.pcapng",
                "test-ipsec-fmipv6-r0.svg", "test-ipsec-fmipv6-r0.txt",
            ],
            names);
        Assert.Equal(
            ["esp_sa", "ikev2_decryption_table", "preferences"],
            Directory.GetFiles(Path.Combine(work.Folder(), "traces", "wireshark")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_sampled_trace_holds_whole_handovers_of_some_mobile_nodes()
    {
        using var sampled = Moving("record { trace-sample = 10 % }");
        using var whole = Moving("record { trace = first }");
        Assert.Equal(["test-fmipv6-r0.jsonl", "test-fmipv6-r0.txt"], Directory.GetFiles(Path.Combine(sampled.Folder(), "traces")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(whole.Read("summary.csv"), sampled.Read("summary.csv"));
        var (some, all) = (Steps(sampled), Steps(whole));
        var nodes = Movers(some);
        Assert.InRange(nodes.Count, 1, Movers(all).Count / 2);
        Assert.Equal(all.Where(IsTheirs), some.Where(IsTheirs));
        Assert.Contains(some, step => !nodes.Contains(step.Node) && step.Kind == "receive");

        bool IsTheirs((string Node, string Kind) step) => nodes.Contains(step.Node) && step.Kind is ("mark" or "send" or "receive" or "timer");

        static Workspace Moving(string record)
        {
            var work = new Workspace(
                $$"""
                schemes  = [fmipv6]
                topology { generate = hmipv6, domains = 2, maps-per-domain = 1, routers-per-map = 4, cells { radius = 100 m, overlap = 15 % } }
                mobiles  { count = 60, mobility { model = random-direction, speed = 5..25 m/s, leg = 20 s } }
                run      { duration = 20 s, replications = 1 }
                {{record}}
                """);
            Assert.Equal(0, work.Run("-q").ExitCode);
            return work;
        }

        static List<(string Node, string Kind)> Steps(Workspace work) => [.. work.Read("traces/test-fmipv6-r0.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement).Select(step => (step.GetProperty("node").GetString()!, step.GetProperty("kind").GetString()!))];

        static HashSet<string> Movers(List<(string Node, string Kind)> steps) => [.. steps.Where(step => step.Kind == "mark").Select(step => step.Node)];
    }

    [Fact]
    public void Packets_as_bytes_give_the_results_of_packets_as_objects_in_cells_of_their_own()
    {
        using var model = Ran("[ipsec-fmipv6]", "stop { precision = 90 %, max-replications = 64 }\n");
        using var wire = Ran("[ipsec-fmipv6]", "stop { precision = 90 %, max-replications = 64 }\nnetwork { packets = wire }\n");
        Assert.Equal(model.Read("summary.csv"), wire.Read("summary.csv"));
        Assert.NotEqual(Keys(model), Keys(wire));
    }

    [Fact]
    public void A_file_name_goes_with_pcapng_only()
    {
        using var work = Ran("[fmipv6]");
        var trace = Handover.Run("trace", work.Folder(), "--as", "text", "--out", "x");
        Assert.Equal(2, trace.ExitCode);
        Assert.Equal("handover trace: --out goes with --as pcapng; a text is written to standard output.", Assert.Single(trace.ErrorLines));
    }

    private static Workspace Ran(string schemes, string more = "")
    {
        var work = new Workspace($"schemes = {schemes}\n{more}" + (more.Contains("stop", StringComparison.Ordinal) ? "" : "stop { precision = 20 % }"));
        Assert.Equal(0, work.Run("-q").ExitCode);
        return work;
    }

    private static string Keys(Workspace work)
    {
        using var store = global::Experiments.Results.ResultStore.Read(work.Folder());
        return string.Join(',', store.Cells.Select(cell => cell.Key));
    }
}
