using Actors.Security.Profiles;
using Experiments.Configuration.Syntax;
using Experiments.Plans;
using Topology.Generation;

namespace Experiments.Configuration.Schema;

/// <summary>Every key that an experiment file may have, and <see cref="Defaults"/>: the one place to add a key.</summary>
internal sealed class ExperimentSchema(ISchemeCatalogue catalogue)
{
    /// <summary>
    /// What a study has where neither it nor the file's defaults say otherwise. The file's own values stand above these.
    /// The paper's delays (A1 with H = 20 ms); the correspondent's two links, which the paper does not give, are 10 ms;
    /// link switch, movement detection and duplicate address detection take no time (A8). Without verify and rsa,
    /// t_v = 5 t_s and t_RSA = t_s (A4); a measured
    /// table is the one that the product brings, and the profile then RSA-2048; without forwarding, t_p counts per hop (A3).
    /// </summary>
    public const string Defaults = """
        engines = [simulation]
        delays {
          wireless = 4 ms
          intra-domain = 2 ms
          inter-domain = 2 ms
          home = { distribution = uniform, min = 0 ms, max = 40 ms }
          home-correspondent = 10 ms
          router-correspondent = 10 ms
          processing = 0.5 ms
          link-switch = 0 ms
          movement-detection = 0 ms
          duplicate-address-detection = 0 ms
          discovery = 1 s
        }
        crypto { cost = paper, sign = 8 ms, signature-share = 50 % }
        stop { precision = 1 %, confidence = 95 %, on = [mean.total], batch = 32, max-replications = 20000 }
        topology { template = paper }
        record { handovers = none }
        """;

    private static readonly DelayShape Delay = new();
    private static readonly ParameterShape Duration = new(ParameterType.Duration);
    private static readonly ParameterShape Share = new(ParameterType.Share);
    private static readonly ParameterShape OpenShare = new(ParameterType.OpenShare);
    private static readonly ParameterShape Count = new(ParameterType.Count);
    private static readonly ParameterShape Rate = new(ParameterType.Rate);
    private static readonly ChoiceShape AnyEngine = new(["analytic", "simulation"]);

    private static readonly BlockShape Experiment = new(
        "experiment",
        new("name", new NameShape("name = paper"), Required: true),
        new("seed", new SeedShape()),
        new("only", new FilterShape()));

    private static readonly BlockShape Delays = new(
        "delays",
        new("wireless", Delay),
        new("intra-domain", Delay),
        new("inter-domain", Delay),
        new("home", Delay),
        new("home-correspondent", Delay),
        new("router-correspondent", Delay),
        new("processing", Duration),
        new("forwarding", Duration),
        new("link-switch", Delay),
        new("movement-detection", Delay),
        new("duplicate-address-detection", Delay),
        new("anticipation", Delay),
        new("discovery", Delay));

    private static readonly BlockShape Crypto = new(
        "crypto",
        new("cost", new ParameterShape(ParameterType.Choice("paper", "calibrated", "real"))),
        new("profile", new ParameterShape(ParameterType.Choice([.. CryptoProfile.All.Select(profile => profile.Name)]))),
        new("table", new TextShape("table = my-machine.json")),
        new("sign", Duration),
        new("verify", Duration),
        new("rsa", Duration),
        new("signature-share", new ParameterShape(ParameterType.Share with { Example = "50 %" })));

    private static readonly BlockShape Compare = new(
        "compare",
        new Key("baseline", new NameShape("baseline = ipsec-fmipv6")));

    private static readonly BlockShape Outage = new(
        "outages",
        new("from", Duration, Required: true),
        new("until", Duration, Required: true));

    private static readonly BlockShape Reordering = new(
        "reordering",
        new("share", Share, Required: true),
        new("delay", Delay, Required: true));

    private static readonly BlockShape Impairments = new(
        "impairments",
        new("loss", Share),
        new("duplication", Share),
        new("reordering", Reordering),
        new("corruption", Share));

    private static readonly BlockShape Restart = new(
        "restarts",
        new("at", Duration, Required: true),
        new("down", Duration, Required: true));

