using Experiments.Configuration;

namespace Tests.Experiments.Configuration;

/// <summary>A few schemes with options of every kind, so that these tests do not depend on the real ones.</summary>
internal sealed class TestCatalogue : ISchemeCatalogue
{
    public static readonly TestCatalogue Instance = new();

    public IReadOnlyList<SchemeEntry> Schemes { get; init; } =
    [
        new("mipv6", null, "1", []),
        new("fmipv6", "mipv6", "1",
        [
            new("buffering", ParameterType.Switch, "on"),
            new("hold", ParameterType.Duration, "1.5 s"),
            new("update", ParameterType.Choice("serial", "parallel"), "serial"),
        ]),
        new("famipv6", "fmipv6", "1", [new("rsa-count", ParameterType.Count with { Least = 0, Most = 2 }, "0")]),
        new("ibs-famipv6", "fmipv6", "1", []),
        new("ipsec-fmipv6", "fmipv6", "1", [new("hold", ParameterType.Duration, "2 s")]),
    ];

    public string EngineVersion { get; init; } = "1";

    /// <summary>One library exists, of one scheme.</summary>
    public IReadOnlyList<string> Load(string path) => path.EndsWith("MyScheme.dll", StringComparison.Ordinal)
        ? ["fmipv6"]
        : throw new SchemeLibraryException($"library {path} does not exist. Build it.");
}
