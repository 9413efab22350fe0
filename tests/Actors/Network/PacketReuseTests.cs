using Actors;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Tests.Actors.Kernel;
using Tests.Topology;
using Topology.Addressing;
using Topology.Plans;

namespace Tests.Actors.Network;

/// <summary>A packet that no machine has in its hands is written anew; one that a machine may hold never changes.</summary>
public sealed class PacketReuseTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    [Fact]
    public void What_is_lent_serves_many_and_what_was_sent_as_it_is_serves_once()
    {
        var lent = Run(lends: true, reuses: true);
        Assert.Equal(Relay.Rounds, lent.Received);
        Assert.InRange(lent.Distinct, 1, 4); // each router may have sent the next before it gets one back

        var given = Run(lends: false, reuses: true);
        Assert.Equal((Relay.Rounds, Relay.Rounds), (given.Received, given.Distinct));
        Assert.All(given.Kept, packet => Assert.NotNull(packet.Message));
    }

    [Fact]
    public void Who_keeps_a_lent_packet_finds_it_empty()
    {
        var run = Run(lends: true, reuses: false);
        Assert.Equal((Relay.Rounds, Relay.Rounds), (run.Received, run.Distinct));
        Assert.All(run.Kept.Take(Relay.Rounds - 1), packet => Assert.Null(packet.Message));
    }

    private (int Received, int Distinct, IReadOnlyList<Packet> Kept) Run(bool lends, bool reuses)
    {
        List<Packet> kept = [];
        RoleMachine? Create(RoleContext context) => context switch
        {
            { Mobile: { } mobile } => new Starter(mobile, Networks.Paper.Node("par")),
            _ when context.Node.Name is "par" or "nar" => new Relay(context.Node.Id, Networks.Paper.Node(context.Node.Name == "par" ? "nar" : "par"), lends, kept),
            _ => null,
        };
        using var simulation = new Simulation(system.System, TestScheme.Scenario(Networks.Paper, Create) with { ReusesPackets = reuses });
        simulation.Run(1, 0);
        return (kept.Count, kept.Distinct(ReferenceEqualityComparer.Instance).Count(), kept);
    }

    private sealed record Ball(int Round) : Message
    {
        public override int SizeBytes => 8;
    }

    /// <summary>Tells the previous router to begin, and ends its handover.</summary>
    private sealed class Starter(MobileSpec mobile, NodeId router) : MobileNodeMachine
    {
        public override void Reset(RunContext run)
        {
        }

        public override void OnTrigger(HandoverKey handover, NodeId newRouter, Effects effects)
        {
            effects.Send(new Packet(Address.On(router, mobile.Node), Address.Of(router), new Ball(0), handover));
            effects.Complete(Outcome.Basic);
        }

        public override void OnPacket(Packet packet, Effects effects)
        {
        }

        public override void OnLinkUp(NodeId router, Effects effects)
        {
        }
    }

    /// <summary>Two routers throw a ball to and fro, and wrongly keep every packet they get.</summary>
    private sealed class Relay(NodeId self, NodeId other, bool lends, List<Packet> kept) : RoleMachine
    {
        public const int Rounds = 20;

        public override void Reset(RunContext run)
        {
        }

        public override void OnPacket(Packet packet, Effects effects)
        {
            var round = ((Ball)packet.Message).Round;
            if (round > 0)
                kept.Add(packet);
            if (round == Rounds)
                return;
            var (from, to, ball) = (Address.Of(self), Address.Of(other), new Ball(round + 1));
            if (lends)
                effects.Send(from, to, ball, packet.Handover);
            else
                effects.Send(new Packet(from, to, ball, packet.Handover));
        }
    }
}