    private static readonly BlockShape Link = new(
        "link",
        new("delay", Delay),
        new("loss", Share),
        new("duplication", Share),
        new("reordering", Reordering),
        new("corruption", Share),
        new("bandwidth", Rate),
        new("queue", new ParameterShape(ParameterType.Count with { Least = 0 })),
        new("jitter", Delay),
        new("outages", new ListShape(Outage, "{ from = 1 s, until = 2 s }", mayBeEmpty: true)));

    private static readonly BlockShape Node = new(
        "node",
        new("processing", Duration),
        new("restarts", new ListShape(Restart, "{ at = 30 ms, down = 50 ms }", mayBeEmpty: true)),
        new("refuses", new ParameterShape(ParameterType.Choice(RefusalStatus.Words))),
        new("refusal-share", Share),
        new("cores", new ParameterShape(ParameterType.Count with { Example = "1", Most = 1024 })));

    private static readonly BlockShape Mobility = new("mobility", MobilityKeys.Keys);

    private static readonly BlockShape Run = new(
        "run",
        new("duration", new ParameterShape(ParameterType.Duration with { Example = "60 s", Open = true })),
        new("replications", Count),
        new("partitions", new ParameterShape(ParameterType.Count with { Example = "2", Most = 1024 })),
        new("warm-up", new WarmUpShape()));

    private static readonly BlockShape Mobiles = new(
        "mobiles",
        new("count", new ParameterShape(ParameterType.Count with { Example = "1000", Most = 1_000_000 })),
        new("scheme", new TextShape("scheme = ipsec-fmipv6")),
        new("mobility", Mobility),
        new("handovers-per-second", new ParameterShape(ParameterType.PositiveNumber with { Example = "20" })),
        new("duration", new ParameterShape(ParameterType.Duration with { Example = "30 s", Open = true })));

    private static readonly BlockShape Topology = new(
        "topology",
        [new("template", new ChoiceShape([PaperTemplate.Name, HomePlusTwoTopology.Name])), .. GeneratedTopology.Keys,
        new("delays", Delays),
        new("impairments", Impairments),
        new("links", new MapShape(Link, PaperTemplate.CheckLink)),
        new("nodes", new MapShape(Node, PaperTemplate.CheckNode))]);

    private static readonly BlockShape Traffic = new(
        "traffic",
        new("model", new ChoiceShape([.. TrafficPlan.Models])),
        new("interval", Period("20 ms")),
        new("size", new ParameterShape(Bytes("160 B") with { Least = 0 })),
        new("duration", Period("1 s")),
        new("direction", new ChoiceShape([.. TrafficPlan.DirectionWords])),
        new("from", new ChoiceShape(["cn", "mn"])),
        new("to", new ChoiceShape(["mn", "cn"])),
        new("talk", Period("1 s")),
        new("silence", Period("1350 ms")),
        new("frame-rate", new ParameterShape(ParameterType.Count with { Example = "25", Most = 1000 })),
        new("group", new ParameterShape(ParameterType.Count with { Example = "12", Most = 1000 })),
        new("intra-frame", new ParameterShape(Bytes("8000 B") with { Most = 10_000_000 })),
        new("frame", new ParameterShape(Bytes("2000 B") with { Most = 10_000_000 })),
        new("packet", new ParameterShape(Bytes("1100 B"))));

    private static readonly BlockShape Network = new(
        "network",
        new("buffering", new ParameterShape(ParameterType.Choice([.. BufferPlan.Readings]))),
        new("buffer", new ParameterShape(new ParameterType(Dimension.Packets, "50 packets") { Least = 0, Most = 1_000_000, Whole = true })),
        new("packets", new ChoiceShape(["model", "wire"])));

    private static readonly BlockShape Record = new(
        "record",
        new("handovers", new ChoiceShape(["none", "all", "histogram"])),
        new("packets", new ChoiceShape(["none", "all"])),
        new("speed", new ChoiceShape(["off", "on"])),
        new("trace", new ChoiceShape(["none", "first"])),
        new("trace-sample", new ParameterShape(ParameterType.OpenShare with { Example = "0.01 %" })),
        new("pcapng", new ChoiceShape(["off", "on"])));

