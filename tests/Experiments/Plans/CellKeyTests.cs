using Experiments.Calibration;
using Experiments.Configuration;
using Experiments.Plans;
using Tests.Experiments.Configuration;
using Tests.Experiments.Results;

namespace Tests.Experiments.Plans;

public class CellKeyTests
{
    private const string Text = "experiment { name = x, seed = 1 }\nschemes = [fmipv6]\n";

    [Theory]
    [InlineData("stop.precision=5%")]
    [InlineData("stop.max-replications=3")]
    [InlineData("record.handovers=all")]
    [InlineData("experiment.name=y")]
    [InlineData("schemes=[{ name = fmipv6, as = other }]")]
    [InlineData("sweep.H=[3 ms]")]
    [InlineData("delays.wireless=0.004 s")]
    [InlineData("crypto.verify=\"5*8 ms\"")]
    [InlineData("mobility.start=0 ms")]
    [InlineData("network.buffering=fair")]
    public void Key_stays_when_results_do(string change) => Assert.Equal(Key(), Key(change));

    [Theory]
    [InlineData("experiment.seed=2")]
    [InlineData("engines=[analytic]")]
    [InlineData("schemes=[famipv6]")]
    [InlineData("schemes=[{ name = fmipv6, options { hold = 1 s } }]")]
    [InlineData("delays.wireless=4.1ms")]
    [InlineData("delays.intra-domain=3ms")]
    [InlineData("delays.inter-domain=3ms")]
    [InlineData("delays.home=20ms")]
    [InlineData("delays.home-correspondent=11ms")]
    [InlineData("delays.router-correspondent=11ms")]
    [InlineData("delays.processing=0.6ms")]
    [InlineData("delays.link-switch=1ms")]
    [InlineData("delays.movement-detection=1ms")]
    [InlineData("delays.duplicate-address-detection=1ms")]
    [InlineData("delays.anticipation=1ms")]
    [InlineData("delays.discovery=2s")]
    [InlineData("traffic.interval=5ms")]
    [InlineData("traffic.model=cbr")]
    [InlineData("mobility.start=300ms")]
    [InlineData("network.buffering=paper")]
    [InlineData("network.buffer=50 packets")]
    [InlineData("topology.template=home-plus-two")]
    [InlineData("crypto.sign=9ms")]
    [InlineData("topology.nodes.nar.cores=1")]
    [InlineData("mobiles={ count = 100, handovers-per-second = 1, duration = 30 s }")]
    [InlineData("crypto.cost=calibrated")]
    [InlineData("crypto.profile=rsa-2048")]
    [InlineData("crypto.verify=9ms")]
    [InlineData("crypto.rsa=9ms")]
    [InlineData("crypto.signature-share=40%")]
    [InlineData("topology.links.\"par>nar\".delay=2ms")]
    [InlineData("topology.links.\"par>nar\".loss=2%")]
    [InlineData("topology.links.\"par>nar\".bandwidth=2 Mbit/s")]
    [InlineData("topology.links.\"par>nar\".queue=2")]
    [InlineData("topology.links.\"par>nar\".jitter=2ms")]
    [InlineData("topology.links.\"par>nar\".outages=[{ from = 1 s, until = 2 s }]")]
    [InlineData("topology.links.\"par>nar\".duplication=2%")]
    [InlineData("topology.links.\"par>nar\".corruption=2%")]
    [InlineData("topology.links.\"par>nar\".reordering={ share = 2 %, delay = 1 ms }")]
    [InlineData("topology.impairments.loss=2%")]
    [InlineData("topology.impairments.duplication=2%")]
    [InlineData("topology.impairments.corruption=2%")]
    [InlineData("topology.impairments.reordering={ share = 2 %, delay = 1 ms }")]
    [InlineData("topology.nodes.nar.processing=2ms")]
    [InlineData("topology.nodes.nar.restarts=[{ at = 1 ms, down = 2 ms }]")]
    [InlineData("topology.nodes.ha.refuses=insufficient-resources")]
    public void Key_changes_when_results_may(string change) => Assert.NotEqual(Key(), Key(change));

    [Fact]
    public void Key_tells_every_fault_from_every_other()
    {
        string[] changes =
        [
            "impairments.loss=2%", "impairments.duplication=2%", "impairments.corruption=2%", "impairments.reordering={ share = 2 %, delay = 1 ms }",
            "impairments.reordering={ share = 2 %, delay = 2 ms }", "links.\"par>nar\".loss=2%", "links.\"par>nar\".duplication=2%",
            "links.\"par>nar\".corruption=2%", "links.\"nar>par\".corruption=2%", "nodes.ha.restarts=[{ at = 1 ms, down = 2 ms }]",
            "nodes.ha.restarts=[{ at = 2 ms, down = 1 ms }]", "nodes.ha.refuses=insufficient-resources", "nodes.ha.refuses=not-home-subnet",
            "nodes.ha={ refuses = not-home-subnet, refusal-share = 50 % }",
        ];
        Assert.Equal(changes.Length, changes.Select(change => Key("topology." + change)).Distinct().Count());
    }

