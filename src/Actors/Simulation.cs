using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Network.Forms;
using Actors.Placement;
using Actors.Placement.Bytes;
using Actors.Security.Keys;
using Akka.Actor;
using Topology.Partitioning;
using Topology.Plans;
using Topology.Randomness;
using Topology.Routing;

namespace Actors;

/// <summary>
/// A network of a scenario, built once as actors of an ActorSystem and run any number of times: between replications the
/// machines and streams start anew, and a run of a used network gives the digest of a fresh one. One owner at a time.
/// </summary>
public sealed class Simulation : IDisposable
{
    /// <summary>Mobile nodes from which on a run waits for memory more than it works.</summary>
    private const int HugePagesFrom = 1_000;

    private readonly Scenario _scenario;
    private readonly Engine _engine;
    private readonly NetworkDirectory _directory;
    private readonly ProcessContext[] _contexts;
    private readonly RunContext _run = new();
    private readonly MessageForms? _forms;

    /// <summary>Null for a network that runs in this process alone.</summary>
    private readonly MemberTies? _ties;
    private KeyRing? _keys;

    public Simulation(ActorSystem system, Scenario scenario)
        : this(system, scenario, null)
    {
    }

    /// <param name="seat">Where the network runs over several members: which part of it this one runs.</param>
    public Simulation(ActorSystem system, Scenario scenario, Seat? seat)
    {
        var plan = scenario.Network;
        if (scenario is { Wire: not null, Profile: not null })
            throw new ArgumentException("packets cross links as bytes only with the paper's messages: leave out the profile", nameof(scenario));
        _scenario = scenario;
        _directory = new NetworkDirectory(plan, new RoutingTable(plan));
        var partitions = seat?.Placement.Partitions ?? PartitionPlan.Balanced(plan, scenario.Partitions, scenario.EventsPerSecond);
        var firstPartition = seat?.Placement.FirstPartition(seat.Member) ?? 0;
        var partitionsHere = seat?.Placement.PartitionsOf(seat.Member) ?? partitions.Partitions;

        // A process is named after its first domain, so that identities do not depend on the number of partitions.
        var firstDomains = plan.Domains.GroupBy(domain => partitions.ProcessOf(domain.Id)).OrderBy(process => process.Key)
            .Select(process => process.First())
            .Where(domain => (uint)(partitions.PartitionOf(domain.Id) - firstPartition) < (uint)partitionsHere).ToArray();
        if (seat is not null)
        {
            var types = new OpenTypes([typeof(Message).Assembly, scenario.Scheme.GetType().Assembly], typeof(Message), typeof(KeyFact));
            _ties = new MemberTies(seat, _directory, types, scenario.ReusesPackets);
            AbsentActors.FillIn(_directory, _ties, seat);
        }

        _engine = new Engine(
            system,
            [.. firstDomains.Select(domain => (domain.Name, partitions.PartitionOf(domain.Id) - firstPartition))],
            seat is null ? partitions.Distances : Distances.Uniform(partitionsHere, partitions.Lookahead ?? TimeSpan.MaxValue),
            scenario.Delivery,
            _ties);
        _contexts =
        [
            .. firstDomains.Select((domain, process) =>
                new ProcessContext(_directory, _run, scenario.Costs, scenario.Delays, scenario.Movement, domain.Name)
                {
                    Traffic = scenario.Traffic,
                    Execution = scenario.Execution,
                    Data = new DataMeasurement(scenario.RecordsPackets),
                    OnProcess = props => _engine.On(process, props),
                    Effects = { Pool = new PacketPool(scenario.ReusesPackets), Spent = scenario.ReusesPackets ? new SpentState() : null },
                }),
        ];
        _forms = scenario.Wire is null ? null : SchemeForms.Of(scenario.Scheme);
        var facts = new NetworkFacts(plan);
        var builder = new NetworkBuilder(
            _engine,
            _directory,
            [.. plan.Domains.Select(domain => Array.FindIndex(firstDomains, first => partitions.ProcessOf(first.Id) == partitions.ProcessOf(domain.Id)))],
            _contexts,
            (node, mobile) => MachineOf(node, mobile, facts));
        try
        {
            builder.Build();
            if (plan.Mobiles.Count >= HugePagesFrom)
                HugePages.BackHeap();
        }
        catch
        {
            _engine.Dispose();
            throw;
        }
    }

    /// <summary>Sees every step of every node, and may keep the packets; for traces, in a scenario of one partition that runs in one process.</summary>
    public INetworkObserver? Observer { get; set; }

    /// <summary>Replace the rows of <see cref="RunRecord.Handovers"/> by recorders of the caller's, one for each logical process.</summary>
    public Func<IHandoverRecorder>? Recorders { get; set; }

