using Experiments.Configuration;
using Experiments.Plans;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;

namespace Tests.Experiments.Configuration;

public class ExperimentReaderTests
{
    private const string Sweep = """
        experiment { name = x, seed = 18446744073709551615 }
        schemes = [fmipv6, famipv6]
        engines = [analytic, simulation]
        sweep { H = [0 ms, 20 ms], Ts = "0 ms..4 ms step 2 ms" }
        delays { home = { distribution = uniform, min = 0 ms, max = "2*$H" } }
        crypto { sign = "$Ts" }
        """;

    [Fact]
    public void Paper_experiment_has_the_cells_of_its_figures()
    {
        var (plan, lines) = Files.Read(Files.Shipped("paper.conf"));
        Assert.Empty(lines);
        Assert.Equal((20110611UL, "paper"), (plan!.Seed, plan.Name));
        Assert.Equal([11 * 2 * 3, 11 * 2 * 3, 2 * 2], plan.Studies.Select(study => study.Cells.Count));
        Assert.Equal(["H_ms", "Ts_ms"], plan.Studies[1].Swept.Select(swept => swept.Column));
        Assert.Equal(["1", "2", "3", "4", "5", "6"], plan.Studies.SelectMany(study => study.Expectations).Select(check => check.Claim).OfType<string>().Distinct().Order());
        var cell = plan.Studies[1].Cells[^1];
        Assert.Equal(("fig4", Engine.Simulation, "ipsec-fmipv6"), (cell.Study, cell.Engine, cell.Scheme.Label));
        Assert.Equal("[H = 20 ms, Ts = 20 ms]", cell.Swept.ToString());
        Assert.Equal(new UniformDelay(TimeSpan.Zero, TimeSpan.FromMilliseconds(40)), cell.Delays.Home);
        Assert.Equal(new CryptoPlan(Ms(20), Ms(100), Ms(20), 0.5), cell.Crypto);
        var packets = plan.Cells.Last();
        Assert.Equal("[H = 20 ms, Ts = 8 ms, buffer = fair]", packets.Swept.ToString());
        Assert.Equal(("home-plus-two", new TrafficPlan("cbr", Ms(10), 512, Ms(50_000)), new BufferPlan(null, false)), (packets.Topology.Template, packets.Traffic, packets.Buffer));
        Assert.Equal(["home", "fn1", "fn2"], packets.Waypoints!.Path);
        Assert.Equal(["fig5", "fig6", "fig56-switch", "fig56-jitter"], plan.Studies[2].PacketPlots.Select(plot => plot.Name));
        Assert.True(plan.Studies[2].RecordPackets);
    }

    [Fact]
    public void Quick_experiment_is_one_study_named_as_the_experiment()
    {
        var (plan, lines) = Files.Read(Files.Shipped("quick.conf"));
        Assert.Empty(lines);
        var study = Assert.Single(plan!.Studies);
        Assert.Equal("quick", study.Name);
        Assert.Equal(4 * 2 * 3, study.Cells.Count);
        Assert.All(study.Cells, cell => Assert.Equal(0.05, cell.Stop.Precision));
    }

    [Fact]
    public void Defaults_are_the_papers()
    {
        var cell = Files.Plan("experiment { name = x }\nschemes = [fmipv6]").Cells.Single();
        Assert.Equal(
            new DelaysPlan(
                Fixed(4), Fixed(2), Fixed(2), new UniformDelay(TimeSpan.Zero, Ms(40)), Fixed(10), Fixed(10), Ms(0.5), Fixed(0), Fixed(0), Fixed(0), null, new ConstantDelay(TimeSpan.FromSeconds(1))),
            cell.Delays);
        Assert.Equal(new CryptoPlan(Ms(8), Ms(40), Ms(8), 0.5), cell.Crypto);
        Assert.Equal(new StopPlan(0.01, 0.95, [new MetricStatistic("mean", "total")], 32, 20000), cell.Stop);
        Assert.Equal(new TopologyPlan("paper", [], []), cell.Topology);
        Assert.Equal(1UL, Files.Plan("experiment { name = x }\nschemes = [fmipv6]").Seed);
    }

