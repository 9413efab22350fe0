using Tests.Experiments.Cli;

namespace Tests.Cluster;

/// <summary>An experiment, and members on loopback that run each replication of it as one network.</summary>
internal sealed class SpanningMembers(string experiment) : IDisposable
{
    private readonly List<LaboratoryProcess> _processes = [];

    public Workspace Work { get; } = new(experiment);

    /// <summary>The bytes of one process.</summary>
    public string Expected()
    {
        Assert.InRange(Work.RunTo("alone", "-q").ExitCode, 0, 3);
        return Work.Summary("alone");
    }

    public (LaboratoryProcess Process, string Address) Node(params string[] options)
    {
        var node = Keep(LaboratoryProcess.Start(["node", "--port", "0", .. options]));
        return (node, node.WaitForAddress());
    }

    public LaboratoryProcess Run(string address, string folder, params string[] options) =>
        Keep(LaboratoryProcess.Start(["run", Work.File, "--out", Work.Folder(folder), "--cluster", address, "--span", .. options]));

    public LaboratoryProcess Keep(LaboratoryProcess process)
    {
        _processes.Add(process);
        return process;
    }

    public void Dispose()
    {
        _processes.ForEach(process => process.Dispose());
        Work.Dispose();
    }
}