    [Fact]
    public void Key_tells_every_warm_up_from_every_other_but_auto_from_none()
    {
        const string Moves = "mobility={ model = manhattan }";
        string Cut(string run) => Key("topology={ generate = hmipv6 }", "mobiles={ count = 9 }", Moves, $"run={{ duration = 9 s{run} }}");
        string[] cuts = ["", ", warm-up = 1 s", ", warm-up = 1001 ms", ", warm-up = 2 s"];
        Assert.Equal(cuts.Length, cuts.Select(Cut).Distinct().Count());
        Assert.All([", warm-up = auto", ", warm-up = 0 s"], run => Assert.Equal(Cut(""), Cut(run)));
    }

    /// <summary>In the paper's cost model it is as it was before there were others, so results stay.</summary>
    [Fact]
    public void Key_of_the_paper_s_cost_model_names_nothing_else()
    {
        var cell = Files.Plan(Text).Cells.Single();
        Assert.Equal(
            ["crypto.sign=80000", "crypto.verify=400000", "crypto.rsa=80000", "crypto.signature-share=0.5"],
            CellKey.Canonical(cell, 1, "1").Split('\n').Where(line => line.StartsWith("crypto.", StringComparison.Ordinal)));
        Assert.Equal(Key(), Key("crypto.table=missing.json"));
    }

    [Fact]
    public void Key_holds_the_times_of_a_measured_table_and_not_its_place_or_what_the_paper_would_charge()
    {
        const string Measured = "crypto.cost=calibrated";
        using var work = new TemporaryFolder();
        Directory.CreateDirectory(work.Path);
        var (same, slower) = (Path.Combine(work.Path, "same.json"), Path.Combine(work.Path, "slower.json"));
        var table = CalibrationFile.Reference;
        CalibrationFile.Write(same, table);
        CalibrationFile.Write(slower, table with
        {
            Operations = table.Operations.ToDictionary(entry => entry.Key, entry => entry.Key == "rsa-2048-sign" ? new OperationTiming(9, 9, 9) : entry.Value),
        });
        Assert.Equal(Key(Measured), Key(Measured, $"crypto.table=\"{same}\""));
        Assert.Equal(Key(Measured), Key(Measured, "crypto.sign=9ms"));
        Assert.Equal(Key(Measured), Key(Measured, "crypto.profile=rsa-2048"));
        string[] keys = [Key(Measured), Key(Measured, $"crypto.table=\"{slower}\""), Key("crypto.cost=real"), Key(Measured, "crypto.profile=ed25519"), Key()];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Contains("crypto.rsa-sign=90", CellKey.Canonical(Files.Plan(Text, new ReaderOptions([Measured, $"crypto.table=\"{slower}\""])).Cells.Single(), 1, "1"), StringComparison.Ordinal);
    }

    [Fact]
    public void Key_tells_every_stream_and_path_from_every_other()
    {
        string[] changes =
        [
            "traffic={ model = cbr }", "traffic={ model = cbr, size = 512 B }", "traffic={ model = cbr, direction = up }", "traffic={ model = cbr, direction = both }",
            "traffic={ model = on-off-voice }", "traffic={ model = on-off-voice, talk = 2 s }", "traffic={ model = video }", "traffic={ model = video, frame-rate = 30 }",
            "mobility={ model = waypoints, path = [home, fn1] }", "mobility={ model = waypoints, path = [home, fn2] }",
            "mobility={ model = waypoints, path = [home, fn1], dwell = 5 s }",
        ];
        Assert.Equal(changes.Length, changes.Select(change => Key(change)).Distinct().Count());
        Assert.Equal(Key("traffic={ model = cbr }"), Key("traffic={ model = voice, direction = down }"));
        Assert.Equal(Key("traffic={ model = cbr, direction = up }"), Key("traffic={ model = cbr, from = mn, to = cn }"));
    }

    [Fact]
    public void Key_depends_on_the_versions_of_scheme_and_engine()
    {
        var scheme = new TestCatalogue { Schemes = [.. TestCatalogue.Instance.Schemes.Select(entry => entry with { Version = "2" })] };
        string[] keys = [Key(), Files.Plan(Text, null, scheme).Cells.Single().Key, Files.Plan(Text, null, new TestCatalogue { EngineVersion = "2" }).Cells.Single().Key];
        Assert.Equal(3, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Matches("^[0-9a-f]{64}$", key));
    }

    [Fact]
    public void Cells_of_two_studies_with_equal_parameters_have_equal_keys()
    {
        var (plan, _) = Files.Read(Files.Shipped("paper.conf"));
        var twins = plan!.Cells.Where(cell => cell.Swept.ToString() == "[H = 20 ms, Ts = 8 ms]").GroupBy(cell => cell.Key);
        Assert.Equal([2, 2, 2, 2, 2, 2], twins.Select(group => group.Count()));
        Assert.Equal(plan.Cells.Count() - 6, plan.Cells.Select(cell => cell.Key).Distinct().Count());
    }

    private static string Key(params string[] changes) => Files.Plan(Text, new ReaderOptions(changes)).Cells.Single().Key;
}
