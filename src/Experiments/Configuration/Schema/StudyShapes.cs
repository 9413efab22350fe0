using Experiments.Configuration.Expressions;
using Experiments.Configuration.Syntax;
using Experiments.Plans;
using Experiments.Plans.Expectations;

namespace Experiments.Configuration.Schema;

/// <summary>A scheme: its name, or an object with name, options and the label <c>as</c>.</summary>
internal sealed class SchemeShape(ISchemeCatalogue catalogue) : Shape
{
    private static readonly TextShape Library = new("library = ./MyScheme.dll");
    private static readonly TextShape Name = new("famipv6");
    private static readonly NameShape Label = new("as = other-label");

    public override object? Read(ConfigValue value, string path, Findings findings)
    {
        if (value is ConfigScalar scalar)
            return Known(scalar, findings) is { } plain ? new SchemeUse(plain.Name, plain.Name, new Block(), value.At) : null;
        if (Expect<ConfigObject>(value, path, "a scheme's name, or { name = famipv6, as = label, options { ... } }", findings) is not { } source)
            return null;
        if (source["name"]?.Value is not ConfigScalar name)
        {
            findings.Error(Codes.MissingKey, source.At, "this scheme lacks 'name'. Write { name = famipv6, ... }.");
            return null;
        }

        if (Known(name, findings) is not { } scheme)
            return null;
        var options = new BlockShape($"options of {scheme.Name}",
            [.. catalogue.OptionsOf(scheme).Select(option => new Key(option.Name, new ParameterShape(option.Type)))]);
        var shape = new BlockShape(path, new Key("library", Library), new Key("name", Name), new Key("as", Label), new Key("options", new OptionsShape(scheme.Name, options)));
        return shape.Read(source, path, findings) is Block block
            ? new SchemeUse(scheme.Name, block.Get<string>("as") ?? scheme.Name, block.Inner("options"), value.At)
            : null;
    }

    private SchemeEntry? Known(ConfigScalar name, Findings findings)
    {
        if (catalogue.Find(name.Text) is { } scheme)
            return scheme;
        findings.Error(Codes.UnknownScheme, name.At,
            $"unknown scheme '{name.Text}'. {Suggestion.For(name.Text, catalogue.Schemes.Select(known => known.Name))}");
        return null;
    }

    /// <summary>Names the scheme in messages, since the path of a list's item is the list's.</summary>
    private sealed class OptionsShape(string scheme, BlockShape options) : Shape
    {
        public override object? Read(ConfigValue value, string path, Findings findings)
        {
            if (options.Keys.Count > 0)
                return options.Read(value, $"options of {scheme}", findings);
            if (Expect<ConfigObject>(value, path, "{ }", findings) is not { } source)
                return null;
            foreach (var entry in source.Entries)
                findings.Error(Codes.UnknownKey, entry.KeyAt, $"unknown key '{entry.Key}': scheme {scheme} has no options. Delete it.");
            return new Block();
        }
    }
}

/// <summary>A summary of a metric, such as <c>mean.total</c>.</summary>
/// <param name="statistics">Those that may stand here.</param>
internal sealed class MetricShape(IReadOnlyList<string> statistics, ISchemeCatalogue catalogue) : Shape
{
    /// <summary>What is wrong with a metric's name; null when it is known.</summary>
    public static string? Problem(MetricStatistic metric, ISchemeCatalogue catalogue)
    {
        var known = catalogue.Metrics();
        var name = metric.Metric.StartsWith(Metric.HandoverPrefix, StringComparison.Ordinal) ? metric.Metric[Metric.HandoverPrefix.Length..] : null;
        return known.Contains(metric.Metric) || (name is not null && Metric.All.All(one => one.Name != name) && known.Contains(name)) || Metric.Find(metric.Metric) is not null ? null : $"unknown metric '{metric.Metric}'. {Suggestion.For(metric.Metric, known)}";
    }

