using Experiments.Cli;
using Tests.Actors.Wire.Captures;

namespace Tests.Experiments.Cli;

public sealed class MovementRunTests
{
    private const string Network = "topology { generate = hmipv6, domains = 4, routers-per-map = 4, core { model = grid } }\nstop { batch = 2, max-replications = 2 }\n";

    [Theory]
    [InlineData("random-waypoint, pause = 1 s")]
    [InlineData("random-direction, leg = 5 s")]
    [InlineData("gauss-markov, memory = 50 %, step = 500 ms")]
    [InlineData("manhattan, block = 50 m")]
    [InlineData("fluid-flow, hysteresis = 10 m, trigger-distance = 20 m")]
    [InlineData("route, places = [{ x = 50 m, y = 50 m }, { x = 0.5 km, y = 400 m }]")]
    public void Nodes_that_move_give_the_same_bytes_on_any_number_of_partitions(string model)
    {
        using var work = new Workspace(Network + $$"""
            schemes = [ipsec-fmipv6, hmipv6]
            mobiles { count = 60, mobility { model = {{model}}, speed = 5..40 m/s } }
            run { duration = 10 s, warm-up = auto }
            """);
        work.RunTo("1");
        Assert.True(Value(work, "1", "handovers") > 20);
        foreach (var partitions in new[] { "2", "3", "7" })
        {
            work.RunTo(partitions, "--partitions", partitions, "--workers", "1");
            Assert.Equal(work.Summary("1"), work.Summary(partitions));
        }
    }

    [Fact]
    public void All_schemes_meet_the_same_movement()
    {
        using var work = new Workspace(Network + """
            schemes = [mipv6, fmipv6, ipsec-fmipv6-hmipv6]
            mobiles { count = 50 }
            mobility { model = random-direction, speed { min = 10 m/s, max = 72 km/h } }
            run.duration = 20 s
            """);
        work.Run();
        var handovers = Values(work, "out", "handovers");
        Assert.Equal(3, handovers.Count);
        Assert.Single(handovers.Distinct());
    }

    [Fact]
    public void Warm_up_says_what_it_leaves_out_and_never_mixes_with_other_runs_of_the_folder()
    {
        using var work = new Workspace(Network + """
            schemes = [ipsec-fmipv6]
            mobiles { count = 60, mobility { model = fluid-flow, speed = 5..40 m/s } }
            run { duration = 10 s }
            """);
        Handover Cut(string folder, string warmUp, params string[] options) => work.RunTo(folder, ["-s", $"run.warm-up={warmUp}", .. options]);
        Cut("auto", "auto");
        Cut("0", "0 s");
        Assert.Equal(work.Summary("auto"), work.Summary("0"));
        Assert.DoesNotContain("left-out", work.Summary("auto"), StringComparison.Ordinal);

        var run = Cut("1", "4 s");
        var (all, kept, leftOut) = (Value(work, "auto", "handovers"), Value(work, "1", "handovers"), Value(work, "1", "handovers.left-out"));
        Assert.True(kept > 20 && leftOut > 10);
        Assert.Equal(all, kept + leftOut);
        var said = FormattableString.Invariant($"test: {2 * leftOut} of {2 * all} handovers are left out, triggered in the first 4 s (run.warm-up).");
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Contains(said, work.Read("summary.md", "1"), StringComparison.Ordinal);

        Cut("2", "4 s", "--partitions", "2", "--workers", "1");
        Cut("0", "4 s");
        Cut("1", "4 s");
        foreach (var folder in new[] { "2", "0", "1" })
            Assert.Equal(work.Summary("1"), work.Summary(folder));
        Cut("0", "auto");
        Assert.Equal(work.Summary("auto"), work.Summary("0"));
    }

    [Theory]
    [InlineData("hysteresis = 15 m, trigger-distance = 0 m", 0, 0.001)]
    [InlineData("hysteresis = 0 m, trigger-distance = 15 m", 0.999, 1)]
    public void A_link_that_fails_at_the_trigger_leaves_no_time_to_prepare(string rule, double least, double most)
    {
        using var work = new Workspace(Network + $$"""
            mobiles { count = 60, scheme = fmipv6, mobility { model = fluid-flow, speed = 15 m/s, {{rule}} } }
            run.duration = 20 s
            """);
        work.Run();
        Assert.True(Value(work, "out", "handovers") > 20);
        Assert.InRange(Value(work, "out", "predictive.share"), least, most);
    }

    [Fact]
    public void A_trace_of_SUMO_runs_end_to_end()
    {
        using var work = new Workspace(Network + """
            schemes = [ipsec-fmipv6]
            mobility { model = trace, file = fcd.xml }
            """);
        var folder = Path.GetDirectoryName(work.File)!;
        string At(string file) => Path.Combine(folder, file);
        string[] offline = ["-X", "never", "--xml-validation.net", "never"];
        ForeignTool.Run("netgenerate", "--grid", "--grid.number=5", "--grid.length=150", "-o", At("net.xml"));
        ForeignTool.Run("/usr/bin/python3", "/usr/share/sumo/tools/randomTrips.py", "-n", At("net.xml"), "-e", "40", "-p", "1", "--seed", "7", "-o", At("trips.xml"));
        ForeignTool.Run("sumo", ["-n", At("net.xml"), "-r", At("trips.xml"), "--fcd-output", At("fcd.xml"), "-e", "80", "--seed", "7", "--no-step-log", "true", .. offline]);

        work.RunTo("1");
        Assert.True(Value(work, "1", "handovers") > 50);
        Assert.True(Value(work, "1", "predictive.share") > 0.9);
        work.RunTo("3", "--partitions", "3", "--workers", "1");
        Assert.Equal(work.Summary("1"), work.Summary("3"));
    }

