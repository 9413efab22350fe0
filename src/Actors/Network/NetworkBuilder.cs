using Actors.Kernel;
using Akka.Actor;
using Topology.Plans;

namespace Actors.Network;

/// <summary>Turns a plan into actors: for each domain its nodes, the links that leave it, its cells and its mobile nodes.</summary>
/// <param name="processOf">The logical process of each domain.</param>
/// <param name="contexts">One for each logical process.</param>
/// <param name="machine">The role machine of a node, or null for one that only forwards.</param>
internal sealed class NetworkBuilder(
    Engine engine,
    NetworkDirectory directory,
    IReadOnlyList<int> processOf,
    IReadOnlyList<ProcessContext> contexts,
    Func<NodeSpec, MobileSpec?, RoleMachine?> machine)
{
    /// <summary>Akka keeps a parent's children in a tree that grows slow beyond this.</summary>
    private const int ChildrenPerParent = 1000;

    private readonly NetworkPlan _plan = directory.Plan;

    public void Build()
    {
        InEachProcess(BuildNodes);
        InEachProcess(BuildLinks);
        var mobiles = MobilesByProcess();

        // A mobile node has its next move before it, or a packet on its way; some have a timer besides.
        engine.Expect([.. mobiles.Select(members => members.Count + members.Count / 2)]);
        for (var process = 0; process < contexts.Count; process++)
            BuildMobiles(process, mobiles[process]);
    }

    /// <summary>Places of the mobile nodes in the plan, sought once: a plan of a million makes them up at each look.</summary>
    private List<int>[] MobilesByProcess()
    {
        List<int>[] mobiles = [.. contexts.Select(_ => new List<int>())];
        for (var i = 0; i < _plan.Mobiles.Count; i++)
        {
            // Those of other members have no process here.
            if (ProcessOf(_plan.Mobiles[i].Node) is var process and >= 0)
                mobiles[process].Add(i);
        }

        return mobiles;
    }

    /// <summary>Children are made by their parent, inside its process.</summary>
    private void InEachProcess(Action<int> build)
    {
        for (var process = 0; process < contexts.Count; process++)
        {
            var here = process;
            engine.Populate(here, root =>
            {
                contexts[here].Root = root;
                build(here);
            });
        }
    }

    private void BuildNodes(int process)
    {
        for (var i = 0; i < _plan.WiredCount; i++)
        {
            var node = _plan.Nodes[i];
            if (ProcessOf(node.Id) == process)
                directory.Nodes[i] = Create(process, NodeActor.Props(contexts[process], node.Id, machine(node, null)), node.Name);
        }
    }

    private void BuildLinks(int process)
    {
        for (var i = 0; i < _plan.Links.Count; i++)
        {
            var link = _plan.Links[i];
            if (ProcessOf(link.From) != process)
                continue;
            var to = _plan[link.To];
            var props = LinkActor.Props(contexts[process], link, directory.Nodes[link.To.Index], to.Processing, to.Forwarding);
            directory.Links[i] = Create(process, props, $"{_plan[link.From].Name}-to-{to.Name}");
        }

        for (var i = 0; i < _plan.Cells.Count; i++)
        {
            if (ProcessOf(_plan.Cells[i].Router) == process)
                BuildCell(process, i);
        }
    }

    private int ProcessOf(NodeId node) => processOf[_plan[node].Domain.Index];

    private IActorRef Create(int process, Props props, string name) =>
        contexts[process].Root!.ActorOf(contexts[process].OnProcess(props), name);

    private void BuildCell(int process, int index)
    {
        var context = contexts[process];
        var cell = _plan.Cells[index];
        var router = _plan[cell.Router];
        directory.Downlinks[index] = Create(
            process, LinkActor.Props(context, cell.Downlink, null, directory.MobileProcessing), $"down-{router.Name}");
        if (!Impairments.NeedMedium(cell.Uplink))
            return;
        var medium = LinkActor.Props(
            context,
            cell.Uplink with { Delay = LinkDelay.Fixed(TimeSpan.Zero), Jitter = null },
            directory.Nodes[cell.Router.Index],
            TimeSpan.Zero,
            countsLostOnly: true);
        directory.Media[index] = Create(process, medium, $"medium-{router.Name}");
    }

    private void BuildMobiles(int process, List<int> mobiles)
    {
        var context = contexts[process];
        var next = new Queue<(MobileSpec, MobileNodeMachine)>();
        var props = context.OnProcess(MobileNodeActor.Props(context, next));
        foreach (var (number, members) in mobiles.Chunk(ChildrenPerParent).Index())
        {
            IActorRef? parent = null;
            engine.Populate(process, _ => parent = Create(process, Props.Create<ProcessRoot>(), $"mobiles-{number}"));
            parent!.Tell(
                new ProcessRoot.Populate(children =>
                {
                    foreach (var member in members)
                    {
                        var mobile = _plan.Mobiles[member];
                        var node = _plan[mobile.Node];
                        next.Enqueue((mobile, (MobileNodeMachine)machine(node, mobile)!));
                        directory.Nodes[node.Id.Index] = children.ActorOf(props, node.Name);
                    }
                }),
                ActorRefs.NoSender);
            engine.Settle();
        }

        next.TrimExcess();
    }
}
