using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Experiments.Configuration;

namespace Experiments.Cli;

/// <summary>Options that several verbs share. A new object for each verb: an option belongs to one command.</summary>
internal sealed class CommonOptions
{
    private const int MostThreads = 1024;

    public Argument<string> File { get; } = new("FILE") { Description = "experiment file, such as hocon/experiments/quick.conf" };

    public Option<string[]> Overrides { get; } = new("-s")
    {
        Description = "set a key of the file, such as -s stop.batch=64 (repeatable)",
        HelpName = "path=value",
        DefaultValueFactory = _ => [],
    };

    public Option<ulong?> Seed { get; } = Number<ulong>("--seed", "master seed, instead of the file's", 7, 0, ulong.MaxValue);

    public Option<string?> Only { get; } = Text("--only", "filter", "filter of cells: 'study==fig4 && H>50ms && scheme==fmipv6'");

    public Option<string?> Precision { get; } = Text("--precision", "share", "greatest half width of an interval, such as 1%");

    public Option<int?> MaxReplications { get; } = Number("--max-replications", "most replications of a cell", 20_000, 1, 1_000_000_000);

    public Option<string?> Budget { get; } = Text("--budget", "duration", "wall time after which to stop, such as 10m");

    public Option<int?> Workers { get; } = Number("--workers", "replications computed at a time (default: cores / partitions)", 2, 1, MostThreads);

    public Option<int?> Partitions { get; } = Number("--partitions", "threads that share one replication (default 1)", 2, 1, MostThreads);

    public Option<string?> Out { get; } = Text("--out", "DIR", "results folder (default out/EXPERIMENT)");

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    public static Option<string?> Text(string name, string value, string description) => new(name) { Description = description, HelpName = value };

    /// <summary>An option that takes a whole number of a range.</summary>
    public static Option<T?> Number<T>(string name, string description, T example, T least, T most)
        where T : struct, IBinaryInteger<T> => new(name)
        {
            Description = description,
            HelpName = "n",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                    return number;
                result.AddError(string.Create(CultureInfo.InvariantCulture,
                    $"{name} {text} is no whole number from {least} to {most}. Write {name} {example}."));
                return null;
            },
        };

    /// <summary>What the reader must know of the command line.</summary>
    public ReaderOptions ReaderOptions(ParseResult parse) => new(
        parse.GetValue(Overrides)!,
        parse.GetValue(Only),
        parse.GetValue(Seed),
        parse.GetValue(Precision),
        parse.GetValue(MaxReplications),
        parse.GetValue(Budget));

    /// <summary>Adds everything that decides the plan.</summary>
    public void AddPlanOptions(Command command)
    {
        command.Add(File);
        foreach (var option in new Option[] { Overrides, Seed, Only, Precision, MaxReplications, Budget })
            command.Add(option);
    }
}
