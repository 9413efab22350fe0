using Experiments.Configuration.Syntax;

namespace Experiments.Configuration.Schema;

/// <summary>A delay: a duration, or an object that names a distribution and its parameters.</summary>
internal sealed class DelayShape : Shape
{
    public const string Constant = "constant";

    private static readonly ParameterShape Duration = new(ParameterType.Duration);
    private static readonly ParameterShape Positive = new(ParameterType.PositiveNumber);
    private static readonly ParameterShape NotNegative = new(ParameterType.PositiveNumber with { Open = false });
    private static readonly ListShape Durations = new(Duration, "4 ms, 5 ms", mayBeEmpty: false);

    /// <summary>Every distribution and its keys; those that are not required are 0.</summary>
    private static readonly (string Name, Key[] Keys)[] Distributions =
    [
        (Constant, [new("value", Duration, Required: true)]),
        ("uniform", [new("min", Duration, Required: true), new("max", Duration, Required: true)]),
        ("normal", [new("mean", Duration, Required: true), new("standard-deviation", Duration, Required: true)]),
        ("lognormal", [new("median", Duration, Required: true), new("sigma", NotNegative, Required: true)]),
        ("exponential", [new("mean", Duration, Required: true), new("offset", Duration)]),
        ("gamma", [new("shape", Positive, Required: true), new("scale", Duration, Required: true), new("shift", Duration)]),
        ("empirical", [new("values", Durations, Required: true)]),
    ];

    private static readonly string[] Names = [.. Distributions.Select(distribution => distribution.Name)];

    private static readonly ChoiceShape Name = new(Names);

    public override object? Read(ConfigValue value, string path, Findings findings)
    {
        if (value is not ConfigObject source)
        {
            if (value is ConfigList)
            {
                findings.Error(Codes.WrongKind, value.At, $"{path} is {value.Noun}. Write {path} = 4 ms, or {{ distribution = uniform, min = 0 ms, max = 8 ms }}.");
                return null;
            }

            return Duration.Read(value, path, findings) is Parameter parameter
                ? new DelayParameter(path, Constant, new Dictionary<string, Parameter> { ["value"] = parameter }, [], value.At)
                : null;
        }

        if (source["distribution"] is not { } named)
        {
            findings.Error(Codes.MissingKey, source.At,
                $"{path} lacks 'distribution'. Write distribution = {string.Join(" | ", Names)} in it.");
            return null;
        }

        if (Name.Read(named.Value, $"{path}.distribution", findings) is not string name)
            return null;
        var keys = Distributions.First(distribution => distribution.Name == name).Keys;
        var shape = new BlockShape(path, [new Key("distribution", Name), .. keys]);
        if (shape.Read(source, path, findings) is not Block block)
            return null;
        var parameters = block.Items
            .Where(item => item.Value.Value is Parameter)
            .ToDictionary(item => item.Key, item => (Parameter)item.Value.Value);
        return new DelayParameter(path, name, parameters, [.. block.List("values").Select(item => (Parameter)item.Value)], source.At);
    }
}
