using System.Text.RegularExpressions;
using Experiments.Configuration.Syntax;
using Experiments.Plans;

namespace Experiments.Configuration.Schema;

/// <summary>The keys of a topology block that generates a network.</summary>
internal static partial class GeneratedTopology
{
    private static readonly ParameterShape Count = new(ParameterType.Count with { Example = "4", Most = 10_000 });
    private static readonly ParameterShape Rate = new(ParameterType.Rate);

    public static readonly Key[] Keys =
    [
        new("generate", new ChoiceShape(["hmipv6"])),
        new("domains", Count),
        new("maps-per-domain", Count),
        new("routers-per-map", Count),
        new("home-domains", Count),
        new("correspondents", new ParameterShape(ParameterType.Count with { Least = 0, Example = "1", Most = 100_000 })),
        new("aaa", new AaaShape()),
        new("core", new BlockShape(
            "core",
            new("model", new ChoiceShape(["ring", "grid", "full-mesh", "waxman", "barabasi-albert", "file"])),
            new("alpha", new ParameterShape(ParameterType.PositiveNumber with { Example = "0.15" })),
            new("beta", new ParameterShape(ParameterType.PositiveNumber with { Example = "0.2" })),
            new("links", new ParameterShape(ParameterType.Count with { Example = "2", Most = 100 })),
            new("file", new TextShape("file = geant.graphml")))),
        new("draw-delays", new ChoiceShape(["per-link", "per-packet"])),
        new("bandwidths", new BlockShape("bandwidths", new("wireless", Rate), new("intra-domain", Rate), new("inter-domain", Rate), new("home", Rate))),
        new("cells", new BlockShape(
            "cells",
            new("radius", new ParameterShape(ParameterType.Length)),
            new("overlap", new ParameterShape(ParameterType.Share with { Example = "15 %", Most = 0.45m })))),
        new("seed", new SeedShape()),
    ];

    /// <summary>Whether a generated network may have a node of this name; whether it has one is known when it has been made.</summary>
    public static bool IsName(string name) => Name().IsMatch(name);

    [GeneratedRegex(@"\A(gw|map|ar|aaav|hgw|ha|aaah|cn|mn|core)[0-9]+\z")]
    private static partial Regex Name();

    /// <summary>on, off, or a list of domains.</summary>
    private sealed class AaaShape : Shape
    {
        private static readonly ChoiceShape Switch = new(["on", "off"]);
        private static readonly ListShape Domains = new(new ParameterShape(ParameterType.Count with { Least = 0, Example = "0" }), "0, 1", mayBeEmpty: true);

        public override object? Read(ConfigValue value, string path, Findings findings) =>
            (value is ConfigList ? (Shape)Domains : Switch).Read(value, path, findings);
    }
}
