using System.Collections;
using System.Reflection;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>What tests of faults share: networks whose links or nodes fail, and a look at what nodes keep.</summary>
internal static class Faults
{
    /// <summary>Every link loses a share of its packets, and doubles, delays and damages some.</summary>
    public static LinkOverride Impaired(double loss) => new()
    {
        Loss = loss,
        Duplication = 0.05,
        Corruption = 0.02,
        Reordering = new Reordering(0.05, new UniformDelay(Ms(0), Ms(50))),
    };

    public static NetworkPlan With(this NetworkPlan plan, LinkOverride everyLink) =>
        (TopologyOverrides.None with { EveryLink = everyLink }).ApplyTo(plan);

    public static NetworkPlan With(this NetworkPlan plan, string node, NodeOverride change) =>
        (TopologyOverrides.None with { Nodes = TopologyOverrides.None.Nodes.Add(node, change) }).ApplyTo(plan);

    /// <summary>What a scheme's machines of one simulation hold of mobile nodes: the largest of all tables, by its name.</summary>
    public static (string Table, int Count) LargestTable(IEnumerable<RoleMachine> machines) =>
        machines.SelectMany(machine => Tables(machine, machine.GetType().Name, [])).Append(("none", 0)).MaxBy(table => table.Item2);

    private static IEnumerable<(string, int)> Tables(object owner, string path, HashSet<object> seen)
    {
        if (!seen.Add(owner))
            yield break;
        for (var type = owner.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                var name = $"{path}.{field.Name}";
                switch (field.GetValue(owner))
                {
                    case NetworkFacts or SchemeOptions or string or null:
                        break;
                    case RoleMachine or BindingCache or IEnumerable when field.GetValue(owner) is { } value:
                        if (value is IEnumerable items)
                            yield return (name, items.Cast<object>().Count());
                        else
                            foreach (var table in Tables(value, name, seen))
                                yield return table;
                        break;
                    case { } value when value.GetType() is { IsGenericType: true } generic && generic.GetGenericTypeDefinition() == typeof(SessionTable<>):
                        yield return (name, (int)generic.GetProperty("Count")!.GetValue(value)!);
                        break;
                }
            }
        }
    }
}

/// <summary>A scheme whose machines a test can look at.</summary>
internal sealed class WatchedScheme(IHandoverScheme scheme) : IHandoverScheme
{
    public List<RoleMachine> Machines { get; } = [];

    public string Name => scheme.Name;

    public string Title => scheme.Title;

    public string? Parent => scheme.Parent;

    public string Source => scheme.Source;

    public int Version => scheme.Version;

    public IReadOnlyList<NodeRole> RequiredRoles => scheme.RequiredRoles;

    public IReadOnlyList<SchemeOption> Options => scheme.Options;

    public IReadOnlyList<Phase> Phases => scheme.Phases;

    public IReadOnlyList<string> TotalPhases => scheme.TotalPhases;

    public RoleMachine? CreateMachine(RoleContext context)
    {
        var machine = scheme.CreateMachine(context);
        if (machine is not null)
            Machines.Add(machine);
        return machine;
    }

    public DelayModel Delays(SchemeOptions options) => scheme.Delays(options);
}

/// <summary>So many handovers of each node, each an exponential dwell time after the one before has ended or, headless, begun.</summary>
internal sealed class ManyMoves(TimeSpan meanDwell, IReadOnlyList<NodeId> routers, int count, bool headless = false) : IMovement
{
    private readonly UniformMovement _moves = new(meanDwell, routers);

    public bool IsHeadless => headless;

    public Move? Next(RunContext run, NodeId mobile, NodeId present, int handovers) =>
        handovers == count ? null : _moves.Next(run, mobile, present, handovers);
}