    private readonly Key[] _study =
    [
        new("engines", new ListShape(AnyEngine, "analytic, simulation", mayBeEmpty: false)),
        new("schemes", new ListShape(new SchemeShape(catalogue), "famipv6, ipsec-fmipv6", mayBeEmpty: false)),
        new("sweep", new MapShape(new SweepShape(), NameShape.CheckSwept)),
        new("delays", Delays),
        new("crypto", Crypto),
        new("stop", new BlockShape(
            "stop",
            new("precision", OpenShare),
            new("confidence", new ParameterShape(ParameterType.OpenShare with { Example = "95 %" })),
            new("on", new ListShape(new MetricShape(Metric.Stoppable, catalogue), "mean.total", mayBeEmpty: false)),
            new("batch", Count),
            new("max-replications", Count))),
        new("compare", Compare),
        new("topology", Topology),
        new("traffic", Traffic),
        new("network", Network),
        new("mobility", Mobility),
        new("mobiles", Mobiles),
        new("run", Run),
        new("record", Record),
        new("plots", new ListShape(
            new BlockShape(
                "plots",
                new("name", new NameShape("name = fig3"), Required: true),
                new("kind", new ChoiceShape([.. PlotPlan.Kinds])),
                new("x", new TextShape("x = H")),
                new("y", new MetricShape(Metric.Statistics, catalogue)),
                new("of", new ChoiceShape([Metric.PacketDelay, Metric.PacketJitter, .. SpeedPlotPlan.Quantities])),
                new("scheme", new TextShape("scheme = fmipv6")),
                new("from", Duration),
                new("until", Duration),
                new("by", new TextShape("by = scheme")),
                new("band", new ChoiceShape(["none", "ci"])),
                new("overlay", new ChoiceShape(["none", "analytic"]))),
            "{ name = fig3, x = H, y = mean.total }",
            mayBeEmpty: true)),
        new("readings", new ListShape(new TextShape("H"), "H", mayBeEmpty: true)),
        new("expect", new ListShape(new ExpectationShape(catalogue), "\"mean.total[a] < mean.total[b]\"", mayBeEmpty: true)),
    ];

    /// <summary>auto, or a duration.</summary>
    private sealed class WarmUpShape : Shape
    {
        private static readonly ParameterShape Cut = new(ParameterType.Duration with { Example = "5 s" });

        public override object? Read(ConfigValue value, string path, Findings findings)
        {
            if (value is not ConfigScalar { Text: var text } || !text.All(char.IsAsciiLetter))
                return Cut.Read(value, path, findings);
            if (text == "auto")
                return text;
            findings.Error(Codes.NoSuchWord, value.At, $"{path} = {text} is unknown. Write auto, or a duration such as 5 s.");
            return null;
        }
    }

    private static ParameterShape Period(string example) => new(ParameterType.Duration with { Open = true, Example = example });

    private static ParameterType Bytes(string example) => new(Dimension.Size, example) { Least = 1, Most = 65_000, Whole = true };

    /// <summary>The keys of a study, which may also stand in defaults and, in a file without studies, at its root.</summary>
    public IReadOnlyList<string> StudyKeys => [.. _study.Select(key => key.Name)];

    public Shape ExperimentBlock => Experiment;

    /// <summary>How a run is spread over threads; it decides no result.</summary>
    public Shape PartitionBlock { get; } = new BlockShape(
        "partition",
        new("by", new ChoiceShape(["domain"])),
        new("count", new ParameterShape(ParameterType.Count with { Example = "2", Most = 1024 })),
        new("lookahead", new ChoiceShape(["auto"])));

    public Shape DefaultsBlock => new BlockShape("defaults", _study);

    /// <summary>A study's own keys.</summary>
    public Shape StudyBlock(string name) =>
        new BlockShape($"study {name}", [new("like", new TextShape("like = other-study")), .. _study]);

    /// <summary>The root of a file; each part of it is read on its own.</summary>
    public IReadOnlyList<string> RootKeys => ["experiment", "defaults", "studies", "partition", .. StudyKeys];
}
