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
    }

    public NetworkPlan Plan { get; }

    public RoutingTable Routes { get; }

    public IActorRef[] Nodes { get; }

    public IActorRef[] Links { get; }

    /// <summary>By cell: the router's link to the mobile nodes in its cell.</summary>
    public IActorRef[] Downlinks { get; }

    /// <summary>By cell: the shared medium of the uplink, where it has a rate, loss, jitter or outage; else null.</summary>
    public IActorRef?[] Media { get; }

    /// <summary>The cell of an access router, or -1.</summary>
    public int CellOf(NodeId router) => _cellOf[router.Index];
}
