namespace Tests.Experiments.Results;

/// <summary>A fresh folder that vanishes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("handover-results-");

    public string Path => System.IO.Path.Combine(_root.FullName, "out");

    public void Dispose() => _root.Delete(recursive: true);
}
