using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Security;
using Akka.Actor;
using Akka.TestKit;
using Topology.Plans;
using Topology.Randomness;
using Topology.Routing;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Protocols;

/// <summary>A packet that a node has put on a link, which is a probe.</summary>
internal sealed record Transmission(TimeSpan At, string From, string To, Packet Packet, TestProbe Link)
{
    public string Name => Packet.Message.Name;

    public string Step => $"{From}>{To} {Name}";

    public override string ToString() => FormattableString.Invariant($"{At.TotalMilliseconds} {Step}");
}

/// <summary>What one exchange has come to.</summary>
internal sealed record Transcript(
    IReadOnlyList<Transmission> Sent, IReadOnlyList<(TimeSpan At, Outcome Outcome, IReadOnlyList<(Mark Mark, TimeSpan At)> Marks)> Ends)
{
    /// <summary>Every transmission with its instant, then every mark, then the end.</summary>
    public string Text => string.Join(", ", Sent) + "; " + Instants;

    /// <summary>The instants at which the mobile node's handover advances and ends.</summary>
    public string Instants => string.Join(
        "; ",
        Ends.Select(end => FormattableString.Invariant(
            $"{string.Join(", ", end.Marks.Select(mark => FormattableString.Invariant($"{mark.At.TotalMilliseconds} {mark.Mark}")))}, {end.At.TotalMilliseconds} {end.Outcome}")));

    public TimeSpan Instant(Mark mark) => Ends[0].Marks.First(instant => instant.Mark == mark).At;
}

