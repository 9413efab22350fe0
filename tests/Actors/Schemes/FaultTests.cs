using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Security;
using Tests.Actors.Kernel;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>Every scheme on links that double everything, with nodes that restart, and with servers that refuse.</summary>
public sealed class FaultTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    private static readonly NodeId Par = Paper.Find("par")!.Value;
    private static readonly NodeId Nar = Paper.Find("nar")!.Value;

    public static TheoryData<string> Names => [.. HandoverSchemes.All.Select(scheme => scheme.Name)];

    /// <summary>The schemes whose mobile node itself asks home agent or anchor point.</summary>
    public static TheoryData<string> Registering => [.. HandoverSchemes.All.Select(scheme => scheme.Name).Except(["pmipv6", "fpmipv6"])];

    [Theory]
    [MemberData(nameof(Names))]
    public void Links_that_double_every_packet_change_no_instant(string scheme)
    {
        var clean = HandOver(scheme, Paper);
        var doubled = HandOver(scheme, Paper.With(new LinkOverride { Duplication = 1 }));
        Assert.Equal((clean.Outcome, clean.TotalTicks), (doubled.Outcome, doubled.TotalTicks));
        Assert.Equal(clean.PhaseTicks, doubled.PhaseTicks);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_node_restarts_whenever_each_handover_ends_with_an_outcome_and_a_later_one_succeeds(string scheme)
    {
        foreach (var node in Paper.Nodes.Take(Paper.WiredCount))
        {
            for (var first = 3; first < 120; first += 13)
            {
                Restart[] restarts = [new(Ms(first), Ms(6)), new(Ms(first + 40), Ms(900))];
                var run = Run(scheme, Paper.With(node.Name, new NodeOverride(null) { Restarts = restarts }), new ThreeMoves());
                Assert.Equal((3, 3, 0), (run.Begun, run.Handovers.Count, run.Pending));
                Assert.False(run.Handovers[^1].Outcome.IsFailure, $"{node.Name} at {first} ms: {run.Handovers[^1].Outcome}");
            }
        }
    }

    [Fact]
    public void What_reaches_a_node_that_is_down_is_lost()
    {
        // The update is at the home agent after 4 + 20 ms and two times t_p; sent again 1 s later it finds it up.
        var clean = HandOver("mipv6", Paper);
        var down = HandOver("mipv6", Paper.With("ha", new NodeOverride(null) { Restarts = [new Restart(Ms(30), Ms(10))] }));
        Assert.Equal(clean.TotalTicks + TimeSpan.TicksPerSecond, down.TotalTicks);
    }

    [Fact]
    public void A_node_that_only_forwards_restarts_too()
    {
        var network = Hierarchical(1);
        var restarts = new NodeOverride(null) { Restarts = [new Restart(Ms(3), Ms(1)), new Restart(Ms(10), Ms(200))] };
        IMovement movement = new SingleHandover(network.Find("ar1")!.Value);
        var clean = Run("mipv6", network, movement);
        var run = Run("mipv6", network.With("core", restarts), movement);
        Assert.Equal((0L, 1L, 0), (clean.Signalling.Lost, run.Signalling.Lost, run.Pending));
        Assert.Equal(clean.Handovers[0].TotalTicks + TimeSpan.TicksPerSecond, run.Handovers[0].TotalTicks);
    }

    [Fact]
    public void A_timer_from_before_a_restart_does_not_come_back()
    {
        // HI leaves at 13.5 ms and is answered at 18.5 ms; the router is down between. The mobile node's second FBU starts it anew.
        var seen = new Sightings();
        var row = HandOver("fmipv6", Paper.With("par", new NodeOverride(null) { Restarts = [new Restart(Ms(17), Ms(5))] }), seen);
        Assert.Equal(Outcome.Predictive, row.Outcome);
        Assert.Equal(2, seen.Sent.Count(message => message == "HI"));
        Assert.Equal(2, seen.Sent.Count(message => message == "FBU"));
    }

    [Fact]
    public void A_computation_from_before_a_restart_does_not_come_back()
    {
        // The new router verifies from 11 to 15 ms.
        var seen = new Sightings();
        var row = HandOver("ipsec-fmipv6", Paper.With("nar", new NodeOverride(null) { Restarts = [new Restart(Ms(12), Ms(1))] }), seen);
        Assert.Equal(Outcome.Predictive, row.Outcome);
        Assert.Equal(["HI", "HI", "HAck"], seen.Sent.Where(message => message is "HI" or "HAck"));
        Assert.Equal(["verify-m2", "verify-m2", "sign-m3"], seen.AtNewRouter);
    }

    [Theory]
    [MemberData(nameof(Registering))]
    public void A_refusal_ends_the_handover_at_once_and_says_why(string scheme)
    {
        var row = HandOver(scheme, Refusing(Paper, new Refusal((byte)BindingStatus.AdministrativelyProhibited)));
        Assert.Equal(Outcome.Failed("BU refused: AdministrativelyProhibited"), row.Outcome);
        Assert.True(row.CompletedAt < SimTime.Zero + TimeSpan.FromSeconds(1));
    }

    [Theory]
    [MemberData(nameof(Registering))]
    public void Insufficient_resources_are_asked_for_again_and_at_last_named(string scheme)
    {
        var row = HandOver(scheme, Refusing(Paper, new Refusal((byte)BindingStatus.InsufficientResources)));
        Assert.Equal(Outcome.Failed("BU refused: InsufficientResources"), row.Outcome);
        Assert.InRange((row.CompletedAt - SimTime.Zero).TotalSeconds, 15, 17);

        var later = Enumerable.Range(0, 20)
            .Select(index => HandOver(scheme, Refusing(Paper, new Refusal((byte)BindingStatus.InsufficientResources, 0.4)), replication: index))
            .Where(other => !other.Outcome.IsFailure && other.CompletedAt > SimTime.Zero + TimeSpan.FromSeconds(1));
        Assert.NotEmpty(later);
    }

    [Theory]
    [InlineData("pmipv6")]
    [InlineData("fpmipv6")]
    public void A_gateway_whose_update_is_refused_shows_no_home_link(string scheme)
    {
        // With its gateways' own preparation FPMIPv6 lets the node in before the anchor answers, yet does not end there.
        var row = HandOver(scheme, Refusing(Paper, new Refusal((byte)BindingStatus.AdministrativelyProhibited)));
        Assert.Equal(Outcome.Failed("RS unanswered"), row.Outcome);
    }

    [Theory]
    [InlineData("famipv6")]
    [InlineData("mipv6-aaa")]
    public void An_AAA_server_that_refuses_ends_the_handover_at_once(string scheme)
    {
        var row = HandOver(scheme, Paper.With("aaah", new NodeOverride(null) { Refusal = new Refusal((byte)BindingStatus.AdministrativelyProhibited) }));
        Assert.Equal(Outcome.Failed("access refused"), row.Outcome);
        Assert.True(row.CompletedAt < SimTime.Zero + TimeSpan.FromSeconds(1));
    }

    private static NetworkPlan Refusing(NetworkPlan plan, Refusal refusal) =>
        new[] { "ha", "pmap", "nmap" }.Aggregate(plan, (changed, node) => changed.With(node, new NodeOverride(null) { Refusal = refusal }));

    private HandoverRecord HandOver(string scheme, NetworkPlan plan, INetworkObserver? observer = null, long replication = 0)
    {
        var run = Run(scheme, plan, new SingleHandover(Nar), observer, replication);
        Assert.Equal((1, 0), (run.Begun, run.Pending));
        return Assert.Single(run.Handovers);
    }

    private RunRecord Run(string name, NetworkPlan plan, IMovement movement, INetworkObserver? observer = null, long replication = 0)
    {
        Assert.Empty(NetworkPlanValidation.Errors(plan));
        var scheme = Scheme(name);
        var scenario = new Scenario(plan, scheme, new SchemeOptions(scheme.Options), Costs, movement)
        {
            Delays = new MovementDelays { Discovery = new ConstantDelay(Ms(50)) },
        };
        using var simulation = new Simulation(system.System, scenario);
        simulation.Observer = observer;
        return simulation.Run(1, replication);
    }

    /// <summary>There, back soon after, and there again when every session is forgotten.</summary>
    private sealed class ThreeMoves : IMovement
    {
        public Move? Next(RunContext run, NodeId mobile, NodeId present, int handovers) => handovers switch
        {
            0 => new Move(TimeSpan.Zero, Nar),
            1 => new Move(Ms(5), Par),
            2 => new Move(TimeSpan.FromSeconds(60), Nar),
            _ => null,
        };
    }

    private sealed class Sightings : INetworkObserver
    {
        public List<string> Sent { get; } = [];

        public List<string> AtNewRouter { get; } = [];

        void INetworkObserver.Sent(SimTime at, NodeId node, NodeId nextHop, Packet packet) => Sent.Add(packet.Message.Name);

        public void Computing(SimTime at, NodeId node, CryptoOperation operation, TimeSpan cost)
        {
            if (node == Nar)
                AtNewRouter.Add(operation.Name);
        }
    }
}
