using Experiments.Cli;

namespace Tests.Experiments.Cli;

public sealed class TopologyVerbTests
{
    [Fact]
    public void Every_scheme_hands_over_in_a_generated_network_and_gives_the_same_bytes_on_any_number_of_partitions()
    {
        using var work = new Workspace("""
            schemes = [
              mipv6, mipv6-rr, mipv6-aaa, hmipv6, { name = hmipv6, as = hmipv6-inter-map, options { movement = inter-map } }, pmipv6
              wang-prasad, fmipv6, fmipv6-reactive, fmipv6-rfc5269, f-hmipv6, fpmipv6, famipv6, ibs, ibs-famipv6
              ipsec-fmipv6, ipsec-fmipv6-hmipv6, ipsec-fmipv6-plus, ipsec-fmipv6-resumption, ipsec-fmipv6-early
            ]
            topology { generate = hmipv6, domains = 4, maps-per-domain = 2, routers-per-map = 1, core { model = waxman } }
            stop { batch = 3, max-replications = 3 }
            """);
        Assert.Equal(ExitCode.PrecisionNotReached, work.RunTo("1").ExitCode);
        foreach (var partitions in new[] { "2", "3", "7" })
        {
            work.RunTo(partitions, "--partitions", partitions, "--workers", "1");
            Assert.Equal(work.Summary("1"), work.Summary(partitions));
        }

        Assert.False(Directory.Exists(Path.Combine(work.Folder("1"), "failures")));
    }

    [Fact]
    public void A_network_generated_to_a_file_can_be_shown_and_imported()
    {
        using var work = new Workspace();
        Directory.CreateDirectory(work.Folder());
        var file = Path.Combine(work.Folder(), "core.graphml");
        Assert.Equal((0, "", ""), Tuple(Handover.Run("topology", "generate", "hmipv6", "--domains", "3", "--routers-per-map", "1", "--out", file)));
        Assert.Equal(File.ReadAllText(file), Handover.Run("topology", "generate", "hmipv6", "--domains", "3", "--routers-per-map", "1", "--as", "graphml").Output);
        Assert.StartsWith("16 nodes, 16 links", Handover.Run("topology", "show", file).Output, StringComparison.Ordinal);
        Assert.Contains("hmipv6: 17 domains", Handover.Run("topology", "import", file, "--routers-per-map", "2").Output, StringComparison.Ordinal);
        Assert.StartsWith("<svg", Handover.Run("topology", "show", file, "--as", "svg").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_network_of_an_experiment_can_be_shown_and_its_core_be_a_file()
    {
        using var work = new Workspace("""
            schemes = [ipsec-fmipv6]
            sweep { M = [1, 2] }
            topology { generate = hmipv6, core { model = file, file = core.csv }, maps-per-domain = "$M", cells { radius = 0.2 km, overlap = 20 % } }
            """);
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(work.File)!, "core.csv"), "a,b,2.5\nb,c,7\n");
        var shown = Handover.Run("topology", "show", work.File);
        Assert.Contains("hmipv6: 4 domains", shown.Output, StringComparison.Ordinal);
        Assert.Contains("inter-domain                 4              2.5      4.75         7  unlimited", shown.Output, StringComparison.Ordinal);
        Assert.Contains("cn0", Handover.Run("topology", "show", work.File, "--cell", "2", "--as", "svg").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("topology { generate = hmipv6, core { model = file } }", "HO1017 core is a file, but 'file' is missing. Write file = NAME.graphml in it.")]
    [InlineData("topology { generate = hmipv6, core { model = file, file = \"none.csv\" } }", "there is no such file. Check the path.")]
    [InlineData("topology { generate = hmipv6, core { model = waxman, alpha = 2 } }", "HO3019 the core cannot be made: alpha is not above 0 and at most 1. Change its parameters.")]
    [InlineData("topology { generate = hmipv6, links { \"gw0>ar99\".loss = 1 % } }", "HO3009 there is no link 'gw0>ar99'.")]
    [InlineData("topology { generate = hmipv6, aaa = off }, schemes = [famipv6]", "HO3015 scheme famipv6 needs an aaa-visited in every domain that mobile nodes visit.")]
    public void What_is_wrong_with_a_generated_network_is_told_in_a_line(string topology, string expected)
    {
        using var work = new Workspace(topology.Contains("schemes", StringComparison.Ordinal) ? topology : "schemes = [mipv6]\n" + topology);
        var check = Handover.Run("check", work.File);
        Assert.Equal(ExitCode.Usage, check.ExitCode);
        Assert.Contains(expected, Assert.Single(check.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HO3019 the core cannot be made", "generate", "hmipv6", "--core", "waxman", "--alpha", "2")]
    [InlineData("--core waxmann is unknown. Did you mean 'waxman'?", "generate", "hmipv6", "--core", "waxmann")]
    [InlineData("'tree' is unknown. Write hmipv6.", "generate", "tree")]
    [InlineData("none.graphml: HO3014 there is no such file. Check the path.", "import", "none.graphml")]
    [InlineData("--overlap 50 is out of range. Write 0 to 45.", "generate", "hmipv6", "--overlap", "50")]
    public void A_wrong_command_is_told_in_a_line(string expected, params string[] arguments)
    {
        var run = Handover.Run(["topology", .. arguments]);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    private static (int, string, string) Tuple(Handover run) => (run.ExitCode, run.Output, run.Error);
}
