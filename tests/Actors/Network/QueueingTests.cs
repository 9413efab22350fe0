using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Actors.Security;
using Experiments.Statistics;
using Tests.Actors.Kernel;
using Topology.Addressing;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Topology.Networks;

namespace Tests.Actors.Network;

/// <summary>Nodes under load: cores that computations wait for, and a half-open table that is full.</summary>
public sealed class QueueingTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    private const int Jobs = 10_000;
    private const int Replications = 12;

    /// <summary>By hand: 8 ms each at 0, 1, 2 and 30 ms.</summary>
    [Theory]
    [InlineData(1, 7 + 14)]
    [InlineData(2, 6)]
    [InlineData(3, 0)]
    [InlineData(null, 0)]
    public void Computations_take_the_core_that_is_free_first_in_order_of_arrival(int? cores, int waitMs)
    {
        using var simulation = Station(cores, new AtInstants([0, 1, 2, 30]), Ms(8), Ms(40), mixed: false);
        for (var replication = 0; replication < 2; replication++)
        {
            var counter = simulation.Run(1, replication).Computations[NodeRole.AccessRouter];
            Assert.Equal((4, 4, Ms(32).Ticks, Ms(waitMs).Ticks), (counter.Operations, counter.TimedOperations, counter.Ticks, counter.WaitTicks));
        }
    }

    /// <summary>Jobs of 8 ms reach the router at 7, 8 and 9 ms; it restarts at 14 ms, so that one at 16 ms finds it idle.</summary>
    [Fact]
    public void A_restart_forgets_what_waits()
    {
        using var simulation = Station(1, new AtInstants([0, 1, 2, 9]), Ms(8), Ms(40), mixed: false, new Restart(Ms(14), Ms(0.1)));
        Assert.Equal(Ms(7 + 14).Ticks, simulation.Run(1, 0).Computations[NodeRole.AccessRouter].WaitTicks);
    }

    [Fact]
    public void A_computation_that_costs_nothing_waits_for_no_core()
    {
        using var simulation = Station(1, new AtInstants([0, 1, 2]), TimeSpan.Zero, Ms(40), mixed: false);
        var counter = simulation.Run(1, 0).Computations[NodeRole.AccessRouter];
        Assert.Equal((3, 0, 0, 0), (counter.Operations, counter.TimedOperations, counter.Ticks, counter.WaitTicks));
    }

    /// <summary>Service of 8 ms, and of 4 or 20 ms with equal probability.</summary>
    [Theory]
    [InlineData(0.3, false)]
    [InlineData(0.6, false)]
    [InlineData(0.9, false)]
    [InlineData(0.3, true)]
    [InlineData(0.6, true)]
    [InlineData(0.9, true)]
    public void Waiting_at_a_router_of_one_core_meets_Pollaczek_and_Khinchine(double utilisation, bool mixed)
    {
        var (mean, second) = mixed ? (12.0, (16.0 + 400) / 2) : (8.0, 64.0);
        var rate = utilisation / mean;
        using var simulation = Station(1, new PoissonTriggers(1000 * rate), mixed ? Ms(4) : Ms(8), Ms(20), mixed);
        var waits = new Moments();
        for (var replication = 0; replication < Replications; replication++)
        {
            var counter = simulation.Run(7, replication).Computations[NodeRole.AccessRouter];
            Assert.Equal(Jobs, counter.Operations);
            waits.Add(counter.WaitTicks / counter.Operations);
        }

        var interval = waits.MeanEstimate(0.99).Interval!.Value.Scale(1.0 / TimeSpan.TicksPerMillisecond);
        var expected = PollaczekKhinchine.MeanWait(rate, mean, second);
        Assert.InRange(expected, interval.Low, interval.High);

        // The control: a service time that is exponential, and one core more, would both be noticed.
        Assert.False(interval.Contains(PollaczekKhinchine.MeanWait(rate, mean, 2 * mean * mean)));
        Assert.False(interval.Contains(PollaczekKhinchine.MeanWait(rate / 2, mean, second)));
    }

    /// <summary>Mobile nodes that are announced and never heard of again, since the new cell takes nothing up: each holds its place for 30 s.</summary>
    [Theory]
    [InlineData("ipsec-fmipv6", 1.263, 0.01)]
    [InlineData("ipsec-fmipv6", 3.27, 0.5)]
    [InlineData("ipsec-fmipv6-plus", 3.27, 0.5)]
    public void A_half_open_table_refuses_by_Erlangs_loss_formula(string name, double rate, double blocking)
    {
        const int places = 50;
        var duration = TimeSpan.FromSeconds(400);
        var count = PoissonHandovers.Enough(rate, duration);
        var dead = new TopologyOverrides(
            TopologyOverrides.None.Links.Add("mn>nar", new LinkOverride { Loss = 1 }), TopologyOverrides.None.Nodes);
        var plan = PaperTopology.Build(Delays, dead, count).Plan!;
        var scheme = ProtocolNetworks.Scheme(name);
        var options = new SchemeOptions(scheme.Options, new Dictionary<string, object>
        {
            ["half-open-limit"] = (double)places,
            ["half-open-lifetime"] = TimeSpan.FromSeconds(30),
        });
        var movement = new PoissonHandovers(plan.Find("mn")!.Value, count, rate, duration, plan.Find("nar")!.Value);
        using var simulation = new Simulation(system.System, new Scenario(plan, scheme, options, CryptoCosts.Free, movement));
        var shares = new Moments();
        for (var replication = 0; replication < 8; replication++)
        {
            var answers = new Answers(SimTime.Zero + TimeSpan.FromSeconds(90), plan.Find("nar")!.Value);
            simulation.Observer = answers;
            simulation.Run(3, replication);
            shares.Add(answers.Refused * 1_000_000 / answers.Total);
        }

        var interval = shares.MeanEstimate(0.99).Interval!.Value.Scale(1e-6);
        Assert.InRange(ErlangB.Blocking(places, 30 * rate), blocking * 0.99, blocking * 1.01);
        Assert.InRange(blocking, interval.Low, interval.High);
        Assert.False(interval.Contains(ErlangB.Blocking(places - 10, 30 * rate)));
    }

    [Fact]
    public void Handovers_of_many_nodes_are_a_Poisson_process()
    {
        const double rate = 20;
        var duration = TimeSpan.FromSeconds(5);
        var count = PoissonHandovers.Enough(rate, duration);
        var movement = new PoissonHandovers(new NodeId(9), count, rate, duration, new NodeId(1));
        var run = new RunContext();
        Moments numbers = new();
        var instants = new SampleSet();
        for (var replication = 0; replication < 1000; replication++)
        {
            run.Begin(5, replication);
            var moves = Enumerable.Range(9, count).Select(node => movement.Next(run, new NodeId(node), default, 0)).OfType<Move>().ToArray();
            numbers.Add(moves.Length);
            foreach (var move in moves)
                instants.Add(move.After.Ticks);
        }

        Assert.True(numbers.MeanEstimate(0.99).Interval!.Value.Contains(100));
        Assert.InRange(numbers.Variance, 88, 112);
        Assert.False(KolmogorovSmirnov.Test(instants, ticks => Math.Clamp(ticks / duration.Ticks, 0, 1)).RejectsAt(0.01));
        Assert.Null(movement.Next(run, new NodeId(9), default, 1));
        var later = new PoissonHandovers(new NodeId(9), count, rate, duration, new NodeId(1), Ms(70));
        Assert.Equal(movement.Next(run, new NodeId(9), default, 0)!.Value.After + Ms(70), later.Next(run, new NodeId(9), default, 0)!.Value.After);
    }

    [Fact]
    public void A_pool_that_is_too_small_is_told()
    {
        var run = new RunContext();
        run.Begin(1, 0);
        var movement = new PoissonHandovers(new NodeId(9), 10, 20, TimeSpan.FromSeconds(5), new NodeId(1));
        Assert.Contains("10 mobile nodes", Assert.Throws<InvalidOperationException>(() => movement.Next(run, new NodeId(9), default, 0)).Message, StringComparison.Ordinal);
    }

    private static PaperDelays Delays => new(
        LinkDelay.Fixed(Ms(4)), LinkDelay.Fixed(Ms(2)), LinkDelay.Fixed(Ms(20)), LinkDelay.Fixed(Ms(2)), LinkDelay.Fixed(Ms(10)), LinkDelay.Fixed(Ms(10)), Ms(0.5));

    /// <summary>The new router computes once for every move of a mobile node.</summary>
    private Simulation Station(int? cores, IMovement movement, TimeSpan sign, TimeSpan verify, bool mixed, Restart? restart = null)
    {
        var nodes = TopologyOverrides.None with { Nodes = TopologyOverrides.None.Nodes.Add("nar", new NodeOverride(null) { Cores = cores, Restarts = restart is null ? null : [restart] }) };
        var plan = PaperTopology.Build(Delays, nodes).Plan!;
        var nar = plan.Find("nar")!.Value;
        var scenario = TestScheme.Scenario(plan, context => context switch
        {
            { Mobile: { } mobile } => new Customer(mobile, nar),
            _ when context.Node.Id == nar => new Server(nar, mixed),
            _ => null,
        });
        return new Simulation(system.System, scenario with { Costs = CryptoCosts.Paper(sign, verify, Ms(8), 0.5), Movement = movement });
    }

    private sealed record Job : Message
    {
        public override int SizeBytes => 60;
    }

    private sealed class Customer(MobileSpec mobile, NodeId server) : MobileNodeMachine
    {
        public override void Reset(RunContext run)
        {
        }

        public override void OnTrigger(HandoverKey handover, NodeId newRouter, Effects effects) =>
            effects.Send(new Packet(Address.On(mobile.FirstRouter, mobile.Node), Address.Of(server), new Job(), handover));

        public override void OnPacket(Packet packet, Effects effects)
        {
        }

        public override void OnLinkUp(NodeId router, Effects effects)
        {
        }
    }

    private sealed class Server(NodeId id, bool mixed) : RoleMachine
    {
        private RandomStream _kinds;

        public override void Reset(RunContext run) => _kinds = run.Stream((ulong)id.Index, StreamPurpose.Crypto);

        public override void OnPacket(Packet packet, Effects effects) => effects.Compute(
            mixed && _kinds.NextInt32(2) == 1 ? CryptoOperation.IdentityVerify : CryptoOperation.IdentitySign, packet);
    }

    /// <summary>A Poisson process of moves of one node, whatever becomes of them.</summary>
    private sealed class PoissonTriggers(double perSecond) : IMovement
    {
        private readonly ExponentialDelay _interval = new(TimeSpan.FromSeconds(1 / perSecond), TimeSpan.Zero);

        public bool IsHeadless => true;

        public Move? Next(RunContext run, NodeId mobile, NodeId present, int handovers)
        {
            if (handovers == Jobs)
                return null;
            var stream = run.Stream((ulong)mobile.Index, StreamPurpose.Movement, handovers);
            return new Move(_interval.Sample(ref stream), present);
        }
    }

    private sealed class AtInstants(double[] instantsMs) : IMovement
    {
        public bool IsHeadless => true;

        public Move? Next(RunContext run, NodeId mobile, NodeId present, int handovers) => handovers == instantsMs.Length
            ? null
            : new Move(Ms(instantsMs[handovers] - (handovers == 0 ? 0 : instantsMs[handovers - 1])), present);
    }

    /// <summary>Counts a router's answers to initiations from an instant on.</summary>
    private sealed class Answers(SimTime from, NodeId router) : INetworkObserver
    {
        public long Total { get; private set; }

        public long Refused { get; private set; }

        public void Sent(SimTime at, NodeId node, NodeId nextHop, Packet packet)
        {
            if (at < from || node != router || packet.Message is not HandoverAcknowledge acknowledge)
                return;
            Total++;
            if (acknowledge.Code == HandoverCode.InsufficientResources)
                Refused++;
        }
    }
}
