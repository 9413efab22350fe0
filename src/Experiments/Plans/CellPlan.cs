using System.Collections.Immutable;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;

namespace Experiments.Plans;

/// <summary>One point of a study: an engine, a scheme and a value for every swept name, with all parameters resolved.</summary>
/// <param name="Number">1 for the plan's first cell.</param>
/// <param name="Key">
/// Hex SHA-256 of <see cref="CellKey.Canonical"/>. Cells with equal parameters have equal keys, within a plan too,
/// and their results are the same.
/// </param>
public sealed record CellPlan(
    int Number,
    string Study,
    Engine Engine,
    SchemePlan Scheme,
    ValueList<SweptValue> Swept,
    DelaysPlan Delays,
    CryptoPlan Crypto,
    TopologyPlan Topology,
    StopPlan Stop,
    string Key)
{
    /// <summary>Null for signalling only.</summary>
    public TrafficPlan? Traffic { get; init; }

    /// <summary>When the mobile node is triggered to hand over, from the start of the run.</summary>
    public TimeSpan MovesAfter { get; init; }

    /// <summary>Null for one handover.</summary>
    public WaypointsPlan? Waypoints { get; init; }

    /// <summary>Null where routers hold back as much as comes.</summary>
    public BufferPlan? Buffer { get; init; }

    /// <summary>Whether packets cross links as bytes, signed and encrypted by real algorithms.</summary>
    public bool PacketsAreBytes { get; init; }

    /// <summary>Null for the one mobile node that hands over once in each replication.</summary>
    public MobilesPlan? Mobiles { get; init; }

    /// <summary>How they move on the plane; null where they do not.</summary>
    public MobilityPlan? Mobility { get; init; }

    /// <summary>Handovers triggered earlier, from the start of the run, are in no result; below the duration of the movement.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>Threads that share a replication of this cell; null for those of the run. They decide no result.</summary>
    public int? Partitions { get; init; }

    /// <summary>Whether replications keep the distribution over their handovers.</summary>
    public bool RecordsDistribution { get; init; }
}

/// <summary>A mobile node goes from network to network.</summary>
/// <param name="Path">Names of domains or access routers, the first being where it starts.</param>
/// <param name="Dwell">How long it stays in each.</param>
public sealed record WaypointsPlan(ValueList<string> Path, DelayDistribution Dwell);

/// <summary>What routers hold back during a handover.</summary>
/// <param name="Packets">For one mobile node at a time, at each router; null for no limit.</param>
/// <param name="IsByThePaper">Whether only those schemes hold anything back to which the paper gives a cache.</param>
public sealed record BufferPlan(int? Packets, bool IsByThePaper)
{
    /// <summary>The paper's, in which only the proposal buffers, and the fair one, in which every scheme does.</summary>
    public static readonly ValueList<string> Readings = ["paper", "fair"];
}

/// <summary>A scheme with all its options, in order of their names.</summary>
/// <param name="Label">How results name it: <c>as</c>, or its name.</param>
/// <param name="Version">The scheme's own version; a new one recomputes its cells.</param>
public sealed record SchemePlan(string Name, string Label, string Version, ValueList<OptionValue> Options)
{
    /// <exception cref="KeyNotFoundException">The scheme has no such option.</exception>
    public Quantity this[string option] =>
        Options.FirstOrDefault(candidate => candidate.Name == option)?.Value
        ?? throw new KeyNotFoundException($"scheme {Name} has no option '{option}'");
}

/// <summary>The value of a scheme's option.</summary>
public sealed record OptionValue(string Name, Quantity Value);

/// <summary>The delays of the network (the paper's letters in brackets), one-way where they are a link's.</summary>
/// <param name="Wireless">a: mobile node to access router.</param>
/// <param name="IntraDomain">b: two nodes of one domain.</param>
/// <param name="InterDomain">d: adjacent domains.</param>
/// <param name="Home">c: visited network to home network, drawn once per handover (assumption A1).</param>
/// <param name="HomeCorrespondent">f: home agent to correspondent.</param>
/// <param name="RouterCorrespondent">g: access router to correspondent.</param>
/// <param name="Processing">t_p: spent by a node on each packet (assumption A3).</param>
/// <param name="LinkSwitch">t_L2: from link-down to link-up.</param>
/// <param name="MovementDetection">MD: from link-up until the mobile node knows that it has moved.</param>
/// <param name="DuplicateAddressDetection">DAD: until the new care-of address may be used.</param>
/// <param name="Anticipation">T_ant: from the trigger until the old link fails by itself; null where it waits for the mobile node.</param>
/// <param name="Discovery">How long before the trigger the next access point is in sight.</param>
/// <param name="Forwarding">Spent instead of t_p on a packet that a node passes on; null for t_p.</param>
public sealed record DelaysPlan(
    DelayDistribution Wireless,
    DelayDistribution IntraDomain,
    DelayDistribution InterDomain,
    DelayDistribution Home,
    DelayDistribution HomeCorrespondent,
    DelayDistribution RouterCorrespondent,
    TimeSpan Processing,
    DelayDistribution LinkSwitch,
    DelayDistribution MovementDetection,
    DelayDistribution DuplicateAddressDetection,
    DelayDistribution? Anticipation,
    DelayDistribution Discovery,
    TimeSpan? Forwarding = null)
{
    /// <summary>The delays of links and nodes; c is drawn once per handover and shared by all links to home (A1).</summary>
    public PaperDelays OfTopology() => new(
        new LinkDelay(Wireless),
        new LinkDelay(IntraDomain),
        new LinkDelay(Home, PerHandover: "home"),
        new LinkDelay(InterDomain),
        new LinkDelay(HomeCorrespondent),
        new LinkDelay(RouterCorrespondent),
        Processing)
    {
        Forwarding = Forwarding,
    };
}

