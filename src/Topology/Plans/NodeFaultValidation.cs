using System.Globalization;

namespace Topology.Plans;

/// <summary>What can be wrong with the restarts and the refusal of a node: HO3006 probability, HO3010 restart, HO3011 refusal.</summary>
internal static class NodeFaultValidation
{
    private static readonly NodeRole[] Servers = [NodeRole.HomeAgent, NodeRole.MobilityAnchorPoint, NodeRole.HomeAaa];

    public static IEnumerable<PlanError> Errors(NetworkPlan plan, NodeSpec node)
    {
        if (node.Restarts.Count > 0 && plan.IsMobile(node.Id))
            yield return new("HO3010", node.Name, $"mobile node '{node.Name}' restarts", "Let a node restart that is not mobile.");
        var up = TimeSpan.Zero;
        foreach (var restart in node.Restarts)
        {
            if (restart.At < up || restart.Down <= TimeSpan.Zero)
                yield return new("HO3010", node.Name,
                    string.Create(CultureInfo.InvariantCulture, $"node '{node.Name}' restarts at {restart.At.TotalMilliseconds} ms for {restart.Down.TotalMilliseconds} ms"),
                    "Let each restart take some time and begin after the one before is over, at 0 ms or later.");
            up = restart.At + restart.Down;
        }

        if (node.Refusal is not { } refusal)
            yield break;
        if (!Servers.Contains(node.Role))
            yield return new("HO3011", node.Name,
                $"node '{node.Name}' is no server that could refuse", "Let a home agent, a mobility anchor point or a home AAA server refuse.");
        if (refusal.Status is < 128 or > 134)
            yield return new("HO3011", node.Name,
                $"node '{node.Name}' refuses with status {refusal.Status}", "Give a status of RFC 6275 section 6.1.8, 128 to 134.");
        if (!(refusal.Probability is >= 0 and <= 1))
            yield return new("HO3006", node.Name,
                string.Create(CultureInfo.InvariantCulture, $"node '{node.Name}' refuses {refusal.Probability * 100} %"), "Give 0 % to 100 %.");
    }
}
