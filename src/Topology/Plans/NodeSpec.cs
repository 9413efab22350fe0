namespace Topology.Plans;

/// <summary>Index of a node in its <see cref="NetworkPlan"/>: dense, from 0, stable for a given plan.</summary>
public readonly record struct NodeId(int Index)
{
    public override string ToString() => $"#{Index}";
}

/// <summary>Index of an administrative domain in its <see cref="NetworkPlan"/>: dense, from 0.</summary>
public readonly record struct DomainId(int Index)
{
    public override string ToString() => $"domain {Index}";
}

/// <summary>What a node is in the field's own vocabulary. Open: a scheme may bring roles of its own.</summary>
public readonly record struct NodeRole(string Name)
{
    public static readonly NodeRole MobileNode = new("mobile-node");
    public static readonly NodeRole AccessRouter = new("access-router");
    public static readonly NodeRole MobilityAnchorPoint = new("mobility-anchor-point");
    public static readonly NodeRole HomeAgent = new("home-agent");
    public static readonly NodeRole VisitedAaa = new("aaa-visited");
    public static readonly NodeRole HomeAaa = new("aaa-home");
    public static readonly NodeRole CorrespondentNode = new("correspondent");

    /// <summary>Only passes packets on: a domain's gateway, a router of the core.</summary>
    public static readonly NodeRole CoreRouter = new("core-router");

    public override string ToString() => Name;
}

/// <summary>One node of the network.</summary>
/// <param name="Name">Unique in the plan; lower case, as the user writes it (`par`, `nar`, `mn`).</param>
/// <param name="Processing">Time this node spends on each packet that reaches it (t_p, assumption A3); at least zero.</param>
public sealed record NodeSpec(NodeId Id, string Name, DomainId Domain, NodeRole Role, TimeSpan Processing)
{
    /// <summary>
    /// Time that it spends instead on a packet for another node, which it passes on; at least zero. Null where that makes no
    /// difference; zero where t_p counts per message, not per hop.
    /// </summary>
    public TimeSpan? Forwarding { get; init; }

    /// <summary>Where it stands; null for a node whose place does not matter.</summary>
    public PlanePoint? Position { get; init; }

    /// <summary>Computations that it can do at a time, at least 1; the others wait in order of arrival. Null for no limit.</summary>
    public int? Cores { get; init; }

    /// <summary>The least time that it spends on any packet.</summary>
    public TimeSpan LeastProcessing => Forwarding is { } forwarding && forwarding < Processing ? forwarding : Processing;

    /// <summary>In order of time; none while the one before lasts.</summary>
    public IReadOnlyList<Restart> Restarts { get; init; } = [];

    /// <summary>Null for a node that refuses nobody.</summary>
    public Refusal? Refusal { get; init; }
}

/// <summary>
/// A node goes down <paramref name="At"/> an instant of virtual time and is up again after <paramref name="Down"/>, with
/// nothing left of what it knew. What reaches it meanwhile is lost.
/// </summary>
/// <param name="Down">Positive.</param>
public sealed record Restart(TimeSpan At, TimeSpan Down);

/// <summary>A server that refuses what it is asked for.</summary>
/// <param name="Status">Of RFC 6275 section 6.1.8: 128 to 134.</param>
/// <param name="Probability">Of refusing one request, 0 to 1.</param>
public sealed record Refusal(byte Status, double Probability = 1);

/// <summary>One administrative domain: the unit of the network that never splits between partitions.</summary>
public sealed record DomainSpec(DomainId Id, string Name);
