using System.Diagnostics;
using System.Globalization;
using Experiments.MonteCarlo;
using Spectre.Console;

namespace Experiments.Cli;

/// <summary>Shows how far a run is: redrawn in place on a terminal, one plain line a second otherwise.</summary>
internal static class ProgressLine
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(1);

    /// <summary>Returns when the run has ended.</summary>
    public static void Follow(MonteCarloRun run, Laboratory laboratory, bool quiet)
    {
        var clock = Stopwatch.StartNew();
        if (quiet)
        {
            run.Wait(Timeout.InfiniteTimeSpan);
        }
        else if (laboratory.ErrorIsTerminal)
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(laboratory.Error) });
            console.Live(new Text("")).AutoClear(true).Start(live =>
            {
                while (!run.Wait(Redraw))
                {
                    live.UpdateTarget(new Text(TextOf(run.Progress, clock.Elapsed)));
                }
            });
        }
        else
        {
            while (!run.Wait(PlainInterval))
                laboratory.Error.WriteLine(TextOf(run.Progress, clock.Elapsed));
        }
    }

    /// <summary><c>cells 12/66, 84000 replications, 31000/s, about 8 s left</c></summary>
    internal static string TextOf(RunProgress progress, TimeSpan elapsed)
    {
        var rate = progress.Computed / Math.Max(elapsed.TotalSeconds, 1e-3);
        var left = progress.Remaining is { } remaining && rate > 0
            ? string.Create(CultureInfo.InvariantCulture, $", about {Duration(remaining / rate)} left")
            : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"cells {progress.CellsDone}/{progress.Cells}, {progress.Computed} replications, {rate:0}/s{left}{Members(progress)}");
    }

    /// <summary><c>, 2 members: 127.0.0.1:4020 8000/s, 127.0.0.1:4021 7900/s</c></summary>
    private static string Members(RunProgress progress) => progress.Members is not { } members ? "" : members.Count == 0
        ? ", no member computes"
        : string.Create(CultureInfo.InvariantCulture, $", {members.Count} {(members.Count == 1 ? "member" : "members")}: ")
            + string.Join(", ", members.Select(member => string.Create(CultureInfo.InvariantCulture, $"{member.Address} {member.PerSecond:0}/s")));

    /// <summary>To the second below two minutes, to the minute above.</summary>
    internal static string Duration(double seconds) => seconds < 120
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds):0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds / 60):0} min");
}