    [Fact]
    public void Cells_vary_the_last_name_fastest_then_engine_then_scheme()
    {
        var plan = Files.Plan(Sweep);
        Assert.Equal(Enumerable.Range(1, 2 * 3 * 2 * 2), plan.Cells.Select(cell => cell.Number));
        Assert.Equal(
            [
                "[H = 0 ms, Ts = 0 ms] Analytic fmipv6",
                "[H = 0 ms, Ts = 0 ms] Analytic famipv6",
                "[H = 0 ms, Ts = 0 ms] Simulation fmipv6",
                "[H = 0 ms, Ts = 0 ms] Simulation famipv6",
                "[H = 0 ms, Ts = 2 ms] Analytic fmipv6",
            ],
            plan.Cells.Take(5).Select(cell => $"{cell.Swept} {cell.Engine} {cell.Scheme.Label}"));
        Assert.Equal(ulong.MaxValue, plan.Seed);
    }

    [Fact]
    public void Every_distribution_is_read()
    {
        var cell = Files.Plan("""
            experiment { name = x }
            schemes = [fmipv6]
            delays {
              wireless = { distribution = constant, value = 3 ms }
              intra-domain = { distribution = normal, mean = 5 ms, standard-deviation = 1 ms }
              inter-domain { distribution = lognormal, median = 5 ms, sigma = 0.4 }
              home = { distribution = exponential, mean = 5 ms, offset = 1 ms }
              home-correspondent = { distribution = gamma, shape = 2, scale = 3 ms, shift = 500 us }
              router-correspondent = { distribution = empirical, values = [3 ms, 1 ms] }
              link-switch = { distribution = exponential, mean = 50 ms }
            }
            """).Cells.Single();
        Assert.Equal(Fixed(3), cell.Delays.Wireless);
        Assert.Equal(new NormalDelay(Ms(5), Ms(1)), cell.Delays.IntraDomain);
        Assert.Equal(new LogNormalDelay(Ms(5), 0.4), cell.Delays.InterDomain);
        Assert.Equal(new ExponentialDelay(Ms(5), Ms(1)), cell.Delays.Home);
        Assert.Equal(new GammaDelay(2, Ms(3), Ms(0.5)), cell.Delays.HomeCorrespondent);
        Assert.Equal(new EmpiricalDelay([Ms(3), Ms(1)]), cell.Delays.RouterCorrespondent);
        Assert.Equal(new ExponentialDelay(Ms(50), TimeSpan.Zero), cell.Delays.LinkSwitch);
    }

    [Fact]
    public void Study_inherits_from_the_study_it_is_like_and_then_from_defaults()
    {
        var plan = Files.Plan("""
            experiment { name = x }
            defaults { schemes = [fmipv6], stop { precision = 2 %, batch = 8 }
                       delays { wireless = 3 ms, home = { distribution = normal, mean = 9 ms, standard-deviation = 1 ms } } }
            studies {
              a { stop.batch = 16, sweep { H = [1 ms, 2 ms] }, delays.home = { distribution = uniform, min = 0 ms, max = "$H" } }
              b { like = a, sweep { H = [7 ms] } }
              c { }
            }
            """);
        Assert.Equal(["a", "a", "b", "c"], plan.Cells.Select(cell => cell.Study));
        Assert.Equal([16, 16, 16, 8], plan.Cells.Select(cell => cell.Stop.Batch));
        Assert.All(plan.Cells, cell => Assert.Equal((0.02, Fixed(3)), (cell.Stop.Precision, (ConstantDelay)cell.Delays.Wireless)));
        Assert.Equal(new UniformDelay(TimeSpan.Zero, Ms(7)), plan.Studies[1].Cells[0].Delays.Home);
        Assert.Equal(new NormalDelay(Ms(9), Ms(1)), plan.Studies[2].Cells[0].Delays.Home);
    }

