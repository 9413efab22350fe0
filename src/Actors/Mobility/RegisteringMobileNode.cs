using Actors.Kernel;
using Actors.Network;
using Actors.Observation;
using Topology.Addressing;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Mobility;

/// <summary>
/// What the mobile nodes of all schemes have in common: one handover at a time, one request at a time that is sent again
/// until it is answered, and the registration with the home agent. The shell marks trigger, link-down and link-up.
/// A trigger during a handover ends that one; a link that fails before the node leaves it leads to <see cref="Recover"/>.
/// </summary>
public abstract partial class RegisteringMobileNode : MobileNodeMachine
{
    private readonly NodeId _homeAgent;
    private readonly NodeId _firstRouter;
    private readonly MovementDelays _delays;
    private RunContext _run = null!;
    private Exchange? _exchange;
    private Pause? _pause;
    private HandoverStep? _lostIn;
    private bool _isSighted;

    /// <summary>The number of the handover that has brought the node to its link, whose delays its data meets.</summary>
    private int _arrival;

    protected RegisteringMobileNode(RoleContext context)
    {
        var mobile = context.Mobile ?? throw new ArgumentException($"{context.Node.Name} is no mobile node");
        Self = mobile.Node;
        _homeAgent = mobile.HomeAgent;
        _firstRouter = mobile.FirstRouter;
        _delays = context.Delays;
        Retransmission = context.Options.Duration(RetransmissionOption.Name);
    }

    public HandoverStep Step { get; protected set; }

    /// <summary>The router of the cell that the node is attached to, or was last.</summary>
    public NodeId Router { get; private set; }

    /// <summary>The router that the present handover started from.</summary>
    public NodeId PreviousRouter { get; private set; }

    public Address HomeAddress => Address.On(_homeAgent, Self);

    /// <summary>The address on the present link.</summary>
    public Address CareOfAddress => Address.On(Router, Self);

    /// <summary>The address on the link that the present handover started from.</summary>
    protected Address PreviousCareOfAddress => Address.On(PreviousRouter, Self);

    protected NodeId Self { get; }

    protected Address HomeAgentAddress => Address.Of(_homeAgent);

    protected TimeSpan Retransmission { get; }

    protected NodeId NewRouter { get; private set; }

    /// <summary>What data from the present link carries as its cause.</summary>
    protected HandoverKey Arrival => new(Self, _arrival);

    protected HandoverKey Handover { get; private set; }

    protected Address RouterAddress => Address.Of(Router);

    /// <summary>How a handover of this scheme ends well.</summary>
    protected abstract Outcome Success { get; }

    /// <summary>How the present handover will end instead, since the old link has failed too early; null where it has not.</summary>
    protected Outcome? Fallback { get; set; }

    public override void Reset(RunContext run)
    {
        _run = run;
        Router = PreviousRouter = _firstRouter;
        Fallback = null;
        Step = HandoverStep.Idle;
        _pause = null;
        _isSighted = false;
        _arrival = 1;
        _lostIn = null;
        _registeredUntil = null;
        IsRegistering = false;
        _sequence = 0;
        _exchange = null;
        _refresh = null;
        Regional?.Reset();
    }

    public sealed override void OnTrigger(HandoverKey handover, NodeId newRouter, Effects effects)
    {
        if (Step != HandoverStep.Idle && !(_isSighted && Handover == handover && NewRouter == newRouter))
            GiveUp(effects);
        _refresh?.Stop(effects);
        Begin(handover, newRouter);
        _isSighted = false;
        Prepare(effects);
    }

    public sealed override void OnNeighbor(HandoverKey handover, NodeId newRouter, Effects effects)
    {
        if (Step != HandoverStep.Idle)
            return;
        Begin(handover, newRouter);
        _isSighted = true;
        OnNeighbor(effects);
    }

    public sealed override void OnLinkDown(Effects effects)
    {
        if (Step is HandoverStep.Switching or HandoverStep.Idle)
            return;
        Answered(effects);
        _lostIn = Step;
        Step = HandoverStep.Switching;
    }

    public sealed override void OnLinkUp(NodeId router, Effects effects)
    {
        Router = router;
        _arrival = Handover.Number;
        if (Step != HandoverStep.Switching)
            return;
        var lostIn = _lostIn;
        _lostIn = null;
        if (lostIn is { } step)
            Recover(step, effects);
        else
            Attached(effects);
    }

