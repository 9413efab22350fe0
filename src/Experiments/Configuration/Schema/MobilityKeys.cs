using Experiments.Configuration.Syntax;
using Experiments.Plans;

namespace Experiments.Configuration.Schema;

/// <summary>The keys of a mobility block: along a path of routers, or on the plane of a generated network's cells.</summary>
internal static class MobilityKeys
{
    private static readonly ParameterShape Duration = new(ParameterType.Duration);
    private static readonly ParameterShape Length = new(ParameterType.Length);
    private static readonly ParameterShape Distance = new(ParameterType.Length with { Open = false, Example = "5 m" });

    /// <summary>The models on the plane, as <c>model</c> names them.</summary>
    public static readonly string[] Models =
        ["random-waypoint", "random-direction", "gauss-markov", "manhattan", "fluid-flow", "route", "trace"];

    public static readonly Key[] Keys =
    [
        new("start", Duration),
        new("model", new ChoiceShape(["single", "waypoints", .. Models])),
        new("path", new ListShape(new TextShape("home"), "home, fn1, fn2", mayBeEmpty: false, mayRepeat: true)),
        new("dwell", new DelayShape()),
        new("speed", new SpeedShape()),
        new("pause", Duration),
        new("leg", new ParameterShape(ParameterType.Duration with { Open = true, Example = "30 s" })),
        new("step", new ParameterShape(ParameterType.Duration with { Open = true, Example = "1 s" })),
        new("memory", new ParameterShape(ParameterType.Share with { Example = "75 %", Most = 0.999m })),
        new("block", Length),
        new("places", new ListShape(new BlockShape("places", new("x", Distance, Required: true), new("y", Distance, Required: true)), "{ x = 0 m, y = 50 m }", mayBeEmpty: false)),
        new("file", new TextShape("file = city.xml")),
        new("hysteresis", Distance),
        new("trigger-distance", Distance),
        new("ping-pong", new ParameterShape(ParameterType.Duration with { Example = "1 s" })),
    ];

    /// <summary>One speed, a range <c>1..30 m/s</c>, or an object with min and max; read as a block of the two.</summary>
    private sealed class SpeedShape : Shape
    {
        private static readonly ParameterShape One = new(ParameterType.Speed);
        private static readonly BlockShape Both = new("speed", new("min", One, Required: true), new("max", One, Required: true));

        public override object? Read(ConfigValue value, string path, Findings findings)
        {
            if (value is ConfigObject)
                return Both.Read(value, path, findings);
            if (Expect<ConfigScalar>(value, path, ParameterType.Speed.Example, findings) is not { } scalar)
                return null;
            var ends = scalar.Text.Split("..");
            if (ends.Length == 2 && scalar.Text.LastIndexOf(' ') is var unit && unit > 0 && !ends[0].Contains(' ', StringComparison.Ordinal))
                ends[0] += scalar.Text[unit..];
            var block = new Block();
            foreach (var (key, text) in new[] { ("min", ends[0]), ("max", ends[^1]) })
            {
                if (One.Read(new ConfigScalar(scalar.At, text.Trim(), scalar.Quoted), path, findings) is not { } read)
                    return null;
                block.Add(key, new Item(read, scalar.At));
            }

            return block;
        }
    }
}