    [Fact]
    public void Links_and_nodes_are_overridden_by_name()
    {
        var topology = Files.Plan("""
            experiment { name = x }
            schemes = [fmipv6]
            topology.links."par>nar".delay = 9 ms
            topology.links.par>nar { loss = 10 %, bandwidth = 11 Mbit/s, queue = 50, jitter = { distribution = exponential, mean = 1 ms } }
            topology { template = paper, links."mn>par".outages = [ { from = 1 s, until = 2 s } ], nodes.nar.processing = 3 ms }
            """).Cells.Single().Topology;
        Assert.Equal(
            [
                new LinkChange("mn", "par", null, null, null, null, null, [new OutagePlan(Ms(1000), Ms(2000))]),
                new LinkChange("par", "nar", Fixed(9), 0.1, 11e6, 50, new ExponentialDelay(Ms(1), TimeSpan.Zero), []),
            ],
            topology.Links);
        Assert.Equal([new NodeChange("nar", Ms(3))], topology.Nodes);
    }

    [Fact]
    public void Faults_of_links_and_nodes_are_read()
    {
        var topology = Files.Plan("""
            experiment { name = x }
            schemes = [fmipv6]
            topology {
              impairments { loss = 20 %, duplication = 5 %, corruption = 2 %, reordering { share = 4 %, delay = 10 ms } }
              links."par>nar" { loss = 1 %, duplication = 2 %, corruption = 3 %, reordering { share = 4 %, delay { distribution = uniform, min = 1 ms, max = 2 ms } } }
              nodes.nar.restarts = [{ at = 30 ms, down = 50 ms }, { at = 80 ms, down = 1 ms }]
              nodes.ha { refuses = insufficient-resources, refusal-share = 30 % }
              nodes.nmap.refuses = not-home-subnet
            }
            """).Cells.Single().Topology;
        Assert.Equal(new ImpairmentsPlan(0.2, 0.05, new ReorderingPlan(0.04, new ConstantDelay(Ms(10))), 0.02), topology.Impairments);
        Assert.Equal(
            [
                new LinkChange("par", "nar", null, 0.01, null, null, null, [])
                {
                    Impairments = new ImpairmentsPlan(null, 0.02, new ReorderingPlan(0.04, new UniformDelay(Ms(1), Ms(2))), 0.03),
                },
            ],
            topology.Links);
        Assert.Equal(
            [
                new NodeChange("ha", null) { Refusal = new RefusalPlan("insufficient-resources", 0.3) },
                new NodeChange("nar", null) { Restarts = [new RestartPlan(Ms(30), Ms(50)), new RestartPlan(Ms(80), Ms(1))] },
                new NodeChange("nmap", null) { Refusal = new RefusalPlan("not-home-subnet", 1) },
            ],
            topology.Nodes);
        var overrides = topology.Overrides();
        Assert.Equal((byte)130, overrides.Nodes["ha"].Refusal!.Status);
        Assert.Equal((0.2, 0.01), (overrides.EveryLink!.Loss, overrides.Links["par>nar"].Loss));
    }

    [Fact]
    public void Many_mobiles_and_cores_are_read_and_built()
    {
        var cell = Files.Plan("experiment { name = x }\nschemes = [fmipv6]\nsweep { r = [2, 20] }\ntopology.nodes.nar.cores = 2\nmobiles { count = 300, handovers-per-second = \"$r\", duration = 5 s }").Cells.Last();
        Assert.Equal(new MobilesPlan(300, 20, TimeSpan.FromSeconds(5)), cell.Mobiles);
        Assert.Equal([new NodeChange("nar", null) { Cores = 2 }], cell.Topology.Nodes);
        var network = PaperTopology.Build(cell.Delays.OfTopology(), cell.Topology.Overrides(), cell.Mobiles!.Count).Plan!;
        Assert.Equal((300, "mn", "mn300"), (network.Mobiles.Count, network[network.Mobiles[0].Node].Name, network[network.Mobiles[^1].Node].Name));
        Assert.Equal((2, null), (network[network.Find("nar")!.Value].Cores, network[network.Find("par")!.Value].Cores));
    }

