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

    /// <summary>
    /// Who takes part in a handover, and how far it has come: one object for each mobile node, as in the peers, which goes round with the
    /// packets. Whoever has it in its hands is the only one.
    /// </summary>
    private sealed record Round(NodeId Mobile) : Message
    {
        public override int SizeBytes => 60;

        public int Traversal { get; private set; }

        private NodeId Par { get; set; }

        public NodeId Nar { get; private set; }

        private NodeId Pmap { get; set; }

        private NodeId Nmap { get; set; }

        private NodeId HomeAgent { get; set; }

        public void Begin(NodeId par, NodeId nar, NodeId pmap, NodeId nmap, NodeId homeAgent) =>
            (Traversal, Par, Nar, Pmap, Nmap, HomeAgent) = (0, par, nar, pmap, nmap, homeAgent);

        /// <summary>From where the one that comes back is: another than this, if it has been to another member.</summary>
        public void GoOn(Round back) => Traversal = back.Traversal;

        /// <summary>On to where the packet of the next traversal goes.</summary>
        public void Send(Address source, HandoverKey handover, Effects effects)
        {
            Traversal++;
            effects.Send(source, Destination, this, handover);
        }

        private Address Destination => Traversal switch
        {
            1 or 7 or 9 => Address.Of(Par),
            2 or 6 => Address.Of(Pmap),
            3 or 5 or 14 or 18 or 20 => Address.Of(Nmap),
            4 or 11 or 13 or 15 or 17 or 21 => Address.Of(Nar),
            8 or 10 => Address.On(Par, Mobile),
            19 => Address.Of(HomeAgent),
            _ => Address.On(Nar, Mobile),
        };
    }

    private sealed class MobileNode(MobileSpec mobile, NetworkFacts network) : MobileNodeMachine
    {
        private NodeId _router = mobile.FirstRouter;
        private HandoverKey _handover;
        private readonly Round _round = new(mobile.Node);

        public override void Reset(RunContext run) => _router = mobile.FirstRouter;

        public override void OnTrigger(HandoverKey handover, NodeId newRouter, Effects effects)
        {
            _handover = handover;
            _round.Begin(_router, newRouter, AnchorOf(_router), AnchorOf(newRouter), mobile.HomeAgent);
            Send(effects);
        }

        public override void OnPacket(Packet packet, Effects effects)
        {
            _round.GoOn((Round)packet.Message);
            switch (_round.Traversal)
            {
                case 10:
                    effects.SwitchLink(_round.Nar);
                    break;
                case 22:
                    effects.Mark(Mark.Registered);
                    effects.Complete(Outcome.Basic);
                    break;
                default:
                    Send(effects);
                    break;
            }
        }

        public override void OnLinkUp(NodeId router, Effects effects)
        {
            _router = router;
            Send(effects);
        }

        private NodeId AnchorOf(NodeId router) => network.InDomainOf(router, NodeRole.MobilityAnchorPoint)!.Value;

        private void Send(Effects effects) => _round.Send(Address.On(_router, mobile.Node), _handover, effects);
    }

    /// <summary>A router, anchor point or home agent: answers each traversal with the next.</summary>
    private sealed class Relay(NodeId id) : RoleMachine
    {
        private readonly Address _address = Address.Of(id);

        public override void Reset(RunContext run)
        {
        }

        public override void OnPacket(Packet packet, Effects effects) =>
            ((Round)packet.Message).Send(_address, packet.Handover, effects);
    }
}
