using Actors.Mobility;
using Experiments.MonteCarlo;

namespace Experiments.Cli;

/// <summary>What every command works with: where it writes, and the schemes there are.</summary>
/// <param name="Output">Data.</param>
/// <param name="Error">Everything else.</param>
/// <param name="ErrorIsTerminal">Whether progress may be redrawn in place.</param>
/// <param name="CommandLine">As typed, for provenance.</param>
public sealed record Laboratory(
    TextWriter Output,
    TextWriter Error,
    bool OutputIsTerminal,
    bool ErrorIsTerminal,
    SchemeLibrary Schemes,
    IReadOnlyList<string> CommandLine)
{
    /// <summary>The product's schemes and this process's streams.</summary>
    public static Laboratory OfThisProcess(IReadOnlyList<string> commandLine) => new(
        Console.Out,
        Console.Error,
        !Console.IsOutputRedirected,
        !Console.IsErrorRedirected,
        new SchemeLibrary(HandoverSchemes.All),
        commandLine);
}