    [Fact]
    public void Plan_builds_the_papers_network_with_its_changes()
    {
        var cell = Files.Plan("experiment { name = x }\nschemes = [fmipv6]\ntopology { links.\"par>nar\" { delay = 9 ms, queue = 0 }, links.\"mn>nar\".loss = 5 %, nodes.nar.processing = 3 ms }").Cells.Single();
        var network = PaperTopology.Build(cell.Delays.OfTopology(), cell.Topology.Overrides()).Plan!;
        var (par, nar) = (network.Find("par")!.Value, network.Find("nar")!.Value);
        var changed = network.Links[network.LinkBetween(par, nar)];
        Assert.Equal((LinkDelay.Fixed(Ms(9)), 0, 0.0), (changed.Delay, changed.QueuePackets, changed.Loss));
        Assert.Equal(LinkDelay.Fixed(Ms(2)), network.Links[network.LinkBetween(nar, par)].Delay);
        Assert.Equal(0.05, network.CellOf(nar)!.Uplink.Loss);
        Assert.Equal((Ms(3), Ms(0.5)), (network[nar].Processing, network[par].Processing));
        Assert.Equal("home", network.Links[network.LinkBetween(nar, network.Find("ha")!.Value)].Delay.PerHandover);
    }

    [Fact]
    public void Delays_of_the_topology_stand_above_the_others()
    {
        var delays = Files.Plan("experiment { name = x }\nschemes = [fmipv6]\ndelays { wireless = 3 ms }\ntopology { delays { wireless = 5 ms } }").Cells.Single().Delays;
        Assert.Equal((Fixed(5), Fixed(2)), ((ConstantDelay)delays.Wireless, (ConstantDelay)delays.IntraDomain));
    }

    [Fact]
    public void Schemes_carry_labels_and_all_options_of_their_ancestors()
    {
        var plan = Files.Plan("""
            experiment { name = x }
            schemes = [ipsec-fmipv6, { name = famipv6, as = with-rsa, options { rsa-count = "$k", update = parallel } }]
            sweep { k = [1, 2] }
            """);
        Assert.Equal(["ipsec-fmipv6", "with-rsa"], plan.Studies[0].Schemes);
        Assert.Equal(
            ["ipsec-fmipv6 [buffering on, hold 2000 ms, update serial]", "famipv6 [buffering on, hold 1500 ms, rsa-count 1, update parallel]",
             "ipsec-fmipv6 [buffering on, hold 2000 ms, update serial]", "famipv6 [buffering on, hold 1500 ms, rsa-count 2, update parallel]"],
            plan.Cells.Select(cell => $"{cell.Scheme.Name} [{string.Join(", ", cell.Scheme.Options.Select(option => $"{option.Name} {option.Value}"))}]"));
    }