    /// <summary>One run from virtual time zero.</summary>
    /// <param name="until">Events up to this instant are run; by default all of them.</param>
    /// <returns>Of a network that runs over several members, this one's part: see <see cref="RunRecord.Of"/>.</returns>
    /// <exception cref="SimulationFailedException">A node failed; the message names seed, replication, virtual time and node.</exception>
    /// <exception cref="MemberLostException">Another member of the run is lost.</exception>
    public RunRecord Run(ulong seed, long replication, SimTime? until = null)
    {
        _run.Begin(seed, replication, until < SimTime.MaxValue ? until : null);
        _engine.Begin();
        var codec = NewCodec(seed, replication);
        var recorders = new IHandoverRecorder[_contexts.Length];
        foreach (var (process, context) in _contexts.Index())
        {
            context.Clear();
            context.Wire = codec is null ? null : new WireShell(codec);
            context.Observer = Observer;
            recorders[process] = Recorders?.Invoke() ?? NewRecorder();
            context.Recorder = _scenario.WarmUp > TimeSpan.Zero ? new WarmUpRecorder(recorders[process], SimTime.Zero + _scenario.WarmUp) : recorders[process];
        }

        for (var i = _scenario.Network.WiredCount; i < _directory.Nodes.Length; i++)
            _engine.Post(_directory.Nodes[i], MobileNodeActor.BeginRun.Instance, SimTime.Zero);
        if (_scenario.Traffic is { } traffic)
            StartStreams(traffic);
        try
        {
            _engine.Run(until ?? SimTime.MaxValue);
        }
        catch (SimulationFailedException failure)
        {
            throw failure.InRun(seed, replication);
        }

        var signalling = new SignallingCounters();
        var computations = new ComputationCounters();
        var data = new DataMeasurement(_scenario.RecordsPackets);
        var wire = new WireCounters();
        var distribution = _scenario.RecordsDistribution ? new HandoverDistribution(_scenario.Scheme.Phases.Count) : null;
        foreach (var context in _contexts)
        {
            if (context.Wire is not null)
                wire.Add(context.Wire.Counters);
            signalling.Add(context.Counters);
            computations.Add(context.Computations);
            data.Add(context.Data);
            foreach (var ended in context.AwaitingData.Values)
                context.Recorder!.Record(ended.At, ended.Handover, ended.Outcome, ended.Timeline);
        }

        foreach (var part in recorders.OfType<DistributionRecorder>())
            distribution!.Add(part.Distribution);

        return new RunRecord(
            RunRecord.InOrder(recorders.OfType<HandoverRows>().SelectMany(rows => rows.Rows)),
            _contexts.Sum(context => context.Begun),
            signalling,
            computations,
            _engine.Digest,
            _engine.Events,
            _engine.Now,
            _engine.Pending,
            _engine.Windows)
        {
            Streams = _scenario.Traffic is null ? null : data,
            Wire = codec is null ? null : wire,
            Distribution = distribution,
            LeftOut = _contexts.Sum(context => (context.Recorder as WarmUpRecorder)?.LeftOut ?? 0),
            PingPongs = _scenario.Movement.PingPongs(node => _directory.Nodes[node.Index] is not AbsentActor),
        };
    }

    /// <summary>The scheme's machine for a node, with what the node is besides: a server that refuses, an end of a stream of data.</summary>
    private RoleMachine? MachineOf(NodeSpec node, MobileSpec? mobile, NetworkFacts facts)
    {
        var context = new RoleContext(node, mobile, facts, _scenario.Options)
        {
            Delays = _scenario.Delays,
            Profile = _scenario.Profile,
            BufferPackets = _scenario.BufferPackets,
        };
        var machine = HomeRouter.Of(
            node,
            _scenario.Network.CellOf(node.Id) is not null,
            role => RefusingServer.Of(_scenario.Scheme.CreateMachine(context with { Node = role }), role));
        return _scenario.Traffic switch
        {
            null => machine,
            { IsUp: true } when machine is MobileNodeMachine sender => new UplinkSource(sender, CorrespondentOf(mobile!.Value)),
            _ when node.Role == NodeRole.CorrespondentNode => new StreamSource(node.Id, facts, machine),
            _ => machine,
        };
    }

    private IHandoverRecorder NewRecorder() => _scenario.RecordsDistribution
        ? new DistributionRecorder(_scenario.Scheme, _scenario.Options)
        : new HandoverRows(_scenario.Scheme, _scenario.Options);

    /// <summary>Bytes and keys of a new run; null in model mode.</summary>
    private PacketCodec? NewCodec(ulong seed, long replication)
    {
        if (_forms is null)
            return null;
        var plan = _scenario.Network;
        _keys?.Dispose();
        _keys = new KeyRing(seed, replication, plan.Domains.Count, node => plan[node].Domain, _scenario.Wire, isShared: _ties is not null);
        if (_ties is not null)
            _ties.News = new KeyNews(_keys);
        return new PacketCodec(plan, _forms, _keys);
    }

    private void StartStreams(Traffic traffic)
    {
        foreach (var mobile in _scenario.Network.Mobiles)
        {
            foreach (var direction in traffic.Directions)
            {
                var sender = direction == DataDirection.Down ? CorrespondentOf(mobile) : mobile.Node;
                var random = _run.Stream((ulong)mobile.Node.Index, StreamPurpose.Traffic, (long)direction);
                _engine.Post(_directory.Nodes[sender.Index], new DataStream(mobile, traffic, direction, random), SimTime.Zero);
            }
        }
    }

    private NodeId CorrespondentOf(MobileSpec mobile) => mobile.Correspondent
        ?? throw new InvalidOperationException($"{_scenario.Network[mobile.Node].Name} has no {NodeRole.CorrespondentNode} to exchange data with");

    public void Dispose()
    {
        _engine.Dispose();
        _keys?.Dispose();
    }
}
