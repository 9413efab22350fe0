using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Configuration.Expressions;
using Experiments.Configuration.Schema;
using Experiments.Configuration.Syntax;
using Experiments.Plans;

namespace Experiments.Configuration.Binding;

/// <summary>The options that stand above everything a file says.</summary>
internal sealed partial class CommandLine
{
    private readonly ReaderOptions _options;
    private readonly ConfigScalar? _precision;
    private readonly ConfigScalar? _maxReplications;

    public CommandLine(ReaderOptions options, Findings findings)
    {
        _options = options;
        _precision = Checked("--precision", options.Precision, ParameterType.OpenShare, findings);
        _maxReplications = Checked(
            "--max-replications", options.MaxReplications?.ToString(CultureInfo.InvariantCulture), ParameterType.Count, findings);
        if (options.Budget is not { } budget)
            return;
        var text = Minutes().Replace(budget, "$1 min");
        if (Checked("--budget", text, ParameterType.Duration, findings) is { } scalar)
            Budget = Grammar.ParseValue(scalar.Text).Value!.Evaluate(_ => null).Duration;
    }

    public TimeSpan? Budget { get; }

    public ConfigObject ApplyToExperiment(ConfigObject root)
    {
        if (_options.Seed is { } seed)
            root = root.With(["experiment", "seed"], At("--seed"), new ConfigScalar(At("--seed"), seed.ToString(CultureInfo.InvariantCulture), quoted: false));
        if (_options.Only is { } only)
            root = root.With(["experiment", "only"], At("--only"), new ConfigScalar(At("--only"), only, quoted: true));
        return root;
    }

    public ConfigObject ApplyToStudy(ConfigObject study)
    {
        if (_precision is not null)
            study = study.With(["stop", "precision"], _precision.At, _precision);
        return _maxReplications is null ? study : study.With(["stop", "max-replications"], _maxReplications.At, _maxReplications);
    }

    private static ConfigScalar? Checked(string option, string? text, ParameterType type, Findings findings)
    {
        if (text is null)
            return null;
        var scalar = new ConfigScalar(At(option), text, quoted: true);
        if (new ParameterShape(type).Read(scalar, option, findings) is not Parameter parameter)
            return null;
        if (!parameter.Expression.References.Any())
            return scalar;
        findings.Error(Codes.UndefinedName, At(option), $"{text} refers to a swept name. Write a plain value such as {type.Example}.");
        return null;
    }

    private static SourcePosition At(string option) => new(option, 0, 0);

    [GeneratedRegex(@"^\s*([0-9]+(?:\.[0-9]+)?)\s*m\s*$")]
    private static partial Regex Minutes();
}
