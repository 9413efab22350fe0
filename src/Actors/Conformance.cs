using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Security;
using Akka.Actor;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;

namespace Actors;

/// <summary>
/// What every handover scheme must do, the product's and a user's, tried on the paper's network by simulation. Each rule
/// returns what breaks it, a line each; none when the scheme conforms. Repeatable: all that is random has a fixed seed.
/// </summary>
public sealed class Conformance : IDisposable
{
    private const ulong Seed = 1;
    private const int Points = 20;
    private const int Draws = 400;

    /// <summary>In standard errors: a conforming scheme exceeds it once in 100,000 seeds, and the seed is fixed.</summary>
    private const double Tolerance = 4.5;

    /// <summary>Packets that are under way when a handover ends may still arrive; a timer that was forgotten comes later.</summary>
    private static readonly TimeSpan Aftermath = Ms(100);

    private static readonly DelayParameters Usual = new(
        Ms(4), Ms(2), Ms(2), Ms(3), Ms(5), Ms(0.5), Ms(8), Ms(40), Ms(8), new ConstantDelay(Ms(20)));

    private readonly IHandoverScheme _scheme;
    private readonly SchemeOptions _options;
    private readonly ActorSystem _system = ActorSystem.Create("conformance", Engine.Configuration);

    /// <param name="options">The scheme's defaults when null.</param>
    public Conformance(IHandoverScheme scheme, SchemeOptions? options = null)
    {
        _scheme = scheme;
        _options = options ?? new SchemeOptions(scheme.Options);
    }

    /// <summary>A handover on an undisturbed network ends well, once, with every phase of its total, and leaves nothing behind.</summary>
    public IReadOnlyList<string> Completes()
    {
        var run = Run(Network(Usual));
        var broken = Leftovers(run, "undisturbed").ToList();
        if (run.Handovers is [var handover])
        {
            if (handover.Outcome.IsFailure)
                broken.Add($"undisturbed: the handover fails: {handover.Outcome.Reason}");
            if (handover.TotalTicks < 0)
                broken.Add("undisturbed: a phase of the total is missing");
            if (run.End - handover.CompletedAt > Aftermath)
                broken.Add($"undisturbed: something happens {(run.End - handover.CompletedAt).TotalMilliseconds} ms after the end");
        }

        return broken;
    }

    /// <summary>Whichever packet is lost on whichever hop (with those that enter the link at the same instant), the handover ends with a named outcome and leaves nothing behind.</summary>
    public IReadOnlyList<string> SurvivesTheLossOfAnyOnePacket()
    {
        var network = Network(Usual);
        var hops = new Hops();
        Run(network, hops);
        var broken = new List<string>();
        foreach (var (at, from, to, name) in hops.All)
        {
            var link = $"{network[from].Name}>{network[to].Name}";
            var what = FormattableString.Invariant($"without {name} on {link} at {at.Milliseconds} ms");
            var run = Run(Cut(link, at));
            broken.AddRange(Leftovers(run, what));
            if (run.Handovers is [{ Outcome: { IsFailure: true, Reason: null or "" } }])
                broken.Add($"{what}: the handover fails without a reason");
        }

        return broken;
    }

    /// <summary>Total and phases equal the closed form to the tick where every delay is fixed, at random points.</summary>
    public IReadOnlyList<string> MeetsItsClosedForm()
    {
        var model = _scheme.Delays(_options);
        var broken = new List<string>();
        var stream = RandomStream.For(Seed, 0, 0, StreamPurpose.Movement);
        TimeSpan Ticks() => TimeSpan.FromTicks(stream.NextInt32(900_000));
        for (var point = 0; point < Points; point++)
        {
            var at = new DelayParameters(Ticks(), Ticks(), Ticks(), Ticks(), Ticks(), Ticks(), Ticks(), Ticks(), Ticks(), new ConstantDelay(Ticks()));
            if (Run(Network(at), costs: at) is not { Handovers: [var handover] })
            {
                broken.Add($"at {at}: not one handover");
                continue;
            }

            foreach (var (metric, form) in model.Forms)
            {
                var index = _scheme.Phases.ToList().FindIndex(phase => phase.Name == metric);
                var measured = metric == "total" ? handover.TotalTicks : index < 0 ? -1 : handover.PhaseTicks[index];
                if (measured != form.Ticks(at, at.Home.Minimum.Ticks))
                    broken.Add($"at {at}: {metric} is {measured} ticks by simulation and {form.Ticks(at, at.Home.Minimum.Ticks)} by its form");
            }
        }

        return broken;
    }

    /// <summary>Where c is random, the mean total of simulated handovers lies about that of the law.</summary>
    public IReadOnlyList<string> MeetsItsLaw()
    {
        var at = Usual with { Home = new UniformDelay(TimeSpan.Zero, Ms(40)) };
        var law = _scheme.Delays(_options).Total.Under(at);
        using var simulation = new Simulation(_system, ScenarioOf(Network(at), Usual));
        var sum = 0L;
        for (var replication = 0; replication < Draws; replication++)
            sum += simulation.Run(Seed, replication).Handovers[0].TotalTicks;
        var mean = (double)sum / Draws / TimeSpan.TicksPerMillisecond;
        var allowed = Tolerance * law.StandardDeviationMs / Math.Sqrt(Draws) + 0.001;
        return Math.Abs(mean - law.MeanMs) <= allowed
            ? []
            : [FormattableString.Invariant($"the mean total of {Draws} handovers is {mean:0.####} ms, that of the law {law.MeanMs:0.####} ms (+-{allowed:0.####})")];
    }

