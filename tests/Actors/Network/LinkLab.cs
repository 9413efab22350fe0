using Actors.Kernel;
using Actors.Network;
using Actors.Security;
using Akka.Actor;
using Tests.Actors.Kernel;
using Tests.Topology;
using Topology.Plans;
using Topology.Randomness;
using Topology.Routing;
using Address = Topology.Addressing.Address;

namespace Tests.Actors.Network;

/// <summary>A message of a given size.</summary>
internal record Datagram(int Number, int Bytes = 60) : Message
{
    public override int SizeBytes => Bytes;
}

/// <summary>A message of several packets.</summary>
internal sealed record Split(int Number, int[] Sizes) : Datagram(Number, Sizes.Sum())
{
    public override IReadOnlyList<int> Parts => Sizes;
}

/// <summary>Links of their own in an engine of one process; what they bring is written down.</summary>
internal sealed class LinkLab : IDisposable
{
    public static readonly NodeId Par = Networks.Paper.Node("par");
    public static readonly NodeId Nar = Networks.Paper.Node("nar");
    public static readonly NodeId Mobile = Networks.Paper.Node("mn");

    private readonly List<(int Number, double Ms)> _arrivals = [];
    private readonly IActorRef _receiver;

    public LinkLab(ActorSystem system)
    {
        Engine = new Engine(system, [("p0", 0)]);
        Run.Begin(seed: 11, replication: 0);
        Context = new ProcessContext(
            new NetworkDirectory(Networks.Paper, new RoutingTable(Networks.Paper)), Run, CryptoCosts.Free, MovementDelays.None, new SingleHandover(Nar), "p0")
        {
            OnProcess = props => Engine.On(0, props),
        };
        _receiver = Engine.ActorOf(0, Scripted.Props((me, message) => _arrivals.Add((((Datagram)((Packet)message).Message).Number, me.NowMs))), "receiver");
    }

    public Engine Engine { get; }

    public RunContext Run { get; } = new();

    public ProcessContext Context { get; }

    public static LinkSpec Spec(LinkDelay delay) => new(Par, Nar, LinkClass.InterDomain, delay);

    public static Packet Packet(int number, int sizeBytes = 100, int handover = 1) => new(
        Address.Of(Par), Address.Of(Nar), new Datagram(number, sizeBytes - 40), new HandoverKey(Mobile, handover));

    public IActorRef Link(LinkSpec spec, string name = "link", double processingMs = 0) =>
        Engine.ActorOf(0, LinkActor.Props(Context, spec, _receiver, Networks.Ms(processingMs)), name);

    /// <summary>Begin a replication.</summary>
    public void Begin(ulong seed = 11, long replication = 0)
    {
        Run.Begin(seed, replication);
        Engine.Begin();
        Context.Counters.Clear();
    }

    /// <summary>Put packets on a link, each at its instant, numbered from 0; returns what arrives, and when.</summary>
    public IReadOnlyList<(int Number, double Ms)> Send(IActorRef link, params (double Ms, Packet Packet)[] packets)
    {
        _arrivals.Clear();
        foreach (var (ms, packet) in packets)
            Engine.Post(link, packet, Engine.Now + Networks.Ms(ms));
        Engine.RunToEnd();
        return [.. _arrivals];
    }

    /// <summary>Delays of so many packets, one each 1,000 ms; those lost are absent.</summary>
    public double[] Delays(IActorRef link, int count) =>
        [.. Send(link, [.. Enumerable.Range(0, count).Select(i => (i * 1000.0, Packet(i)))]).Select(arrival => arrival.Ms - arrival.Number * 1000.0)];

    public void Dispose() => Engine.Dispose();
}
