using System.Diagnostics;
using System.Globalization;

namespace Tests.Cluster;

/// <summary>Machines whose clocks are set while they compute: libfaketime gives a process a wall clock of its own.</summary>
public sealed class ClockTests
{
    /// <summary>As Debian installs it, in the folder of the machine's architecture.</summary>
    private static readonly string Library = Directory.EnumerateDirectories("/usr/lib")
        .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).First(File.Exists);

    [Fact]
    public void Clocks_that_jump_by_a_day_change_nothing()
    {
        using var cluster = new ClusterWork();
        var (ahead, behind) = (Clock(cluster, "ahead"), Clock(cluster, "behind"));
        var member = cluster.Keep(LaboratoryProcess.StartUnder(ahead.Prefix, "node", "--port", "0", "--config", cluster.Settings("")));
        var address = member.WaitForAddress();
        cluster.Node("--join", address).WaitForAddress();
        var run = cluster.Keep(LaboratoryProcess.StartUnder(behind.Prefix, "run", cluster.Work.File, "--out", cluster.Work.Folder(), "--cluster", address));
        run.WaitForReplications(1000);
        ahead.Set("+86400");
        behind.Set("-86400");
        cluster.AssertSame(run);

        Assert.InRange(ahead.Now() - behind.Now(), 2 * 86_400 - 60, 2 * 86_400 + 60);
    }

    private static FakeClock Clock(ClusterWork cluster, string name)
    {
        var clock = new FakeClock(cluster.Work.Folder(name));
        clock.Set("+0");
        return clock;
    }

    /// <summary>A wall clock that a file sets; time that only passes is left alone.</summary>
    private sealed class FakeClock(string file)
    {
        public IReadOnlyList<string> Prefix =>
            ["env", $"LD_PRELOAD={Library}", $"FAKETIME_TIMESTAMP_FILE={file}", "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1"];

        public void Set(string offset)
        {
            File.WriteAllText(file + ".new", offset + "\n");
            File.Move(file + ".new", file, overwrite: true);
        }

        public long Now()
        {
            using var date = Process.Start(new ProcessStartInfo("env", [.. Prefix.Skip(1), "date", "+%s"]) { RedirectStandardOutput = true })!;
            return long.Parse(date.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
        }
    }
}