/// <summary>
/// The actors of the paper's network, each with its role machine, and a TestKit probe in the place of each cell's radio (up
/// and down) and of all wires. The test is the network: what a probe hears, at its exact virtual instant, the test delivers a
/// hop later, or not, or twice, or as something else.
/// </summary>
internal sealed class ProbedExchange : IDisposable, IHandoverRecorder
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly object EndOfInstant = new();
    private readonly Engine _engine;
    private readonly RunContext _run = new();
    private readonly NetworkDirectory _directory;
    private readonly TestProbe _wires;
    private readonly TestProbe[] _radios;
    private readonly List<(TimeSpan, Outcome, IReadOnlyList<(Mark, TimeSpan)>)> _ends = [];

    public ProbedExchange(TestKitBase kit, string scheme, TimeSpan? retransmission = null)
    {
        var definition = Scheme(scheme);
        var options = new SchemeOptions(
            definition.Options, new Dictionary<string, object> { [RetransmissionOption.Name] = retransmission ?? TimeSpan.FromSeconds(1) });
        _engine = new Engine(kit.Sys, [("p0", 0)]);
        _directory = new NetworkDirectory(Paper, new RoutingTable(Paper));
        _wires = kit.CreateTestProbe("wires");
        _radios = [.. Paper.Cells.Select(cell => kit.CreateTestProbe("radio-" + Paper[cell.Router].Name))];
        var context = new ProcessContext(
            _directory, _run, Costs, MovementDelays.None, new SingleHandover(Paper.Find("nar")!.Value), "p0")
        {
            OnProcess = props => _engine.On(0, props),
            Recorder = this,
        };
        Array.Fill(_directory.Links, _wires.Ref);
        for (var cell = 0; cell < _radios.Length; cell++)
        {
            _directory.Downlinks[cell] = _radios[cell].Ref;
            context.SetUplink(cell, _radios[cell].Ref);
        }

        var facts = new NetworkFacts(Paper);
        _engine.Populate(0, root =>
        {
            foreach (var node in Paper.Nodes)
            {
                MobileSpec? mobile = Paper.IsMobile(node.Id) ? Paper.Mobiles[node.Id.Index - Paper.WiredCount] : null;
                var machine = definition.CreateMachine(new RoleContext(node, mobile, facts, options));
                var props = mobile is null
                    ? NodeActor.Props(context, node.Id, machine)
                    : MobileNodeActor.Props(context, new Queue<(MobileSpec, MobileNodeMachine)>([(mobile.Value, (MobileNodeMachine)machine!)]));
                _directory.Nodes[node.Id.Index] = root.ActorOf(context.OnProcess(props), node.Name);
            }
        });
    }

    /// <summary>From the sending of a packet to its arrival, of every link.</summary>
    public static TimeSpan Hop { get; } = Ms(10);

    /// <summary>Computations of whole hops, so that all that is sent, is sent at a multiple of a hop.</summary>
    public static CryptoCosts Costs { get; } = CryptoCosts.Paper(sign: Hop, verify: 4 * Hop, rsa: 2 * Hop, signatureShare: 0.5);

    public TestProbe Radio(string router) => _radios[_directory.CellOf(Paper.Find(router)!.Value)];

    /// <summary>One handover from the previous to the new router, until nothing is under way and no timer runs.</summary>
    /// <param name="fate">What arrives of the transmission of this number; by default the transmission.</param>
    public Transcript Run(Func<Transmission, int, IEnumerable<Transmission>>? fate = null)
    {
        _run.Begin(1, 0);
        _engine.Begin();
        _ends.Clear();
        var sent = new List<Transmission>();
        var underWay = new Queue<(SimTime Due, Transmission Arriving)>();
        _engine.Post(Actor("mn"), MobileNodeActor.BeginRun.Instance, SimTime.Zero);
        while (true)
        {
            _engine.RunFor(TimeSpan.Zero);
            foreach (var transmission in Heard())
            {
                foreach (var arriving in fate?.Invoke(transmission, sent.Count) ?? [transmission])
                    underWay.Enqueue((_engine.Now + Hop, arriving));
                sent.Add(transmission);
            }

            if (underWay.Count == 0 && _engine.Pending == 0)
                break;
            _engine.RunFor(Hop - Tick);
            Assert.Empty(Heard());
            _engine.RunFor(Tick);
            while (underWay.TryPeek(out var next) && next.Due <= _engine.Now)
            {
                var (_, arriving) = underWay.Dequeue();
                arriving.Link.Send(Actor(arriving.To), arriving.Packet);
            }
        }

        foreach (var probe in _radios.Append(_wires))
            probe.ExpectNoMsg(TimeSpan.Zero);
        return new Transcript(sent, [.. _ends]);
    }

    /// <summary>An exchange in which the transmission of a number does not arrive.</summary>
    public Transcript Without(int lost) => Run((transmission, number) => number == lost ? [] : [transmission]);

    public void Record(SimTime at, HandoverKey handover, Outcome outcome, HandoverTimeline timeline) => _ends.Add(
        (at - SimTime.Zero, outcome, [.. Enumerable.Range(0, timeline.Count).Select(i => (timeline[i].Mark, timeline[i].At - SimTime.Zero))]));

    public void Dispose() => _engine.Dispose();

    /// <summary>What the probes have heard at the present instant: each cell's in its order, then that of the wires.</summary>
    private List<Transmission> Heard()
    {
        var heard = new List<Transmission>();
        foreach (var probe in _radios.Append(_wires))
        {
            probe.Ref.Tell(EndOfInstant, ActorRefs.NoSender);
            while (probe.ReceiveOne(TimeSpan.FromSeconds(3)) is { } message && !ReferenceEquals(message, EndOfInstant))
            {
                var from = new NodeId(Array.IndexOf(_directory.Nodes, probe.LastSender));
                var packet = Assert.IsType<Packet>(message);
                heard.Add(new Transmission(_engine.Now - SimTime.Zero, Paper[from].Name, Paper[NextHop(from, packet, probe)].Name, packet, probe));
            }
        }

        return heard;
    }

    private NodeId NextHop(NodeId from, Packet packet, TestProbe probe)
    {
        if (ReferenceEquals(probe, _wires))
            return Paper.Links[_directory.Routes.NextLink(from, packet.Destination.PrefixOwner)].To;
        return Paper.IsMobile(from) ? Paper.Cells[Array.IndexOf(_radios, probe)].Router : packet.Destination.Host;
    }

    private IActorRef Actor(string node) => _directory.Nodes[Paper.Find(node)!.Value.Index];
}