    public override object? Read(ConfigValue value, string path, Findings findings)
    {
        if (Expect<ConfigScalar>(value, path, "mean.total", findings) is not { } scalar)
            return null;
        try
        {
            var metric = Grammar.ToMetric(scalar.Text);
            if (Problem(metric, catalogue) is { } problem)
                throw new ExpressionException(Codes.NoSuchMetric, problem);
            if (statistics.Contains(metric.Statistic))
                return metric;
            findings.Error(Codes.NoSuchMetric, scalar.At,
                $"{path} = {scalar.Text}: {metric.Statistic} cannot stand here. {Suggestion.For(metric.Statistic, statistics)}");
        }
        catch (ExpressionException wrong)
        {
            var remedy = wrong.Message.EndsWith('.') || wrong.Message.EndsWith('?') ? "" : ".";
            findings.Error(wrong.Code, scalar.At, $"{path} = {scalar.Text}: {wrong.Message}{remedy}");
        }

        return null;
    }
}

/// <summary>An expectation: its statement, or an object with claim, text and check.</summary>
internal sealed class ExpectationShape(ISchemeCatalogue catalogue) : Shape
{
    private const string Example = "\"mean.total[a] < mean.total[b] when H >= 10 ms\"";

    private static readonly BlockShape Whole = new(
        "expect",
        new Key("claim", new TextShape("claim = 1")),
        new Key("text", new TextShape("text = \"the claim in words\"")),
        new Key("required", new ChoiceShape(["yes", "no"])),
        new Key("check", new TextShape($"check = {Example}"), Required: true));

    public override object? Read(ConfigValue value, string path, Findings findings)
    {
        if (value is ConfigScalar scalar)
            return Parse(scalar.Text, value.At, null, null, findings);
        if (Expect<ConfigObject>(value, path, Example, findings) is not { } source
            || Whole.Read(source, path, findings) is not Block block)
            return null;
        return Parse(block.Get<string>("check")!, block.Find("check")!.At, block.Get<string>("claim"), block.Get<string>("text"), findings) is { } read
            ? read with { IsRequired = block.Get<string>("required") != "no" }
            : null;
    }

    private ExpectationText? Parse(string check, SourcePosition at, string? claim, string? text, Findings findings)
    {
        var parsed = Grammar.ParseExpectation(check);
        var unknown = parsed.Value is { } read ? Unknown(read) : null;
        if (parsed.Value is { } statement && unknown is null)
            return new ExpectationText(claim, text, check, statement);
        var problem = unknown ?? parsed.Problem!;
        var remedy = problem.EndsWith('?') || problem.EndsWith('.') ? "" : $". Write {Example}, for one.";
        findings.Error(parsed.Code ?? Codes.NoSuchMetric, at, $"\"{check}\": {problem}{remedy}");
        return null;
    }

    /// <summary>What is wrong with the first unknown metric of a statement.</summary>
    private string? Unknown(ParsedExpectation statement) => statement.Left.Terms.Concat(statement.Right.Terms)
        .Select(term => term is Term.Slope slope ? slope.Of : term as Term.Result).OfType<Term.Result>()
        .Select(result => MetricShape.Problem(result.What, catalogue)).FirstOrDefault(problem => problem is not null);
}

/// <summary>A choice of cells.</summary>
internal sealed class FilterShape : Shape
{
    public override object? Read(ConfigValue value, string path, Findings findings)
    {
        const string Example = "\"study==fig4 && H>50ms && scheme==fmipv6\"";
        if (Expect<ConfigScalar>(value, path, $"{path} = {Example}", findings) is not { } scalar)
            return null;
        var parsed = Grammar.ParseFilter(scalar.Text);
        if (parsed.Value is { } filter)
            return new FilterText(scalar.Text, filter);
        var problem = parsed.Problem!;
        var remedy = problem.EndsWith('?') || problem.EndsWith('.') ? "" : $". Write {Example}, for one.";
        findings.Error(parsed.Code!, scalar.At, $"\"{scalar.Text}\": {problem}{remedy}");
        return null;
    }
}
