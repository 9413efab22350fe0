using Topology.Plans;

namespace Experiments.Plans;

/// <summary>What a replication measures and the unit of its rows.</summary>
/// <param name="Unit"><c>ms</c>, <c>count</c>, <c>bytes</c> or <c>1</c>.</param>
public sealed record Metric(string Name, string Unit)
{
    public const string Interruption = "interruption";
    public const string Full = "total.full";
    public const string PredictiveShare = "predictive.share";
    public const string PingPongShare = "ping-pong.share";
    public const string Handovers = "handovers";
    public const string LeftOut = "handovers.left-out";
    public const string Messages = "signalling.messages";
    public const string Bytes = "signalling.bytes";
    public const string Fragments = "signalling.fragments";
    public const string ComputationTime = "crypto.time";
    public const string Computations = "crypto.operations";
    public const string Waiting = "crypto.wait";

    public const string PacketsLost = "packets.lost";
    public const string PacketDelay = "packet.delay";
    public const string PacketJitter = "packet.jitter";

    /// <summary>In the order of <see cref="Actors.Network.DataDirection"/>.</summary>
    public static readonly ValueList<string> DirectionNames = ["down", "up"];

    /// <summary>Of runs with data.</summary>
    public static readonly ValueList<Metric> OfData =
    [
        new("packets.sent", "count"),
        new("packets.received", "count"),
        new(PacketsLost, "count"),
        .. DirectionNames.Select(direction => new Metric($"{PacketsLost}.{direction}", "count")),
        new("packets.buffered", "count"),
        new("packets.overflowed", "count"),
        new("packets.forwarded", "count"),
        new("packets.reordered", "count"),
        new("packets.duplicated", "count"),
        new(PacketDelay, "ms"),
        .. DirectionNames.Select(direction => new Metric($"{PacketDelay}.{direction}", "ms")),
        new($"{PacketDelay}.least", "ms"),
        new($"{PacketDelay}.p50", "ms"),
        new($"{PacketDelay}.p99", "ms"),
        new($"{PacketDelay}.greatest", "ms"),
        new(PacketJitter, "ms"),
        .. DirectionNames.Select(direction => new Metric($"{PacketJitter}.{direction}", "ms")),
        new($"{PacketJitter}.p99", "ms"),
        new($"{PacketJitter}.greatest", "ms"),
    ];

    /// <summary>Before an outcome's name: the share of handovers that ended so.</summary>
    public const string OutcomePrefix = "outcome.";

    /// <summary>Before the name of a duration of single handovers: its distribution over all of them, not over means.</summary>
    public const string HandoverPrefix = "handover.";

    /// <summary>In the order of <see cref="LinkClass"/>.</summary>
    public static readonly ValueList<string> LinkClasses =
        ["wireless", "intra-domain", "home", "inter-domain", "home-correspondent", "router-correspondent"];

    public static readonly ValueList<NodeRole> NodeClasses =
    [
        NodeRole.MobileNode, NodeRole.AccessRouter, NodeRole.MobilityAnchorPoint, NodeRole.HomeAgent,
        NodeRole.VisitedAaa, NodeRole.HomeAaa, NodeRole.CorrespondentNode,
    ];

    /// <summary>Durations of a handover.</summary>
    public static readonly ValueList<Metric> OfHandover =
    [
        new("total", "ms"),
        new("pre-authentication", "ms"),
        new("pre", "ms"),
        new("link-switch", "ms"),
        new("authentication", "ms"),
        new("after-link-up", "ms"),
        new("registration", "ms"),
        new("local-registration", "ms"),
        new("home-registration", "ms"),
        new("redirection", "ms"),
        new("recovery", "ms"),
        new(Interruption, "ms"),
        new(Full, "ms"),
    ];

    public static readonly ValueList<Metric> All =
    [
        .. OfHandover,
        .. OfData,
        new(PredictiveShare, "1"),
        new(PingPongShare, "1"),
        new(Handovers, "count"),
        new(LeftOut, "count"),
        new(Messages, "count"),
        .. LinkClasses.Select(link => new Metric($"{Messages}.{link}", "count")),
        new(Bytes, "bytes"),
        .. LinkClasses.Select(link => new Metric($"{Bytes}.{link}", "bytes")),
        new(Fragments, "count"),
        new(ComputationTime, "ms"),
        .. NodeClasses.Select(node => new Metric($"{ComputationTime}.{node}", "ms")),
        new(Computations, "count"),
        .. NodeClasses.Select(node => new Metric($"{Computations}.{node}", "count")),
        .. NodeClasses.Select(node => new Metric($"{Waiting}.{node}", "ms")),
    ];

    /// <summary>The metric of this name; null for none. Outcomes are open names, so any word may follow the prefix of theirs.</summary>
    public static Metric? Find(string name) => name.StartsWith(OutcomePrefix, StringComparison.Ordinal) && name.Length > OutcomePrefix.Length
        ? new Metric(name, "1")
        : name.StartsWith(HandoverPrefix, StringComparison.Ordinal)
        ? OfHandover.FirstOrDefault(metric => metric.Name == name[HandoverPrefix.Length..]) is { } one ? one with { Name = name } : null
        : All.FirstOrDefault(metric => metric.Name == name);

    /// <summary>Whether a metric is part of another one, by class or outcome.</summary>
    public static bool IsPart(string name) => name.StartsWith(OutcomePrefix, StringComparison.Ordinal)
        || name is PredictiveShare or PingPongShare or Handovers or LeftOut
        || Array.Exists([Messages, Bytes, ComputationTime, Computations, Waiting, PacketsLost, PacketDelay, PacketJitter], whole => name.StartsWith(whole + ".", StringComparison.Ordinal));

    /// <summary>The summaries of a metric that can be plotted, expected or stopped on.</summary>
    public static readonly ValueList<string> Statistics = ["mean", "stddev", "min", "p50", "p95", "p99", "max"];

    /// <summary>The summaries that have a confidence interval, so that a run can stop on them.</summary>
    public static readonly ValueList<string> Stoppable = ["mean", "p50", "p95", "p99"];

    public Dimension Dimension => Unit switch
    {
        "ms" => Dimension.Duration,
        "bytes" => Dimension.Size,
        _ => Dimension.Number,
    };
}

/// <summary>A summary of a metric, written <c>mean.total</c>.</summary>
public sealed record MetricStatistic(string Statistic, string Metric)
{
    /// <summary>A metric that the product does not know is a phase of a user's scheme.</summary>
    public Dimension Dimension => Plans.Metric.Find(Metric)?.Dimension ?? Dimension.Duration;

    public override string ToString() => $"{Statistic}.{Metric}";
}