    /// <summary>
    /// At home straight from the home address, elsewhere to the home agent in a tunnel (RFC 6275 section 11.3.1), which in a hierarchy is
    /// inside one to the anchor point.
    /// </summary>
    public override Packet? Uplink(DataPacket data, Address correspondent)
    {
        var packet = new Packet(HomeAddress, correspondent, data, Arrival);
        if (CareOfAddress == HomeAddress)
            return packet;
        if (Regional is not { } regional)
            return new Packet(CareOfAddress, HomeAgentAddress, new Tunnelled(packet), Arrival);
        var home = new Packet(regional.CareOfAddress, HomeAgentAddress, new Tunnelled(packet), Arrival);
        return new Packet(CareOfAddress, Address.Of(regional.AnchorPoint), new Tunnelled(home), Arrival);
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is Tunnelled { Inner: var inner })
            OnPacket(inner, effects);
        else if (packet.Message is not BindingAcknowledgement acknowledgement)
            return;
        else if (IsRegistering)
            OnAcknowledgement(acknowledgement, effects);
        else if (_refresh is { IsOpen: true })
            OnRefreshed(_refresh, acknowledgement, effects);
    }

    public sealed override void OnTimer(ProtocolTimer timer, Effects effects)
    {
        if (ReferenceEquals(timer, _pause))
            Continue(_pause.For, effects);
        else if (timer is BindingRefresh refresh)
            Refresh(refresh, effects);
        else if (!ReferenceEquals(timer, _exchange))
            OnOtherTimer(timer, effects);
        else if (!_exchange.IsOpen)
            return;
        else if (!_exchange.MayRepeat)
            Fail(_asksForBinding && _refusal is { } status ? Refused(status) : _exchange.Request!.Message.Name + " unanswered", effects);
        else
            _exchange.Repeat(effects, _asksForBinding ? BindingUpdatePacket() : null);
    }

    /// <summary>What can be done before the trigger.</summary>
    protected virtual void OnNeighbor(Effects effects)
    {
    }

    /// <summary>The first step of a handover, on the old link; or the next, where <see cref="OnNeighbor(Effects)"/> has begun.</summary>
    protected abstract void Prepare(Effects effects);

    /// <summary>The first step on the new link.</summary>
    protected abstract void Attached(Effects effects);

    /// <summary>The first step on the new link when the old one has failed before the node was ready to leave it.</summary>
    /// <param name="lostIn">The step that the failure has interrupted.</param>
    protected virtual void Recover(HandoverStep lostIn, Effects effects) => Attached(effects);

    /// <summary>The node knows that it has moved.</summary>
    protected virtual void MovementDetected(Effects effects)
    {
    }

    /// <summary>The new address may be used.</summary>
    protected virtual void AddressConfirmed(Effects effects)
    {
    }

    /// <summary>A timer of a scheme's own.</summary>
    protected virtual void OnOtherTimer(ProtocolTimer timer, Effects effects)
    {
    }

    /// <summary>All that the scheme asks for is done.</summary>
    protected virtual void Succeed(Effects effects) => Finish(Fallback ?? Success, effects);

    /// <summary>A handover is over, well or not: give up what is still open.</summary>
    protected virtual void Ended(Effects effects)
    {
    }

    /// <summary>Send a request of which a lost copy is replaced; the request before it is over.</summary>
    protected void Ask(Address to, Message request, Effects effects, int espBytes = 0) => Ask(PacketTo(to, request, espBytes), effects);

    protected void Ask(Packet request, Effects effects) => Reopen(false).Open(
        request,
        request.Message is IRateLimited limited && limited.LeastInterval > Retransmission ? limited.LeastInterval : Retransmission,
        effects);

    protected void Send(Address to, Message message, Effects effects) => effects.Send(PacketTo(to, message, 0));

    /// <summary>A packet of this handover from the present care-of address.</summary>
    protected Packet PacketTo(Address to, Message message, int espBytes) => new(CareOfAddress, to, message, Handover, espBytes);

    /// <summary>Whether a request waits for its answer.</summary>
    protected bool IsAsking => _exchange is { IsOpen: true };

    /// <summary>The request is answered.</summary>
    protected void Answered(Effects effects) => _exchange?.Close(effects);

    protected void SwitchLink(Effects effects)
    {
        Step = HandoverStep.Switching;
        effects.SwitchLink(NewRouter);
    }

    /// <summary>Let MD pass, then <see cref="MovementDetected"/>.</summary>
    protected void DetectMovement(Effects effects)
    {
        Step = HandoverStep.DetectingMovement;
        PauseFor(StreamPurpose.MovementDetection, _delays.MovementDetection, effects);
    }

    /// <summary>Let DAD pass, then <see cref="AddressConfirmed"/>.</summary>
    protected void ConfirmAddress(Effects effects)
    {
        Step = HandoverStep.ConfiguringAddress;
        PauseFor(StreamPurpose.DuplicateAddressDetection, _delays.DuplicateAddressDetection, effects);
    }

    protected void Fail(string reason, Effects effects) => Finish(Outcome.Failed(reason), effects);

    protected void Finish(Outcome outcome, Effects effects)
    {
        GiveUp(effects);
        effects.Complete(outcome);
    }

    private void Begin(HandoverKey handover, NodeId newRouter)
    {
        Handover = handover;
        PreviousRouter = Router;
        NewRouter = newRouter;
    }

    private void GiveUp(Effects effects)
    {
        Answered(effects);
        if (_pause is not null)
            effects.Cancel(_pause);
        Ended(effects);
        IsRegistering = false;
        _lostIn = null;
        _isSighted = false;
        Fallback = null;
        Step = HandoverStep.Idle;
    }

    private void PauseFor(StreamPurpose purpose, DelayDistribution delay, Effects effects)
    {
        var length = MovementDelays.Of(delay, _run, purpose, Handover);
        if (length == TimeSpan.Zero)
        {
            Continue(purpose, effects);
            return;
        }

        _pause ??= new Pause();
        _pause.For = purpose;
        effects.Start(_pause, length);
    }

    private void Continue(StreamPurpose purpose, Effects effects)
    {
        if (purpose == StreamPurpose.MovementDetection)
            MovementDetected(effects);
        else
            AddressConfirmed(effects);
    }

    private Exchange Reopen(bool asksForBinding)
    {
        _asksForBinding = asksForBinding;
        return _exchange ??= new Exchange();
    }

    private sealed class Pause : ProtocolTimer
    {
        public StreamPurpose For { get; set; }

        public override string Name => For == StreamPurpose.MovementDetection ? "movement detection" : "duplicate address detection";
    }
}
