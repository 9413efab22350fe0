using Actors.Kernel;
using Actors.Network;
using Topology.Plans;

namespace Actors.Placement;

/// <summary>Fills a directory with stand-ins for the nodes and cells that other members have.</summary>
internal static class AbsentActors
{
    public static void FillIn(NetworkDirectory directory, IMemberTies ties, Seat seat)
    {
        var plan = directory.Plan;
        var partitionOf = plan.Domains.Select(domain => seat.Placement.Partitions.PartitionOf(domain.Id)).ToArray();
        var isAbsent = partitionOf.Select(partition => seat.Placement.MemberOf(partition) != seat.Member).ToArray();
        for (var node = 0; node < plan.Nodes.Count; node++)
        {
            var domain = plan.Nodes[node].Domain.Index;
            if (isAbsent[domain])
                directory.Nodes[node] = Absent(domain, ActorCode.Node, node);
        }

        for (var cell = 0; cell < plan.Cells.Count; cell++)
        {
            var domain = plan[plan.Cells[cell].Router].Domain.Index;
            if (!isAbsent[domain])
                continue;
            directory.Downlinks[cell] = Absent(domain, ActorCode.Downlink, cell);
            if (Impairments.NeedMedium(plan.Cells[cell].Uplink))
                directory.Media[cell] = Absent(domain, ActorCode.Medium, cell);
        }

        AbsentActor Absent(int domain, int kind, int index) => new(ties, partitionOf[domain], ActorCode.Of(kind, index));
    }
}
