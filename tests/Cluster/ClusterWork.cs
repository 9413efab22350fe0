using Experiments.Results;
using Tests.Experiments.Cli;

namespace Tests.Cluster;

/// <summary>An experiment that lasts some seconds, its members, and what it gives in one process.</summary>
internal sealed class ClusterWork : IDisposable
{
    /// <summary>Of all cells.</summary>
    public const int Replications = 3 * EachCell;

    /// <summary>So many that a run lasts seconds on a fast machine, and can be interrupted.</summary>
    private const int EachCell = 40_000;

    private static readonly Lock Once = new();
    private static string? s_expected;
    private readonly List<LaboratoryProcess> _processes = [];

    public ClusterWork() => Work = NewWork();

    public Workspace Work { get; }

    /// <summary>The bytes of a run in one process, computed once for all tests.</summary>
    public static string Expected
    {
        get
        {
            lock (Once)
            {
                if (s_expected is null)
                {
                    using var work = NewWork();
                    Assert.Equal(3, work.Run("-q").ExitCode);
                    s_expected = work.Summary();
                }

                return s_expected;
            }
        }
    }

    /// <summary>Members of a new cluster; each computes one replication at a time.</summary>
    public (LaboratoryProcess Process, string Address)[] Members(int count)
    {
        var founder = Node();
        var address = founder.WaitForAddress();
        var others = Enumerable.Range(1, count - 1).Select(_ => Node("--join", address)).ToList();
        return [(founder, address), .. others.Select(other => (other, other.WaitForAddress()))];
    }

    public LaboratoryProcess Node(params string[] options) =>
        Keep(LaboratoryProcess.Start(["node", "--port", "0", "--config", Settings(""), .. options]));

    /// <summary>A coordinator on the cluster that has a member of this address.</summary>
    public LaboratoryProcess Run(string address, string folder = "out", params string[] options) =>
        Keep(LaboratoryProcess.Start(["run", Work.File, "--out", Work.Folder(folder), "--cluster", address, .. options]));

    /// <summary>A file of settings over those that members of tests have.</summary>
    public string Settings(string hocon)
    {
        var file = Path.Combine(Path.GetDirectoryName(Work.File)!, $"settings-{(uint)hocon.GetHashCode():x}.conf");
        File.WriteAllText(file, $"handover.cluster.lanes = 1\n{hocon}\n");
        return file;
    }

    /// <summary>The run ended as it does in one process, with the same bytes.</summary>
    public void AssertSame(LaboratoryProcess run, string folder = "out")
    {
        var exit = run.WaitForExit();
        Assert.True(exit == 3, $"exit {exit}: {string.Join('\n', run.Said)}");
        Assert.Equal(Expected, Work.Summary(folder));
        Assert.Equal(Replications, Stored(folder));
    }

    public long Stored(string folder = "out")
    {
        using var store = ResultStore.Read(Work.Folder(folder));
        return store.Cells.Sum(cell => (long)cell.Replications);
    }

    public LaboratoryProcess Keep(LaboratoryProcess process)
    {
        _processes.Add(process);
        return process;
    }

    public void Dispose()
    {
        foreach (var process in _processes)
            process.Dispose();
        Work.Dispose();
    }

    private static Workspace NewWork() =>
        new($"schemes = [fmipv6, famipv6, ipsec-fmipv6]\nstop {{ precision = 0.01 %, max-replications = {EachCell} }}");
}