    [Fact]
    public void Included_file_stands_below_the_including_one()
    {
        var folder = Directory.CreateTempSubdirectory("reader-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "parts"));
            File.WriteAllText(Path.Combine(folder.FullName, "parts", "base.conf"), "stop { precision = 3 %, batch = 8 }\ninclude \"more.conf\"");
            File.WriteAllText(Path.Combine(folder.FullName, "parts", "more.conf"), "delays { wireless = 7 ms }");
            var path = Path.Combine(folder.FullName, "x.conf");
            File.WriteAllText(path, "stop { batch = 16 }\ninclude \"parts/base.conf\"\nexperiment { name = x }\nschemes = [fmipv6]");
            var cell = Files.Read(path).Plan!.Cells.Single();
            Assert.Equal((0.03, 16, Fixed(7)), (cell.Stop.Precision, cell.Stop.Batch, (ConstantDelay)cell.Delays.Wireless));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void References_take_values_of_the_whole_file_with_overrides()
    {
        const string Text = "experiment { name = x }\nschemes = [fmipv6]\ndelays { wireless = 3 ms, intra-domain = ${delays.wireless} }\ncrypto { sign = ${delays.intra-domain} }";
        Assert.Equal(Ms(3), Files.Plan(Text).Cells.Single().Crypto.Sign);
        Assert.Equal(Ms(6), Files.Plan(Text, new ReaderOptions(["delays.wireless=6ms"])).Cells.Single().Crypto.Sign);
    }

    [Fact]
    public void Overrides_replace_objects_by_scalars_and_the_reverse()
    {
        var plan = Files.Plan(Sweep, new ReaderOptions(
            ["delays.home=9ms", "delays.wireless={distribution=uniform, min=1ms, max=2ms}", "sweep.H=[5 ms]", "sweep.Ts=2ms", "topology.links.\"par>nar\".delay=1ms"]));
        Assert.Equal(4, plan.Cells.Count());
        Assert.Equal((Fixed(9), new UniformDelay(Ms(1), Ms(2))), ((ConstantDelay)plan.Cells.First().Delays.Home, (UniformDelay)plan.Cells.First().Delays.Wireless));
        Assert.Equal("par>nar", plan.Cells.First().Topology.Links.Single().Name);
        Assert.Equal(["x: warning HO2001 'H' is swept (1 value) but no value refers to $H: it changes nothing."], plan.Warnings);
    }

    [Fact]
    public void Name_that_nothing_refers_to_is_a_warning()
    {
        var (plan, lines) = Files.ReadText("experiment { name = fig3 }\nschemes = [fmipv6]\nsweep { H = \"0 ms..100 ms step 10 ms\" }");
        Assert.NotNull(plan);
        Assert.Equal(["fig3: warning HO2001 'H' is swept (11 values) but no value refers to $H: all 11 cells are equal."], lines);
    }

    [Fact]
    public void Options_of_the_command_line_stand_above_every_study()
    {
        var plan = Files.Plan(
            "experiment { name = x, seed = 3 }\nstudies { a { schemes = [fmipv6], stop.precision = 2 % } }",
            new ReaderOptions([], Seed: 9, Precision: "10%", MaxReplications: 7, Budget: "1.5m"));
        Assert.Equal((9UL, TimeSpan.FromSeconds(90)), (plan.Seed, plan.Budget));
        Assert.Equal((0.1, 7), (plan.Cells.Single().Stop.Precision, plan.Cells.Single().Stop.MaxReplications));
    }

    [Theory]
    [InlineData("H > 5 ms", 12)]
    [InlineData("H>5ms && scheme==fmipv6", 6)]
    [InlineData("!(engine == analytic) && (Ts >= 2 ms || H == 0 ms)", 10)]
    [InlineData("study == x && scheme != fmipv6", 12)]
    [InlineData("scheme == 'famipv6' || H <= 0 ms", 18)]
    public void Filter_leaves_the_cells_it_says(string only, int cells) =>
        Assert.Equal(cells, Files.Plan(Sweep, new ReaderOptions([], Only: only)).Cells.Count());

    [Fact]
    public void Filter_hides_semantic_errors_of_other_studies_but_no_type_errors()
    {
        const string Text = "experiment { name = x }\ndefaults { schemes = [fmipv6] }\nstudies {\n a { stop.batch = 8 }\n b { crypto { sign = \"$no\" }, stop.batch = ";
        Assert.Equal(["a"], Files.Plan(Text + "9 }\n}", new ReaderOptions([], Only: "study == a")).Studies.Select(study => study.Name));
        Assert.Equal(["x.conf:5:22 HO2002"], Files.ReadText(Text + "9 }\n}").Lines.Select(line => line[..18]));
        Assert.Equal(["x.conf:5:44 HO1014"], Files.ReadText(Text + "0 }\n}", new ReaderOptions([], Only: "study == a")).Lines.Select(line => line[..18]));
    }

    [Fact]
    public void Missing_file_is_one_line() =>
        Assert.Equal(["no.conf: HO1001 'no.conf' does not exist. Give the path of an experiment file."], Files.Read("no.conf").Lines);

    private static ConstantDelay Fixed(double ms) => new(Ms(ms));

    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);
}