    [Theory]
    [InlineData("mobiles.count = 5, mobility { model = manhattan }, run.duration = 9 s, topology.template = paper", "HO3017 mobility.model = manhattan needs cells on a plane. Write topology { generate = hmipv6 }.")]
    [InlineData("topology.generate = hmipv6, mobiles.count = 5, mobility { model = manhattan }", "HO3017 mobility { model = manhattan }: how long to run is not said. Write run { duration = 60 s }.")]
    [InlineData("topology.generate = hmipv6, mobiles.count = 5, mobility { model = manhattan, speed = 9..3 m/s }, run.duration = 9 s", "HO3017 mobility { model = manhattan }: the least speed is not above 0, or the greatest is below it. Change its values.")]
    [InlineData("topology.generate = hmipv6, mobility { model = trace }", "HO3017 mobility { model = trace }: 'file' is missing. Write file = NAME.xml, .csv or .ns_movements in it.")]
    [InlineData("topology.generate = hmipv6, mobility { model = trace, file = none.csv }", "none.csv does not exist or cannot be read. Check the path.")]
    [InlineData("topology.generate = hmipv6, mobiles { handovers-per-second = 3, count = 2 }, mobility { model = manhattan }, run.duration = 9 s", "HO1007 mobiles has 'handovers-per-second', but how they move is said in mobility. Delete it.")]
    [InlineData("mobiles { count = 2, duration = 3 s }", "HO1017 mobiles lacks 'handovers-per-second'. Write handovers-per-second = ... in it")]
    [InlineData("topology.generate = hmipv6, mobiles { mobility { model = fluid-flow } }, run.duration = 9 s", "HO1017 mobiles lacks 'count'. Write count = ... in it.")]
    [InlineData("topology.generate = hmipv6, mobiles.count = 5, mobility { model = manhattan }, run { duration = 9 s, warm-up = 9 s }", "HO3017 run.warm-up = 9 s: that leaves no handover, since run.duration is 9000 ms. Write a shorter one.")]
    [InlineData("topology.generate = hmipv6, mobiles.count = 5, mobility { model = manhattan }, run { duration = 9 s, warm-up = -1 s }", "HO1014 run.warm-up = -1 s is out of range: it must be")]
    [InlineData("topology.generate = hmipv6, mobiles.count = 5, mobility { model = manhattan }, run { duration = 9 s, warm-up = 5 }", "HO1012 run.warm-up = 5 has no unit. Write 5 ms (or s, us).")]
    [InlineData("topology.generate = hmipv6, mobiles.count = 5, mobility { model = manhattan }, run { duration = 9 s, warm-up = atuo }", "HO1015 run.warm-up = atuo is unknown. Write auto, or a duration such as 5 s.")]
    [InlineData("sweep.W = [1 s, 9 s], topology.generate = hmipv6, mobiles.count = 5, mobility { model = manhattan }, run { duration = 9 s, warm-up = \"$W\" }", "HO3017 run.warm-up = $W: that leaves no handover, since run.duration is 9000 ms (at W = 9000 ms). Write a shorter one.")]
    [InlineData("topology.generate = hmipv6, mobility { model = trace, file = t.csv }, run.warm-up = 1 s", "HO3017 run.warm-up = 1 s: how long to run is not said. Write run { duration = 60 s }.")]
    [InlineData("run { duration = 9 s, warm-up = 1 s }", "HO3017 run.warm-up = 1 s: no node moves on the plane, so there is none of whose handovers to leave out. Delete it, or write mobility { model = random-waypoint }.")]
    public void What_is_wrong_with_a_movement_is_told_in_a_line(string text, string expected)
    {
        using var work = new Workspace("schemes = [fmipv6]\n" + text);
        var check = Handover.Run("check", work.File);
        Assert.Equal(ExitCode.Usage, check.ExitCode);
        Assert.Contains(check.ErrorLines, line => line.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_trace_that_is_damaged_or_too_short_is_told_in_a_line()
    {
        using var work = new Workspace("schemes = [fmipv6]\ntopology.generate = hmipv6\nmobility { model = trace, file = t.csv }\nmobiles.count = 3");
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(work.File)!, "t.csv"), "0,a,1,1\n");
        Assert.Contains("HO3016 the trace has 1 nodes for 3 mobiles. Leave mobiles.count out, or ask for fewer.", Handover.Run("check", work.File).Error, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(work.File)!, "t.csv"), "0,a,1\n");
        Assert.Contains("t.csv:1 this is no place of a node. Write time,id,x,y, as in 0.5,car1,120,35.", Handover.Run("check", work.File).Error, StringComparison.Ordinal);
    }

    private static double Value(Workspace work, string folder, string metric) => Values(work, folder, metric)[0];

    /// <summary>Means of a metric, by scheme.</summary>
    private static List<double> Values(Workspace work, string folder, string metric) =>
    [
        .. work.Read("summary.csv", folder).Split('\n').Select(line => line.Split(',')).Where(cells => cells.Length > 6 && cells[3] == metric)
            .Select(cells => double.Parse(cells[6], System.Globalization.CultureInfo.InvariantCulture)),
    ];
}
