using Actors.Mobility;
using Experiments.Cli;
using Experiments.MonteCarlo;

namespace Tests.Experiments.Cli;

/// <summary>The command in this process, with the product's schemes and those that break.</summary>
internal sealed record Handover(int ExitCode, string Output, string Error)
{
    public static readonly IReadOnlyList<IHandoverScheme> Schemes =
        [.. HandoverSchemes.All, new FaultyScheme("breaking", Fault.Throws), new FaultyScheme("broken", Fault.AlwaysThrows), new FaultyScheme("silent", Fault.Swallows), new FaultyScheme("unbuildable", Fault.CannotBeBuilt), new FaultyScheme("hanging", Fault.Hangs)];

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Handover Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var code = HandoverCommand.Run(new Laboratory(output, error, false, false, new SchemeLibrary(Schemes), arguments));
        return new Handover(code, output.ToString(), error.ToString());
    }
}

/// <summary>A folder with an experiment file, and results beside it; gone with the test.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("handover-cli-");

    public Workspace(string experiment = "schemes = [fmipv6]", string name = "test")
    {
        File = Path.Combine(_root.FullName, "test.conf");
        System.IO.File.WriteAllText(File, $"experiment {{ name = {name}, seed = 1 }}\n{experiment}\n");
    }

    public string File { get; }

    public string Folder(string name = "out") => Path.Combine(_root.FullName, name);

    public string Read(string file, string folder = "out") => System.IO.File.ReadAllText(Path.Combine(Folder(folder), file));

    /// <summary>The bytes that must not depend on how a run was made.</summary>
    public string Summary(string folder = "out") => Read("summary.csv", folder) + Read("summary.json", folder);

    public Handover Run(params string[] options) => RunTo("out", options);

    public Handover RunTo(string folder, params string[] options) =>
        Handover.Run(["run", File, "--out", Folder(folder), "--no-progress", .. options]);

    public void Dispose() => _root.Delete(recursive: true);
}
