using Experiments.Cli;

namespace Tests.Experiments.Cli;

/// <summary>Experiments about the speed of the simulation itself.</summary>
public sealed class SpeedRunTests
{
    private const string Experiment = """
        schemes = [ipsec-fmipv6]
        sweep { N = [40, 80], P = [1, 2] }
        topology { generate = hmipv6, domains = 2, routers-per-map = 4 }
        mobiles { count = "$N", mobility { model = gauss-markov, speed = 5..40 m/s } }
        run { duration = 5 s, replications = 1, partitions = "$P" }
        record { speed = on }
        plots = [{ name = rate, kind = speed, x = N, of = events-per-second }, { name = up, kind = speed, x = N, of = speed-up }]
        """;

    [Fact]
    public void Speed_stands_beside_the_results_whose_bytes_know_nothing_of_it()
    {
        using var work = new Workspace(Experiment);
        Assert.Equal(ExitCode.Success, work.Run().ExitCode);
        var lines = work.Read("speed.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        Assert.Equal(["study", "scheme", "N", "P", "mobiles", "partitions", "events"], lines[0].Take(7));
        Assert.Equal([("40", "1"), ("40", "2"), ("80", "1"), ("80", "2")], lines.Skip(1).Select(line => (line[4], line[5])));
        Assert.Equal(lines[1][6], lines[2][6]);
        Assert.True(int.Parse(lines[3][6], System.Globalization.CultureInfo.InvariantCulture) > 200);
        Assert.All(lines.Skip(1), line => Assert.DoesNotContain("", line));
        Assert.Equal(5, work.Read("plots/rate.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("plots/up.svg", work.Read("summary.md"), StringComparison.Ordinal);

        var results = work.Summary();
        Assert.DoesNotContain("events-per-second", results, StringComparison.Ordinal);
        var trace = Handover.Run("trace", work.Folder(), "--cell", "2");
        Assert.Equal(ExitCode.Success, trace.ExitCode);
        Assert.Equal(Handover.Run("trace", work.Folder(), "--cell", "1").OutputLines[1..], trace.OutputLines[1..]);
        work.RunTo("again", "--partitions", "2", "--workers", "1");
        Assert.Equal(results, work.Summary("again"));
    }

    [Theory]
    [InlineData("record.speed=off", "HO2006 plot 'rate' is of speed, which study test does not measure. Write engines = [simulation] and record { speed = on }.")]
    [InlineData("plots=[{ name = rate, kind = speed, x = N, of = packet.delay }]", "plot 'rate': packet.delay is no speed. Write of = events-per-second, for one.")]
    [InlineData("plots=[{ name = rate, kind = speed, x = Q, of = set-up }]", "plot 'rate': x = Q is not swept in study test.")]
    [InlineData("plots=[{ name = rate, kind = speed, x = N }]", "plots lacks 'of'. Write of = ... in it.")]
    public void What_is_wrong_with_a_figure_of_speed_is_told_in_a_line(string setting, string expected)
    {
        using var work = new Workspace(Experiment);
        var check = Handover.Run("check", work.File, "-s", setting);
        Assert.Equal(ExitCode.Usage, check.ExitCode);
        Assert.Contains(expected, check.Error, StringComparison.Ordinal);
    }
}
