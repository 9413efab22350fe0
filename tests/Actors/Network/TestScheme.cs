using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Security;
using Topology.Addressing;
using Topology.Generation;
using Topology.Plans;
using Tests.Topology;

namespace Tests.Actors.Network;

/// <summary>A scheme whose machines a test gives.</summary>
internal sealed class TestScheme(Func<RoleContext, RoleMachine?> create) : IHandoverScheme
{
    public string Name => "test";

    public string Title => "Test";

    public string? Parent => null;

    public string Source => "tests";

    public int Version => 1;

    public IReadOnlyList<SchemeOption> Options => [];

    public IReadOnlyList<Phase> Phases { get; } =
        [new("preparation", Mark.Trigger, Mark.Prepared), new("registration", Mark.LinkUp, Mark.Registered)];

    public IReadOnlyList<string> TotalPhases => ["preparation", "registration"];

    public RoleMachine? CreateMachine(RoleContext context) => create(context);

    public DelayModel Delays(SchemeOptions options) => throw new NotSupportedException("a scheme of the tests has no closed form");

    /// <summary>On a network, one handover of each mobile node to the new access router; 8 ms for a signature.</summary>
    public static Scenario Scenario(NetworkPlan plan, Func<RoleContext, RoleMachine?> create)
    {
        var scheme = new TestScheme(create);
        return new Scenario(
            plan,
            scheme,
            new SchemeOptions(scheme.Options),
            CryptoCosts.Paper(Networks.Ms(8), Networks.Ms(40), Networks.Ms(8), 0.5),
            new SingleHandover(plan.Node("nar")));
    }

    /// <summary>
    /// A small protocol on the paper's topology: the mobile node asks its home agent before the switch and after it; the
    /// home agent signs its answers. A request that is not answered within 200 ms is repeated.
    /// </summary>
    public static RoleMachine? AskTwice(RoleContext context) => context switch
    {
        { Mobile: { } mobile } => new Asker(mobile),
        _ when context.Node.Role == NodeRole.HomeAgent => new Signer(context.Node.Id),
        _ => null,
    };

    public sealed record Request(int Step) : Message
    {
        public override int SizeBytes => 60;
    }

    public sealed record Answer(int Step) : Message
    {
        public override int SizeBytes => 80;
    }

    private sealed class Asker(MobileSpec mobile) : MobileNodeMachine
    {
        private ProtocolTimer? _timer;
        private NodeId _router;
        private NodeId _next;
        private HandoverKey _handover;
        private int _step;

        public override void Reset(RunContext run)
        {
            _router = mobile.FirstRouter;
            _step = 0;
            _timer = new TestTimer("request");
        }

        public override void OnTrigger(HandoverKey handover, NodeId newRouter, Effects effects)
        {
            _handover = handover;
            _next = newRouter;
            Ask(1, effects);
        }

        public override void OnPacket(Packet packet, Effects effects)
        {
            if (packet.Message is not Answer answer || answer.Step != _step)
                return;
            effects.Cancel(_timer!);
            if (_step == 1)
            {
                effects.Mark(Mark.Prepared);
                effects.SwitchLink(_next);
                return;
            }

            effects.Mark(Mark.Registered);
            effects.Complete(Outcome.Predictive);
        }

        public override void OnLinkUp(NodeId router, Effects effects)
        {
            _router = router;
            Ask(2, effects);
        }

        public override void OnTimer(ProtocolTimer timer, Effects effects) => Ask(_step, effects);

        private void Ask(int step, Effects effects)
        {
            _step = step;
            effects.Send(new Packet(Address.On(_router, mobile.Node), Address.Of(mobile.HomeAgent), new Request(step), _handover));
            effects.Start(_timer!, Networks.Ms(200));
        }
    }

    private sealed class Signer(NodeId id) : RoleMachine
    {
        public override void Reset(RunContext run)
        {
        }

        public override void OnPacket(Packet packet, Effects effects)
        {
            if (packet.Message is Request)
                effects.Compute(CryptoOperation.IdentitySign, packet);
        }

        public override void OnComputed(object continuation, Effects effects)
        {
            var request = (Packet)continuation;
            effects.Send(new Packet(Address.Of(id), request.Source, new Answer(((Request)request.Message).Step), request.Handover));
        }
    }
}

/// <summary>Writes down what an observer sees, one line each.</summary>
internal sealed class Notes(NetworkPlan plan) : INetworkObserver
{
    public List<string> Lines { get; } = [];

    public void Sent(SimTime at, NodeId node, NodeId nextHop, Packet packet) =>
        Lines.Add($"{at.Milliseconds} {plan[node].Name} sends {packet.Message.Name} to {plan[nextHop].Name}");

    public void Received(SimTime at, NodeId node, Packet packet) =>
        Lines.Add($"{at.Milliseconds} {plan[node].Name} receives {packet.Message.Name}");

    public void Lost(SimTime at, NodeId node, Packet packet) =>
        Lines.Add($"{at.Milliseconds} {plan[node].Name} loses {packet.Message.Name}");

    public void Computing(SimTime at, NodeId node, CryptoOperation operation, TimeSpan cost) =>
        Lines.Add($"{at.Milliseconds} {plan[node].Name} computes {operation} for {cost.TotalMilliseconds}");

    public void TimerExpired(SimTime at, NodeId node, ProtocolTimer timer) =>
        Lines.Add($"{at.Milliseconds} {plan[node].Name} timer {timer.Name}");

    public void Marked(SimTime at, NodeId node, Mark mark) =>
        Lines.Add($"{at.Milliseconds} {plan[node].Name} mark {mark}");

    public void Completed(SimTime at, HandoverKey handover, Outcome outcome) =>
        Lines.Add($"{at.Milliseconds} {plan[handover.Mobile].Name} completes {outcome.Name}");
}
