using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Topology.Addressing;
using Topology.Plans;

namespace Experiments.Benchmarks;

/// <summary>
/// HANDOFF-22, the engine's benchmark as a scheme: 22 traversals of a hierarchical network, each a packet over a link, with
/// no protocol state, so that what is measured is the engine and the shells of nodes and links. The traversals are those of
/// a fast handover between two anchor points with a registration at both the anchor point and the home agent.
/// </summary>
internal sealed class Handoff22Scheme : IHandoverScheme
{
    public string Name => "handoff22";

    public string Title => "HANDOFF-22";

    public string? Parent => null;

    public string Source => "docs/performance.md";

    public int Version => 1;

    public IReadOnlyList<SchemeOption> Options => [];

    public IReadOnlyList<Phase> Phases { get; } = [new("total", Mark.Trigger, Mark.Registered)];

    public IReadOnlyList<string> TotalPhases => ["total"];

    public RoleMachine? CreateMachine(RoleContext context) => context.Mobile is { } mobile
        ? new MobileNode(mobile, context.Network)
        : new Relay(context.Node.Id);

    public DelayModel Delays(SchemeOptions options) => DelayModel.Of(
        ("total", 10 * DelayForm.A + 8 * DelayForm.B + 2 * DelayForm.C + 2 * DelayForm.D + 22 * DelayForm.Tp));

    /// <summary>Who takes part in a handover.</summary>
    private sealed record Route(NodeId Mobile, NodeId Par, NodeId Nar, NodeId Pmap, NodeId Nmap, NodeId HomeAgent)
    {
        /// <summary>Where the packet of a traversal goes.</summary>
        public Address Destination(int traversal) => traversal switch
        {
            1 or 7 or 9 => Address.Of(Par),
            2 or 6 => Address.Of(Pmap),
            3 or 5 or 14 or 18 or 20 => Address.Of(Nmap),
            4 or 11 or 13 or 15 or 17 or 21 => Address.Of(Nar),
            8 or 10 => Address.On(Par, Mobile),
            19 => Address.Of(HomeAgent),
            _ => Address.On(Nar, Mobile),
        };

        public void Send(int traversal, Address source, HandoverKey handover, Effects effects) =>
            effects.Send(source, Destination(traversal), new Traversal(traversal, this), handover);
    }

    private sealed record Traversal(int Number, Route Route) : Message
    {
        public override int SizeBytes => 60;
    }

    private sealed class MobileNode(MobileSpec mobile, NetworkFacts network) : MobileNodeMachine
    {
        private NodeId _router = mobile.FirstRouter;
        private HandoverKey _handover;
        private Route? _route;

        public override void Reset(RunContext run) => _router = mobile.FirstRouter;

        public override void OnTrigger(HandoverKey handover, NodeId newRouter, Effects effects)
        {
            _handover = handover;
            _route = new Route(mobile.Node, _router, newRouter, AnchorOf(_router), AnchorOf(newRouter), mobile.HomeAgent);
            Send(1, effects);
        }

        public override void OnPacket(Packet packet, Effects effects)
        {
            switch (((Traversal)packet.Message).Number)
            {
                case 10:
                    effects.SwitchLink(_route!.Nar);
                    break;
                case 22:
                    effects.Mark(Mark.Registered);
                    effects.Complete(Outcome.Basic);
                    break;
                case var number:
                    Send(number + 1, effects);
                    break;
            }
        }

        public override void OnLinkUp(NodeId router, Effects effects)
        {
            _router = router;
            Send(11, effects);
        }

        private NodeId AnchorOf(NodeId router) => network.InDomainOf(router, NodeRole.MobilityAnchorPoint)!.Value;

        private void Send(int traversal, Effects effects) =>
            _route!.Send(traversal, Address.On(_router, mobile.Node), _handover, effects);
    }

    /// <summary>A router, anchor point or home agent: answers each traversal with the next.</summary>
    private sealed class Relay(NodeId id) : RoleMachine
    {
        private readonly Address _address = Address.Of(id);

        public override void Reset(RunContext run)
        {
        }

        public override void OnPacket(Packet packet, Effects effects)
        {
            var traversal = (Traversal)packet.Message;
            traversal.Route.Send(traversal.Number + 1, _address, packet.Handover, effects);
        }
    }
}
