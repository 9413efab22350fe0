using System.Globalization;
using Experiments.Cli;
using Tests.Experiments.Configuration;

namespace Tests.Experiments.Cli;

/// <summary>Figs. 5 and 6 and other runs with data, from file to figure.</summary>
public sealed class PacketsTests
{
    private static readonly string[] Short =
    [
        "--only", "study == fig56",
        "-s", "studies.fig56.mobility.dwell={ distribution = uniform, min = 1200 ms, max = 1210 ms }",
        "-s", "studies.fig56.traffic.duration=4 s",
        "-s", "studies.fig56.stop.max-replications=32",
        "-s", "studies.fig56.stop.precision=50 %",
        "-s", "studies.fig56.plots=[{ name = fig5, kind = packet-delay, scheme = fmipv6 }, { name = jitter, kind = ecdf }]",
    ];

    [Fact]
    public void Figures_5_and_6_say_what_packets_say_whatever_the_workers_and_partitions()
    {
        using var work = new Workspace();
        Handover Run(string folder, params string[] options) =>
            Handover.Run(["run", Files.Shipped("paper.conf"), "--out", work.Folder(folder), "--no-progress", .. Short, .. options]);
        var run = Run("one", "--workers", "1");
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, string.Join('\n', run.ErrorLines.Where(line => line.Contains("HO", StringComparison.Ordinal)))));
        Assert.Equal(ExitCode.Success, Run("two", "--workers", "2", "--partitions", "3").ExitCode);
        foreach (var file in new[] { "summary.csv", "summary.json", "plots/fig5.csv", "plots/fig5.svg", "plots/jitter.csv", "packets/fig56-fmipv6-H=20ms-Ts=8ms-buffer=paper-r0.csv" })
            Assert.Equal(work.Read(file, "one"), work.Read(file, "two"));

        var verdicts = work.Read("summary.md", "one").Split('\n').Where(line => line.StartsWith("| claim", StringComparison.Ordinal)).ToArray();
        Assert.Equal(4, verdicts.Count(line => line.StartsWith("| claim 5", StringComparison.Ordinal) && line.Contains("| reproduced |", StringComparison.Ordinal)));
        Assert.Equal(2, verdicts.Count(line => line.StartsWith("| claim 6", StringComparison.Ordinal) && !line.Contains("| reproduced |", StringComparison.Ordinal)));
    }

    [Fact]
    public void ESP_costs_26_to_36_us_on_the_one_hop_that_has_a_bandwidth()
    {
        using var work = new Workspace("""
            topology { template = home-plus-two }
            schemes = [fmipv6, ipsec-fmipv6]
            traffic { model = voice, duration = 3 s, direction = both }
            mobility { model = waypoints, path = [home, fn1, fn2], dwell = 800 ms }
            stop { on = [mean.packet.delay], max-replications = 2, precision = 99 % }
            """);
        work.Run();
        foreach (var metric in new[] { "packet.delay.least", "packet.delay.down", "packet.delay.up" })
        {
            double Of(string scheme) => work.Read("summary.csv").Split('\n').Select(line => line.Split(',')).Where(row => row.Length > 6 && row[2] == scheme && row[3] == metric)
                .Select(row => double.Parse(row[6], CultureInfo.InvariantCulture)).Single();
            var costMicroseconds = 1000 * (Of("ipsec-fmipv6") - Of("fmipv6"));
            if (metric == "packet.delay.least")
                Assert.InRange(costMicroseconds, 26, 36);
            else
                Assert.InRange(Math.Abs(costMicroseconds), 1, 1000);
        }
    }

    [Theory]
    [InlineData("voice", "direction = up")]
    [InlineData("on-off-voice", "talk = 100 ms, silence = 50 ms, direction = both")]
    [InlineData("video", "frame-rate = 30, direction = down")]
    public void Every_model_flows_in_its_directions(string model, string keys)
    {
        using var work = new Workspace($"schemes = [mipv6, fmipv6]\ntraffic {{ model = {model}, duration = 1 s, {keys} }}\nmobility {{ start = 300 ms }}\nnetwork {{ buffer = 3 packets }}\ndelays {{ link-switch = 200 ms, home = 20 ms }}\nstop {{ max-replications = 4, precision = 99 % }}");
        Assert.Equal(ExitCode.Success, work.Run().ExitCode);
        var rows = work.Read("summary.csv").Split('\n').Select(line => line.Split(',')).Where(row => row.Length > 6 && row[2] == "fmipv6").ToDictionary(row => row[3], row => double.Parse(row[6], CultureInfo.InvariantCulture));
        Assert.InRange(rows["packets.received"], 20, rows["packets.sent"]);
        Assert.Equal(keys.Contains("down", StringComparison.Ordinal) || keys.Contains("both", StringComparison.Ordinal), rows.ContainsKey("packet.delay.down"));
        Assert.Equal(!keys.Contains("down", StringComparison.Ordinal), rows.ContainsKey("packet.delay.up"));
        Assert.InRange(rows["packets.buffered"], 0, 3);
    }

    [Theory]
    [InlineData("schemes = [famipv6]", "HO2015 scheme famipv6 needs the role aaa-home, which template home-plus-two has not. Write topology { template = paper }.")]
    [InlineData("schemes = [fmipv6]\nmobility { model = waypoints, path = [fn1, fn2] }", "HO2010 mn does not start at fn1. Begin the path with home.")]
    [InlineData("schemes = [fmipv6]\nmobility { model = waypoints, path = [home, fn3] }", "HO2010 there is no waypoint 'fn3'. Did you mean 'fn1'?")]
    [InlineData("schemes = [fmipv6]\ntopology.links.\"par>nar\".delay = 1 ms", "HO3009 there is no link 'par>nar'.")]
    public void What_the_topology_has_not_is_one_line_before_anything_runs(string experiment, string line)
    {
        using var work = new Workspace("topology { template = home-plus-two }\n" + experiment);
        var check = Handover.Run("check", work.File);
        Assert.Equal(ExitCode.Usage, check.ExitCode);
        Assert.Contains(line, check.Output + check.Error);
    }
}
