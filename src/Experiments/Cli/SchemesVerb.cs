using System.CommandLine;
using Actors.Mobility;
using Experiments.Configuration;
using Experiments.MonteCarlo;

namespace Experiments.Cli;

/// <summary><c>handover schemes</c>: what an experiment may compare.</summary>
internal static class SchemesVerb
{
    public static Command Create(Laboratory laboratory)
    {
        var json = CommonOptions.Flag("--json", "one object per scheme");
        var library = CommonOptions.Text("--library", "FILE", "list the schemes of a class library too, such as ./MyScheme.dll");
        var command = new Command("schemes", "List the handover schemes, their sources and options.") { json, library };
        command.SetAction(parse =>
        {
            try
            {
                if (parse.GetValue(library) is { } file)
                    laboratory.Schemes.Load(Path.GetFullPath(file));
            }
            catch (SchemeLibraryException problem)
            {
                throw new UsageException($"handover schemes: {Codes.BadLibrary} {problem.Message}");
            }

            foreach (var scheme in laboratory.Schemes.All)
                laboratory.Output.WriteLine(parse.GetValue(json) ? Json(scheme) : Text(scheme));
            return ExitCode.Success;
        });
        return command;
    }

    private static string Json(IHandoverScheme scheme) => JsonText.Of(new
    {
        name = scheme.Name,
        title = scheme.Title,
        parent = scheme.Parent,
        source = scheme.Source,
        version = scheme.Version,
        phases = scheme.Phases.Select(phase => phase.Name),
        total = scheme.TotalPhases,
        options = scheme.Options.Select(option => new
        {
            name = option.Name,
            @default = SchemeLibrary.DefaultText(option),
            meaning = option.Meaning,
            choices = option.Choices,
        }),
    });

    private static string Text(IHandoverScheme scheme)
    {
        var parent = scheme.Parent is null ? "" : $" (extends {scheme.Parent})";
        var lines = new List<string> { $"{scheme.Name,-20} {scheme.Title}{parent}: {scheme.Source}" };
        lines.AddRange(scheme.Options.Select(option => $"    {option.Name} = {SchemeLibrary.DefaultText(option)}  {option.Meaning}"));
        return string.Join(Environment.NewLine, lines);
    }
}
