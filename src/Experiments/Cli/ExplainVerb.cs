using System.CommandLine;
using Experiments.Configuration;

namespace Experiments.Cli;

/// <summary><c>handover explain CODE</c>: what a message's code means, with a wrong and a right example.</summary>
internal static class ExplainVerb
{
    public static Command Create(Laboratory laboratory)
    {
        var code = new Argument<string>("CODE") { Description = "as a message shows it, such as HO1007" };
        var command = new Command("explain", "Explain the code of a message.") { code };
        command.SetAction(parse =>
        {
            var asked = parse.GetValue(code)!;
            if (CodeCatalogue.All.FirstOrDefault(entry => entry.Code.Equals(asked, StringComparison.OrdinalIgnoreCase)) is not { } found)
                throw new UsageException($"handover explain: no message has the code '{asked}'. {Suggestion.For(asked, CodeCatalogue.All.Select(entry => entry.Code))}");
            laboratory.Output.WriteLine($"{found.Code}  {found.Meaning}");
            laboratory.Output.WriteLine($"wrong:  {found.Wrong}");
            laboratory.Output.WriteLine($"right:  {found.Right}");
            return ExitCode.Success;
        });
        return command;
    }
}