    /// <summary>The event trajectory is the same on 1, 2 and 4 partitions, and when a network is used again.</summary>
    public IReadOnlyList<string> RunsAlikeOnAnyNumberOfPartitions()
    {
        var network = Network(Usual with { Home = new UniformDelay(TimeSpan.Zero, Ms(40)) });
        var broken = new List<string>();
        ulong? reference = null;
        foreach (var partitions in (int[])[1, 2, 4])
        {
            using var simulation = new Simulation(_system, ScenarioOf(network, Usual) with { Partitions = partitions });
            for (var round = 1; round <= 2; round++)
            {
                var digest = simulation.Run(Seed, 3).Digest;
                reference ??= digest;
                if (digest != reference)
                    broken.Add($"{partitions} partitions, run {round}: digest {digest:x16} instead of {reference:x16}");
            }
        }

        return broken;
    }

    /// <summary>
    /// With data in both directions, on links that lose a tenth of all packets and on such as lose none, every packet sent is received,
    /// dropped and counted, or still held; and the same ones are on 1, 2 and 4 partitions.
    /// </summary>
    public IReadOnlyList<string> AccountsForEveryPacketOfData()
    {
        var broken = new List<string>();
        foreach (var loss in (double[])[0, 0.1])
        {
            var network = PaperTopology.Build(Delays(Usual), TopologyOverrides.None with { EveryLink = new LinkOverride { Loss = loss } }).Plan!;
            var scenario = ScenarioOf(network, Usual) with
            {
                Traffic = new Traffic(Ms(3), 160, Ms(400)) { IsUp = true },
                Delays = new MovementDelays { LinkSwitch = new ConstantDelay(Ms(50)) },
                Movement = new SingleHandover(network.Find("nar")!.Value, Ms(150)),
            };
            string? reference = null;
            foreach (var partitions in (int[])[1, 2, 4])
            {
                using var simulation = new Simulation(_system, scenario with { Partitions = partitions });
                var run = simulation.Run(Seed, 0);
                var what = FormattableString.Invariant($"data, loss {loss}, {partitions} partitions");
                broken.AddRange(Leftovers(run, what));
                var data = run.Data!;
                var missing = data.Lost - data[DataEvent.Dropped] - data[DataEvent.Overflowed] - data.Held;
                if (missing != 0)
                    broken.Add($"{what}: {missing} packets of {data[DataEvent.Sent]} are neither received nor dropped nor held");
                var result = $"{run.Digest:x16} {string.Join(' ', Enum.GetValues<DataEvent>().Select(each => data[each]))} {run.Streams!.Delay(DataDirection.Down).SumTicks} {run.Streams.Jitter(DataDirection.Up).SumTicks}";
                reference ??= result;
                if (result != reference)
                    broken.Add($"{what}: {result} instead of {reference}");
            }
        }

        return broken;
    }

    public void Dispose() => _system.Terminate().Wait();

    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    private static IEnumerable<string> Leftovers(RunRecord run, string what)
    {
        if (run.Begun != 1 || run.Handovers.Count != 1)
            yield return $"{what}: {run.Begun} handovers begin and {run.Handovers.Count} end";
        if (run.Pending != 0)
            yield return $"{what}: {run.Pending} events are pending at the end";
    }

    private static PaperDelays Delays(DelayParameters at) => new(
        LinkDelay.Fixed(at.Wireless), LinkDelay.Fixed(at.IntraDomain), new LinkDelay(at.Home, PerHandover: "home"), LinkDelay.Fixed(at.InterDomain),
        LinkDelay.Fixed(at.HomeCorrespondent), LinkDelay.Fixed(at.RouterCorrespondent), at.Processing);

    private static NetworkPlan Network(DelayParameters at) => PaperTopology.Build(Delays(at));

    /// <summary>The usual network with one direction of one link dead for a tick.</summary>
    private static NetworkPlan Cut(string link, SimTime at)
    {
        var outage = new Outage(TimeSpan.FromTicks(at.Ticks), TimeSpan.FromTicks(at.Ticks + 1));
        var dead = TopologyOverrides.None with { Links = TopologyOverrides.None.Links.Add(link, new LinkOverride { Outages = [outage] }) };
        return PaperTopology.Build(Delays(Usual), dead).Plan!;
    }

    private RunRecord Run(NetworkPlan network, INetworkObserver? observer = null, DelayParameters? costs = null)
    {
        using var simulation = new Simulation(_system, ScenarioOf(network, costs ?? Usual)) { Observer = observer };
        return simulation.Run(Seed, 0);
    }

    private Scenario ScenarioOf(NetworkPlan network, DelayParameters costs) => new(
        network,
        _scheme,
        _options,
        CryptoCosts.Paper(costs.Sign, costs.Verify, costs.Rsa, 0.5),
        new SingleHandover(network.Find("nar")!.Value))
    {
        // A machine that keeps a packet beyond its step fails at once, instead of reading another one.
        ReusesPackets = false,
    };

    /// <summary>Every packet that enters a link.</summary>
    private sealed class Hops : INetworkObserver
    {
        public List<(SimTime At, NodeId From, NodeId To, string Name)> All { get; } = [];

        public void Sent(SimTime at, NodeId node, NodeId nextHop, Packet packet) => All.Add((at, node, nextHop, packet.Message.Name));
    }
}
