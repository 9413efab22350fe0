using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Schemes.FHmipv6;
using Tests.Actors.Kernel;
using Topology.Addressing;
using Topology.Generation;
using Topology.Plans;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>Bindings that expire, and mobile nodes that do not let them.</summary>
public sealed class LifetimeTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    private static readonly NodeId Nar = Paper.Find("nar")!.Value;
    private static readonly NodeId Mobile = Paper.Find("mn")!.Value;

    public static TheoryData<string> Registering => [.. HandoverSchemes.All.Select(scheme => scheme.Name).Except(["pmipv6", "fpmipv6"])];

    [Theory]
    [MemberData(nameof(Registering))]
    public void In_a_run_with_an_end_a_registration_is_refreshed_before_its_lifetime_ends(string name)
    {
        var (run, scheme) = Run(name, Paper, TimeSpan.FromSeconds(3000));
        Assert.Equal((1, 1, 0), (run.Begun, run.Handovers.Count, run.Pending));
        Assert.False(run.Handovers[0].Outcome.IsFailure);
        var mobile = scheme.Machines.OfType<RegisteringMobileNode>().Single();
        Assert.True(mobile.Registration!.Value.ExpiresAt > run.End);
        Assert.Equal(HandoverStep.Idle, mobile.Step);

        // Each binding that there was after the handover is there still.
        var before = Bindings(Run(name, Paper, TimeSpan.FromSeconds(10)).Scheme, SimTime.Zero + TimeSpan.FromSeconds(10));
        Assert.NotEmpty(before);
        Assert.Subset(Bindings(scheme, run.End), before);
    }

    [Fact]
    public void Refreshes_come_16_s_before_the_end_of_420_s_and_cost_two_messages()
    {
        var single = Run("mipv6", Paper, null).Run;
        var refreshed = Run("mipv6", Paper, TimeSpan.FromSeconds(3 * 404 + 2)).Run;

        // BU and BA each cross the wireless link and the one to home.
        Assert.Equal(single.Signalling.Messages(LinkClass.Home) + 3 * 2, refreshed.Signalling.Messages(LinkClass.Home));
        Assert.Equal(single.Signalling.Messages(LinkClass.Wireless) + 3 * 2, refreshed.Signalling.Messages(LinkClass.Wireless));
    }

    [Fact]
    public void A_run_without_an_end_is_over_with_its_last_handover()
    {
        var run = Run("mipv6", Paper, null).Run;
        Assert.True(run.End < SimTime.Zero + TimeSpan.FromSeconds(2));
        Assert.Equal(0, run.Pending);
    }

    [Fact]
    public void A_lost_refresh_is_sent_again_in_time()
    {
        Outage[] outages = [new(TimeSpan.FromSeconds(403), TimeSpan.FromSeconds(408))];
        var (run, scheme) = Run("mipv6", Paper.With(new LinkOverride { Outages = outages }), TimeSpan.FromSeconds(500));
        Assert.True(run.Signalling.Lost > 0);
        Assert.Single(Bindings(scheme, run.End));
    }

    [Fact]
    public void Without_a_refresh_the_binding_expires_and_forwards_nothing()
    {
        var (_, scheme) = Run("mipv6", Paper, null);
        var agent = scheme.Machines.OfType<HomeAgent>().Single();
        var home = Address.On(Paper.Find("ha")!.Value, Mobile);
        var packet = new Ping().From(Address.Of(Paper.Find("cn")!.Value), home);
        Assert.Equal(Address.On(Nar, Mobile), Steps.At(400_000, effects => Assert.True(agent.OnTransit(packet, effects))).Packet().Destination);
        Assert.Empty(Steps.At(420_100, effects => Assert.False(agent.OnTransit(packet, effects))));
    }

    private (RunRecord Run, WatchedScheme Scheme) Run(string name, NetworkPlan plan, TimeSpan? until)
    {
        var scheme = new WatchedScheme(Scheme(name));
        using var simulation = new Simulation(
            system.System, new Scenario(plan, scheme, new SchemeOptions(scheme.Options), Costs, new SingleHandover(Nar)));
        return (simulation.Run(1, 0, until is { } end ? SimTime.Zero + end : null), scheme);
    }

    /// <summary>Who binds the mobile node to its place at the new router.</summary>
    private static HashSet<string> Bindings(WatchedScheme scheme, SimTime now)
    {
        var agents = scheme.Machines.OfType<HomeAgent>()
            .Concat(scheme.Machines.OfType<AnchorPoint>().Select(anchor => anchor.Registrations));
        return
        [
            .. from agent in agents
               from node in Paper.Nodes
               where agent.Bindings.Find(Address.On(node.Id, Mobile), now) is not null
               select agent.GetType().Name,
        ];
    }

    private sealed record Ping : Message
    {
        public override int SizeBytes => 8;
    }
}
