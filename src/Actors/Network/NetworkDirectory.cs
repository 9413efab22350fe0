using Akka.Actor;
using Topology.Plans;
using Topology.Routing;

namespace Actors.Network;

/// <summary>
/// Who is where: the actors of nodes, links and cells, and the routes between them. Filled while the network is built and
/// only read afterwards, from all partitions; nothing in it decides an order.
/// </summary>
internal sealed class NetworkDirectory
{
    private readonly int[] _cellOf;

    /// <summary>By mobile node: its t_p less that of the first; null where all have the same.</summary>
    private readonly TimeSpan[]? _mobileProcessing;

    public NetworkDirectory(NetworkPlan plan, RoutingTable routes)
    {
        Plan = plan;
        Routes = routes;
        Nodes = new IActorRef[plan.Nodes.Count];
        Links = new IActorRef[plan.Links.Count];
        Downlinks = new IActorRef[plan.Cells.Count];
        Media = new IActorRef?[plan.Cells.Count];
        _cellOf = new int[plan.WiredCount];
        Array.Fill(_cellOf, -1);
        for (var cell = 0; cell < plan.Cells.Count; cell++)
            _cellOf[plan.Cells[cell].Router.Index] = cell;
        if (plan.Mobiles.Count == 0)
            return;
        MobileProcessing = plan.Nodes[plan.WiredCount].Processing;
        if (plan.Nodes.Skip(plan.WiredCount).Any(mobile => mobile.Processing != MobileProcessing))
            _mobileProcessing = [.. plan.Nodes.Skip(plan.WiredCount).Select(mobile => mobile.Processing - MobileProcessing)];
    }

    public NetworkPlan Plan { get; }

    public RoutingTable Routes { get; }

    public IActorRef[] Nodes { get; }

    public IActorRef[] Links { get; }

    /// <summary>t_p of the first mobile node, and of all that do not differ.</summary>
    public TimeSpan MobileProcessing { get; }

    /// <summary>By cell: the router's link to the mobile nodes in its cell.</summary>
    public IActorRef[] Downlinks { get; }

    /// <summary>By cell: the shared medium of the uplink, where it has a rate, loss, jitter or outage; else null.</summary>
    public IActorRef?[] Media { get; }

    /// <summary>By how much a mobile node's t_p differs from <see cref="MobileProcessing"/>.</summary>
    public TimeSpan ExtraProcessing(NodeId mobile) =>
        _mobileProcessing is null ? TimeSpan.Zero : _mobileProcessing[mobile.Index - Plan.WiredCount];

    /// <summary>The cell of an access router, or -1.</summary>
    public int CellOf(NodeId router) => _cellOf[router.Index];
}
