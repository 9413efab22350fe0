using System.CommandLine;
using Experiments.Configuration;

namespace Experiments.Cli;

/// <summary><c>handover new DIR</c>: a commented starting point.</summary>
internal static class NewVerb
{
    public static Command Create(Laboratory laboratory)
    {
        var directory = new Argument<string>("DIR") { Description = "folder to make, such as my-scheme" };
        var template = CommonOptions.Text("--template", string.Join('|', Template.Names), "an experiment of the paper's, one to change, or a scheme of your own (default sweep)");
        var name = CommonOptions.Text("--name", "name", "of the experiment or scheme (default: that of the folder)");
        var command = new Command("new", "Write a commented starting point into a new folder.") { directory, template, name };
        command.SetAction(parse =>
        {
            var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(parse.GetValue(directory)!));
            Write(laboratory, folder, parse.GetValue(template) ?? "sweep", parse.GetValue(name) ?? Path.GetFileName(folder));
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(Laboratory laboratory, string folder, string template, string name)
    {
        if (!Template.Names.Contains(template))
            throw new UsageException($"handover new: --template {template} is unknown. {Suggestion.For(template, Template.Names)}");
        if (Template.Identifier(name) is null)
            throw new UsageException($"handover new: '{name}' is no name for it: lower case letters and digits with single hyphens, 40 at most, and no name of the laboratory's parts. Add --name my-scheme.");
        if (template == "scheme" && laboratory.Schemes.Schemes.Any(scheme => scheme.Name == name))
            throw new UsageException($"handover new: there is a scheme '{name}' already. Add --name my-{name}.");
        try
        {
            if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
                throw new UsageException($"handover new: {folder} is not empty. Name a folder that is, or a new one.");
            foreach (var file in Template.Write(template, name, folder))
                laboratory.Output.WriteLine(Path.Combine(folder, file));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"handover new: {folder} cannot be written: {problem.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Name a folder that can.");
        }

        laboratory.Error.WriteLine(template == "scheme"
            ? $"next: cd {folder} && dotnet test && handover run {name}.conf"
            : $"next: handover run {Path.Combine(folder, template + ".conf")}");
    }
}
