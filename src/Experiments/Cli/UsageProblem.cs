using System.CommandLine;
using System.CommandLine.Parsing;
using Experiments.Configuration;

namespace Experiments.Cli;

/// <summary>Says in one line what is wrong with a command line.</summary>
internal static class UsageProblem
{
    public static string Of(ParseResult parse, RootCommand root)
    {
        var command = parse.CommandResult.Command;
        var where = string.Join(' ', Path(parse.CommandResult).Reverse());
        if (parse.UnmatchedTokens is [var token, ..])
        {
            if (token.StartsWith('-'))
                return $"{where}: unknown option '{token}'. {Suggestion.For(token, OptionsOf(command, root))}";
            return command.Subcommands.Count > 0
                ? $"{where}: unknown verb '{token}'. {Suggestion.For(token, command.Subcommands.Select(verb => verb.Name))}"
                : $"{where}: '{token}' is one argument too many. See {where} --help.";
        }

        if (command.Subcommands.Count > 0)
            return $"{where}: a verb is missing. Known are {string.Join(", ", command.Subcommands.Select(verb => verb.Name))}.";
        if (command.Arguments.FirstOrDefault(argument => parse.GetResult(argument) is not { Tokens.Count: > 0 } && argument.Arity.MinimumNumberOfValues > 0) is { } missing)
            return $"{where}: {missing.Name} is missing. Write {where} {missing.Name}{(missing.Description is { } what ? $" ({what})" : "")}.";
        foreach (var result in parse.CommandResult.Children.OfType<OptionResult>())
        {
            if (result is { Implicit: false, Tokens.Count: 0 } && result.Option.Arity.MinimumNumberOfValues > 0)
                return $"{where}: {result.Option.Name} needs a value. Write {result.Option.Name} {result.Option.HelpName}.";
            if (result.IdentifierTokenCount > 1 && result.Option.Arity.MaximumNumberOfValues <= 1)
                return $"{where}: {result.Option.Name} stands {result.IdentifierTokenCount} times. Write it once.";
        }

        return $"{where}: {parse.Errors[0].Message.ReplaceLineEndings(" ")}";
    }

    private static IEnumerable<string> Path(CommandResult result)
    {
        for (SymbolResult? current = result; current is CommandResult command; current = current.Parent)
            yield return command.Command is RootCommand ? "handover" : command.Command.Name;
    }

    private static IEnumerable<string> OptionsOf(Command command, RootCommand root) =>
        command.Options.Concat(root.Options.Where(option => option.Recursive)).Where(option => !option.Hidden)
            .SelectMany(option => option.Aliases.Prepend(option.Name)).Where(name => name.StartsWith('-')).Distinct();
}