/// <summary>A topology template and what the file changes in it, in order of the names.</summary>
public sealed record TopologyPlan(string Template, ValueList<LinkChange> Links, ValueList<NodeChange> Nodes)
{
    /// <summary>What every link suffers; null for nothing. A link's own change stands above it.</summary>
    public ImpairmentsPlan? Impairments { get; init; }

    /// <summary>Null for the template.</summary>
    public GeneratedPlan? Generated { get; init; }

    /// <summary>The changes as the topology takes them.</summary>
    public TopologyOverrides Overrides() => new(
        Links.ToImmutableSortedDictionary(link => link.Name, link => link.Override(), StringComparer.Ordinal),
        Nodes.ToImmutableSortedDictionary(node => node.Name, node => node.Override(), StringComparer.Ordinal))
    {
        EveryLink = Impairments?.Override(),
    };
}

/// <summary>What can happen to packets on a link besides delay; null leaves what the link has.</summary>
/// <param name="Loss">Probability, 0 to 1.</param>
/// <param name="Duplication">Probability, 0 to 1.</param>
/// <param name="Corruption">Probability, 0 to 1.</param>
public sealed record ImpairmentsPlan(double? Loss, double? Duplication, ReorderingPlan? Reordering, double? Corruption)
{
    public static readonly ImpairmentsPlan None = new(null, null, null, null);

    /// <summary>Whether packets fare otherwise than without.</summary>
    public bool HasEffect => Loss > 0 || Duplication > 0 || Reordering is { Probability: > 0 } || Corruption > 0;

    internal LinkOverride Override() => new()
    {
        Loss = Loss,
        Duplication = Duplication,
        Reordering = Reordering is { } reordering ? new Reordering(reordering.Probability, reordering.Delay) : null,
        Corruption = Corruption,
    };
}

/// <summary>A share of the packets is held back.</summary>
/// <param name="Probability">0 to 1.</param>
public sealed record ReorderingPlan(double Probability, DelayDistribution Delay);

/// <summary>Changes to one direction of a link; null leaves the template's value.</summary>
/// <param name="Loss">Probability, 0 to 1.</param>
/// <param name="BandwidthBitsPerSecond">Positive.</param>
public sealed record LinkChange(
    string From,
    string To,
    DelayDistribution? Delay,
    double? Loss,
    double? BandwidthBitsPerSecond,
    int? QueuePackets,
    DelayDistribution? Jitter,
    ValueList<OutagePlan> Outages)
{
    public string Name => $"{From}>{To}";

    /// <summary>Besides <see cref="Loss"/>, which is not repeated here.</summary>
    public ImpairmentsPlan Impairments { get; init; } = ImpairmentsPlan.None;

    internal LinkOverride Override() => (Impairments with { Loss = Loss }).Override() with
    {
        Delay = Delay is null ? null : new LinkDelay(Delay),
        Bandwidth = BandwidthBitsPerSecond is { } rate ? new BitRate(rate) : null,
        QueuePackets = QueuePackets,
        Jitter = Jitter,
        Outages = Outages.Count == 0 ? null : [.. Outages.Select(outage => new Outage(outage.From, outage.Until))],
    };
}

/// <summary>A half-open interval of virtual time in which a link carries nothing.</summary>
public sealed record OutagePlan(TimeSpan From, TimeSpan Until);

/// <summary>Changes to one node; null leaves the template's value.</summary>
public sealed record NodeChange(string Name, TimeSpan? Processing)
{
    /// <summary>Computations at a time, at least 1.</summary>
    public int? Cores { get; init; }

    public ValueList<RestartPlan> Restarts { get; init; } = [];

    /// <summary>Null for a node that refuses nobody.</summary>
    public RefusalPlan? Refusal { get; init; }

    internal NodeOverride Override() => new(Processing)
    {
        Cores = Cores,
        Restarts = Restarts.Count == 0 ? null : [.. Restarts.Select(restart => new Restart(restart.At, restart.Down))],
        Refusal = Refusal is { } refusal ? new Refusal(RefusalStatus.Of(refusal.Status), refusal.Probability) : null,
    };
}

/// <summary>A node goes down and comes back with nothing left of what it knew.</summary>
public sealed record RestartPlan(TimeSpan At, TimeSpan Down);

/// <summary>A server refuses requests.</summary>
/// <param name="Status">One of <see cref="RefusalStatus.Words"/>.</param>
/// <param name="Probability">Of refusing one request, 0 to 1.</param>
public sealed record RefusalPlan(string Status, double Probability);

/// <summary>Mobile nodes; those of a template hand over at the instants of a Poisson process, each once.</summary>
/// <param name="Count">Nodes there are, at least 1; 0 for as many as a trace has.</param>
/// <param name="HandoversPerSecond">Above 0; 0 for nodes that move on the plane.</param>
/// <param name="Duration">Of the process, above 0; 0 for nodes that move on the plane.</param>
public sealed record MobilesPlan(int Count, double HandoversPerSecond, TimeSpan Duration);

/// <summary>When a cell's replications are enough.</summary>
/// <param name="Precision">Greatest half-width of each interval relative to its value; above 0, below 1; infinite where run.replications says how many to run.</param>
/// <param name="Confidence">Above 0, below 1.</param>
/// <param name="On">All of these must be precise enough.</param>
/// <param name="Batch">Replications between two looks; at least 1.</param>
/// <param name="MaxReplications">At least 1; below <paramref name="Batch"/> it shortens the batch.</param>
public sealed record StopPlan(
    double Precision, double Confidence, ValueList<MetricStatistic> On, int Batch, int MaxReplications);
