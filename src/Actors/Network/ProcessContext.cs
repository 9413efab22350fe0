using Actors.Kernel;
using Actors.Observation;
using Actors.Security;
using Actors.Security.Profiles;
using Akka.Actor;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Network;

/// <summary>
/// What the actors of one logical process share, and no other process touches: the effects buffer, counters and recorder,
/// and the uplinks of the cells that its mobile nodes use.
/// </summary>
internal sealed class ProcessContext(
    NetworkDirectory network, RunContext run, CryptoCosts costs, MovementDelays delays, IMovement movement, string name)
{
    private readonly IActorRef?[] _uplinks = new IActorRef?[network.Plan.Cells.Count];

    public NetworkDirectory Network => network;

    public RunContext Run => run;

    public CryptoCosts Costs => costs;

    public MovementDelays Delays => delays;

    public IMovement Movement => movement;

    public Effects Effects { get; } = new();

    public SignallingCounters Counters { get; } = new();

    public ComputationCounters Computations { get; } = new();

    /// <summary>The streams of data; null in a run of signalling only.</summary>
    public Traffic? Traffic { get; init; }

    /// <summary>Null where computations are charged for only.</summary>
    public CryptoExecution? Execution { get; init; }

    public DataMeasurement Data { get; init; } = new();

    /// <summary>What correspondents have received, by mobile node.</summary>
    public SortedDictionary<int, DataReception> Uplinks { get; } = [];

    /// <summary>Bytes and keys of this run; null in model mode.</summary>
    public WireShell? Wire { get; set; }

    /// <summary>Handovers that are over but for the first packet of data on the new link, with the instant of their end, by mobile node.</summary>
    public SortedDictionary<int, (SimTime At, HandoverKey Handover, Outcome Outcome, HandoverTimeline Timeline)> AwaitingData { get; } = [];

    /// <summary>Of mobile nodes that are in no handover: there are as many timelines as handovers at a time.</summary>
    public Stack<HandoverTimeline> Timelines { get; } = [];

    /// <summary>Handovers triggered in this run.</summary>
    public int Begun { get; set; }

    public IHandoverRecorder? Recorder { get; set; }

    public INetworkObserver? Observer { get; set; }

    /// <summary>Creates the links that come into being on first use; set by the process's root.</summary>
    public IUntypedActorContext? Root { get; set; }

    /// <summary>Binds props to this process's dispatcher.</summary>
    public required Func<Props, Props> OnProcess { get; init; }

    /// <summary>Whether a packet is no signalling.</summary>
    public bool IsData(Packet packet) => Traffic is not null && packet.Message.Data is not null;

    /// <summary>Count a packet that is lost on a link or at a node.</summary>
    public void Lose(Packet packet)
    {
        if (Traffic is not null && packet.Message.Data is { } data)
            Data.Counters.Count(DataEvent.Dropped, data.Direction);
        else
            Counters.CountLost();
    }

    /// <summary>A packet of data has reached a correspondent.</summary>
    public void Receive(DataPacket packet, SimTime now)
    {
        if (!Uplinks.TryGetValue(packet.Mobile.Index, out var reception))
            Uplinks.Add(packet.Mobile.Index, reception = new DataReception());
        reception.Take(packet, now, Data);
    }

    /// <summary>Back to the start of a run.</summary>
    public void Clear()
    {
        Counters.Clear();
        Computations.Clear();
        Data.Clear();
        Uplinks.Clear();
        AwaitingData.Clear();
        Begun = 0;
    }

    /// <summary>This process's link into a cell: the crossing delay is spent here, contention in the router's process.</summary>
    public IActorRef Uplink(int cell)
    {
        if (_uplinks[cell] is { } uplink)
            return uplink;
        var spec = network.Plan.Cells[cell];
        var router = network.Plan[spec.Router];

        // Jitter and t_p of the router are spent with the crossing, so that they count as lookahead; the medium adds the rest.
        var props = network.Media[cell] is { } medium
            ? LinkActor.Props(this, Impairments.Crossing(spec.Uplink), medium, router.Processing, router.Forwarding)
            : LinkActor.Props(this, spec.Uplink, network.Nodes[spec.Router.Index], router.Processing, router.Forwarding);
        uplink = Root!.ActorOf(OnProcess(props), $"up-{router.Name}");
        return _uplinks[cell] = uplink;
    }

    /// <summary>Take a link of the caller's into a cell, in place of the one made on first use.</summary>
    public void SetUplink(int cell, IActorRef uplink) => _uplinks[cell] = uplink;

    public override string ToString() => name;
}
