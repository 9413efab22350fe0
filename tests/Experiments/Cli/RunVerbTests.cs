using System.Text.Json;

namespace Tests.Experiments.Cli;

public sealed class RunVerbTests
{
    private const string ManyMobiles = "schemes = [ipsec-fmipv6]\ntopology.nodes.nar.cores = 1\nstop { precision = 20 %, batch = 4 }\n";

    [Fact]
    public void Many_mobiles_give_the_same_bytes_for_any_workers_and_partitions_and_means_over_their_handovers()
    {
        using var work = new Workspace(ManyMobiles + "mobiles { count = 200, handovers-per-second = 40, duration = 2 s }");
        Assert.Equal(0, work.RunTo("one", "--workers", "1").ExitCode);
        Assert.Equal(0, work.RunTo("two", "--workers", "2", "--partitions", "2").ExitCode);
        Assert.Equal(work.Summary("one"), work.Summary("two"));
        Assert.Contains("test,simulation,ipsec-fmipv6,crypto.operations.access-router,count,4,2,2,2,", work.Read("summary.csv", "one"), StringComparison.Ordinal);
        Assert.Contains("test,simulation,ipsec-fmipv6,crypto.wait.access-router,ms,4,", work.Read("summary.csv", "one"), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_mobiles_are_an_error_that_says_how_many()
    {
        using var work = new Workspace(ManyMobiles + "mobiles { count = 100, handovers-per-second = 40, duration = 2 s }");
        var run = work.Run();
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("test: HO3012 100 mobiles are too few for 40 handovers a second in 2 s. Write mobiles.count = 144 or more.", Assert.Single(run.ErrorLines));
    }

    private const string Three = """
        engines = [analytic, simulation]
        schemes = [fmipv6, famipv6, ipsec-fmipv6]
        sweep { H = [0 ms, 20 ms] }
        delays { home = { distribution = uniform, min = 0 ms, max = "2*$H" } }
        stop { precision = 5 %, max-replications = 5000 }
        compare { baseline = ipsec-fmipv6 }
        plots = [ { name = p, x = H, y = mean.total, by = scheme, band = ci, overlay = analytic } ]
        expect = [ "mean.total[ipsec-fmipv6] < mean.total[famipv6] when H >= 20 ms" ]
        """;

    [Fact]
    public void A_run_leaves_a_complete_results_folder_and_exits_0()
    {
        using var work = new Workspace(Three);
        var run = work.Run();
        Assert.Equal(0, run.ExitCode);
        Assert.All(
            ["summary.csv", "summary.json", "summary.md", "provenance.json", "assumptions.md", "experiment.resolved.conf", "results.sqlite", "plots/p.svg", "plots/p.png", "plots/p.csv"],
            file => Assert.True(File.Exists(Path.Combine(work.Folder(), file)), file));
        Assert.Contains("test: expect 1: held", run.Output, StringComparison.Ordinal);
        var summary = work.Read("summary.md");
        Assert.Contains("faster than", summary, StringComparison.Ordinal);
        Assert.Contains("Kolmogorov-Smirnov", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Analytic_rows_are_the_closed_form_and_count_nothing()
    {
        using var work = new Workspace(Three);
        work.Run("--only", "engine == analytic");
        Assert.Contains("test,analytic,ipsec-fmipv6,20,total,ms,0,89,,,23.094011,49,89,125,128.2,129", work.Read("summary.csv").Split('\n'));
        Assert.Contains("test,analytic,famipv6,0,total,ms,0,48,,,0,48,48,48,48,48", work.Read("summary.csv").Split('\n'));
    }

    [Theory]
    [InlineData("--workers", "2")]
    [InlineData("--workers", "4")]
    [InlineData("--partitions", "2")]
    [InlineData("--partitions", "3")]
    [InlineData("--partitions", "7", "--workers", "2")]
    public void Summaries_are_the_same_bytes_for_any_number_of_workers_and_partitions(params string[] options)
    {
        using var work = new Workspace(Three);
        work.RunTo("one", "--workers", "1");
        work.RunTo("other", options);
        Assert.Equal(work.Summary("one"), work.Summary("other"));
    }

    [Fact]
    public void Running_again_computes_nothing_and_changes_nothing()
    {
        using var work = new Workspace(Three);
        work.Run();
        var first = work.Summary();
        var store = File.GetLastWriteTimeUtc(Path.Combine(work.Folder(), "results.sqlite"));
        Assert.Equal(0, work.Run().ExitCode);
        Assert.Equal(first, work.Summary());
        Assert.Equal(store, File.GetLastWriteTimeUtc(Path.Combine(work.Folder(), "results.sqlite")));
    }

    [Fact]
    public void A_tighter_precision_continues_and_a_looser_one_takes_the_prefix()
    {
        using var work = new Workspace(Three);
        work.RunTo("fresh", "--precision", "3%");
        work.RunTo("continued", "--precision", "10%");
        var loose = work.Summary("continued");
        work.RunTo("continued", "--precision", "3%");
        Assert.Equal(work.Summary("fresh"), work.Summary("continued"));
        work.RunTo("continued", "--precision", "10%");
        Assert.Equal(loose, work.Summary("continued"));
    }

    [Fact]
    public void Cells_of_equal_parameters_share_their_replications_whatever_their_stop()
    {
        using var work = new Workspace("""
            studies {
              a { schemes = [fmipv6], stop { precision = 10 % } }
              b { schemes = [fmipv6], stop { precision = 3 %, batch = 50 } }
            }
            """);
        Assert.Equal(0, work.RunTo("both").ExitCode);
        work.RunTo("alone", "--only", "study == b");
        Assert.Equal(RowsOf(work, "alone", "b"), RowsOf(work, "both", "b"));
        work.RunTo("first", "--only", "study == a");
        Assert.Equal(RowsOf(work, "first", "a"), RowsOf(work, "both", "a"));

        static string[] RowsOf(Workspace work, string folder, string study) =>
            [.. work.Read("summary.csv", folder).Split('\n').Where(line => line.StartsWith(study + ",", StringComparison.Ordinal))];
    }

    [Fact]
    public void A_cell_stops_at_the_first_whole_batch_that_is_precise_enough()
    {
        using var work = new Workspace("schemes = [fmipv6]\nstop { precision = 4 %, batch = 40 }");
        Assert.Equal(0, work.Run().ExitCode);
        var row = work.Read("summary.csv").Split('\n')[1].Split(',');
        var (n, mean, low, high) = (int.Parse(row[5]), double.Parse(row[6]), double.Parse(row[7]), double.Parse(row[8]));
        Assert.Equal(0, n % 40);
        Assert.True((high - low) / 2 <= 0.04 * mean);
        Assert.True(n > 40);
        Assert.Equal(3, work.RunTo("shorter", "--max-replications", $"{n - 40}").ExitCode);
    }

    [Fact]
    public void A_precision_that_is_not_reached_is_exit_3_and_one_line()
    {
        using var work = new Workspace("schemes = [fmipv6]\nstop { precision = 0.1 %, max-replications = 64 }");
        var run = work.Run("-q");
        Assert.Equal(3, run.ExitCode);
        Assert.Matches(@"^test fmipv6: HO4001 precision 0.1 % not reached: mean.total \+-[0-9.]+ % after 64 replications \(about [0-9]+ needed\). Exit 3.$", Assert.Single(run.ErrorLines));
        Assert.Contains("HO4001", work.Read("summary.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_spent_budget_is_exit_3_and_the_next_run_goes_on_to_the_same_bytes()
    {
        using var work = new Workspace("schemes = [fmipv6]\nstop { precision = 0.01 %, max-replications = 30000 }");
        var cut = work.RunTo("cut", "--budget", "1 ms", "-q");
        Assert.Equal(3, cut.ExitCode);
        Assert.Contains("HO4002", Assert.Single(cut.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(3, work.RunTo("cut").ExitCode);
        work.RunTo("whole");
        Assert.Equal(work.Summary("whole"), work.Summary("cut"));
    }

    [Fact]
    public void An_expectation_that_fails_is_exit_4()
    {
        using var work = new Workspace("schemes = [fmipv6]\nstop { precision = 10 % }\nexpect = [\"mean.total[fmipv6] < 10 ms\"]");
        var run = work.Run("-q");
        Assert.Equal(4, run.ExitCode);
        Assert.StartsWith("test: expect 1: HO4004 ", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_an_object_per_row_of_the_csv()
    {
        using var work = new Workspace(Three);
        var run = work.Run("--json", "-q");
        Assert.Equal(work.Read("summary.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1, run.OutputLines.Length);
        Assert.All(run.OutputLines, line => Assert.Equal("test", JsonDocument.Parse(line).RootElement.GetProperty("study").GetString()));
        Assert.Empty(run.Error);
    }

    [Fact]
    public void Options_of_the_command_line_stand_above_the_file()
    {
        using var work = new Workspace(Three);
        work.Run("--only", "H == 20ms && scheme == fmipv6", "--seed", "5", "-s", "delays.wireless=10 ms");
        var rows = work.Read("summary.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();
        Assert.All(rows, row => Assert.Matches("^test,(analytic|simulation),fmipv6,20,", row));
        Assert.Contains(rows, row => row.StartsWith("test,analytic,fmipv6,20,total,ms,0,109,", StringComparison.Ordinal));
        Assert.Contains("\"seed\": 5,", work.Read("summary.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_seed_gives_other_samples()
    {
        using var work = new Workspace("schemes = [fmipv6]\nstop { precision = 10 % }");
        work.RunTo("one");
        work.RunTo("two", "--seed", "2");
        Assert.NotEqual(work.Read("summary.csv", "one"), work.Read("summary.csv", "two"));
    }

    [Fact]
    public void Closed_forms_of_another_network_are_left_out_with_a_warning()
    {
        using var work = new Workspace(Three + "\ntopology.links.\"par>nar\".delay = 9 ms");
        var run = work.Run();
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("test: warning HO4005 link par>nar is changed, which the closed forms know nothing of: their rows are left out. Write engines = [simulation].", run.ErrorLines[0]);
        Assert.DoesNotContain(",analytic,", work.Read("summary.csv"), StringComparison.Ordinal);
        Assert.Contains("test,simulation,fmipv6,0,total,ms,64,40,", work.Read("summary.csv"), StringComparison.Ordinal);
        Assert.DoesNotContain("Kolmogorov", work.Read("summary.md"), StringComparison.Ordinal);
    }
}
