using System.Diagnostics;
using System.Globalization;
using Experiments.Cli;

namespace Tests.Experiments.Cli;

/// <summary>The built program as a process of its own, really interrupted.</summary>
public sealed class InterruptionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void An_interrupted_run_is_exit_130_and_the_next_one_ends_with_the_same_bytes(string signal)
    {
        using var work = new Workspace("schemes = [fmipv6, ipsec-fmipv6]\nstop { precision = 0.01 %, max-replications = 150000 }");
        using var run = Start("run", work.File, "--out", work.Folder());
        var progress = run.StandardError.ReadLine();
        Send(signal, run);
        Assert.True(run.WaitForExit(Patience), "the run did not end");
        var said = run.StandardError.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Matches(@"^cells [01]/2, [0-9]+ replications, [0-9]+/s", progress);
        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Equal($"interrupted; what was computed is in {work.Folder()}. Run the same command again to go on.", said[^1]);
        Assert.False(File.Exists(Path.Combine(work.Folder(), "summary.csv")));
        var stored = StoredReplications(work);
        Assert.InRange(stored, 1, 299_999);

        Assert.Equal(ExitCode.PrecisionNotReached, work.Run("-q").ExitCode);
        Assert.Equal(300_000, StoredReplications(work));
        work.RunTo("whole", "-q");
        Assert.Equal(work.Summary("whole"), work.Summary());
    }

    private static long StoredReplications(Workspace work)
    {
        using var store = global::Experiments.Results.ResultStore.Read(work.Folder());
        return store.Cells.Sum(cell => (long)cell.Replications);
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(
        "dotnet", [typeof(HandoverCommand).Assembly.Location, .. arguments])
    { RedirectStandardError = true, RedirectStandardOutput = true })!;

    private static void Send(string signal, Process process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
