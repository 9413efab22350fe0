using Actors.Kernel;
using Actors.Network;
using Actors.Observation;
using Topology.Addressing;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Mobility;

/// <summary>The entry of a mobile node's binding update list for the node that it registers with (RFC 3775 section 11.1).</summary>
/// <param name="ExpiresAt">End of the lifetime that was granted.</param>
public readonly record struct BindingUpdateListEntry(Address CareOfAddress, ushort Sequence, SimTime ExpiresAt);

/// <summary>Who keeps a binding, and of which addresses.</summary>
public readonly record struct Registrar(Address Agent, Address HomeAddress, Address CareOfAddress, bool IsAnchorPoint)
{
    /// <summary>A mobility anchor point, which binds the regional care-of address of a mobile node to its on-link one.</summary>
    public static Registrar At(NodeId anchorPoint, Address careOfAddress) =>
        new(Address.Of(anchorPoint), Address.On(anchorPoint, careOfAddress.Host), careOfAddress, true);
}

/// <summary>
/// What the mobile nodes of all schemes have in common: one handover at a time, one request at a time that is sent again
/// until it is answered, and the registration with the home agent. The shell marks trigger, link-down and link-up.
/// A trigger during a handover ends that one; a link that fails before the node leaves it leads to <see cref="Recover"/>.
/// </summary>
public abstract class RegisteringMobileNode : MobileNodeMachine
{
    /// <summary>Requested lifetime of a binding, in units of 4 s: 420 s, RFC 3775's MAX_RR_BINDING_LIFETIME.</summary>
    private const ushort LifetimeUnits = 105;

    private static readonly TimeSpan LifetimeUnit = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan InitialBindingTimeout = TimeSpan.FromSeconds(1);
    private readonly NodeId _homeAgent;
    private readonly NodeId _firstRouter;
    private readonly MovementDelays _delays;
    private RunContext _run = null!;
    private Exchange? _exchange;
    private Pause? _pause;
    private HandoverStep? _lostIn;
    private bool _isSighted;
    private bool _asksForBinding;
    private BindingStatus? _refusal;
    private BindingRefresh? _refresh;
    private ushort _sequence;
    private ushort _firstSequence;

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

    /// <summary>The binding that was acknowledged last; null before the first registration.</summary>
    public BindingUpdateListEntry? Registration { get; private set; }

    public Address HomeAddress => Address.On(_homeAgent, Self);

    /// <summary>The address on the present link.</summary>
    public Address CareOfAddress => Address.On(Router, Self);

    /// <summary>The address on the link that the present handover started from.</summary>
    protected Address PreviousCareOfAddress => Address.On(PreviousRouter, Self);

    protected NodeId Self { get; }

    protected Address HomeAgentAddress => Address.Of(_homeAgent);

    /// <summary>Whom <see cref="Register"/> asks; the home agent, except in a hierarchy.</summary>
    protected virtual Registrar Registrar => new(HomeAgentAddress, HomeAddress, CareOfAddress, false);

    /// <summary>Whether a binding update of this handover waits for its acknowledgement.</summary>
    protected bool IsRegistering { get; private set; }

    protected TimeSpan Retransmission { get; }

    /// <summary>Of a binding update: INITIAL_BINDACK_TIMEOUT of RFC 3775 section 12 at least.</summary>
    private TimeSpan BindingTimeout => Retransmission > InitialBindingTimeout ? Retransmission : InitialBindingTimeout;

    protected NodeId NewRouter { get; private set; }

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
        _lostIn = null;
        Registration = null;
        IsRegistering = false;
        _sequence = 0;
        _exchange = null;
        _refresh = null;
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
        if (Step != HandoverStep.Switching)
            return;
        var lostIn = _lostIn;
        _lostIn = null;
        if (lostIn is { } step)
            Recover(step, effects);
        else
            Attached(effects);
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

    /// <summary>The binding is accepted.</summary>
    protected virtual void OnAccepted(BindingAcknowledgement acknowledgement, Effects effects)
    {
        Renewed(acknowledgement, effects);
        effects.Mark(Mark.Registered);
        ScheduleRefresh(effects);
        Registered(effects);
    }

    /// <summary>The care-of address is registered.</summary>
    protected virtual void Registered(Effects effects) => Succeed(effects);

    /// <summary>All that the scheme asks for is done.</summary>
    protected virtual void Succeed(Effects effects) => Finish(Fallback ?? Success, effects);

    /// <summary>A handover is over, well or not: give up what is still open.</summary>
    protected virtual void Ended(Effects effects)
    {
    }

    /// <summary>An update on its way to the registrar.</summary>
    protected virtual Packet PacketOf(BindingUpdate update) =>
        PacketTo(Registrar.Agent, update, EspOverhead.Bytes(EspMode.Transport, update.IsLocal ? BindingUpdate.LocalHeaderBytes : BindingUpdate.HeaderBytes));

    /// <summary>The lifetime is about to be asked for anew: at whom first.</summary>
    protected virtual void RefreshStarts()
    {
    }

    /// <summary>The registrar of the moment has renewed the lifetime: whether another one has to.</summary>
    protected virtual bool RefreshGoesOn() => false;

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

    /// <summary>Register the present care-of address.</summary>
    protected void Register(Effects effects)
    {
        Step = HandoverStep.Registering;
        effects.Mark(Mark.BindingUpdateSent);
        IsRegistering = true;
        _refusal = null;
        _firstSequence = (ushort)(_sequence + 1);
        Reopen(true).Open(BindingUpdatePacket(), BindingTimeout, effects);
    }

    /// <summary>Wait for the acknowledgement of an update that travels on another way; register directly when it does not come.</summary>
    protected void AwaitRegistration(Effects effects)
    {
        Step = HandoverStep.Registering;
        Reopen(true).Await(PacketOf(LastBindingUpdate()), BindingTimeout, effects);
    }

    /// <summary>The update of this handover, with a new sequence number, for another node to pass on.</summary>
    protected BindingUpdate FirstBindingUpdate()
    {
        IsRegistering = true;
        _refusal = null;
        _firstSequence = ++_sequence;
        return LastBindingUpdate();
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

    private void OnAcknowledgement(BindingAcknowledgement acknowledgement, Effects effects)
    {
        var isOurs = SequenceNumber.IsWithin(acknowledgement.Sequence, _firstSequence, _sequence);
        if (acknowledgement.Status == BindingStatus.SequenceOutOfWindow)
        {
            // The home agent has seen this number or a later one: an acknowledgement was lost. Go on with the next.
            if (!isOurs && !SequenceNumber.IsNewer(acknowledgement.Sequence, _sequence))
                return;
            if (!isOurs)
                _sequence = acknowledgement.Sequence;
            if (Step == HandoverStep.Registering)
                Reopen(true).Open(BindingUpdatePacket(), BindingTimeout, effects);
        }
        else if (isOurs && acknowledgement.Status == BindingStatus.Accepted)
        {
            IsRegistering = false;
            OnAccepted(acknowledgement, effects);
        }
        else if (isOurs && acknowledgement.Status == BindingStatus.InsufficientResources)
        {
            // It may have some later: the next update leaves when this one would have been sent again.
            _refusal = acknowledgement.Status;
        }
        else if (isOurs)
        {
            Fail(Refused(acknowledgement.Status), effects);
        }
    }

    private static string Refused(BindingStatus status) => "BU refused: " + status;

    private void ScheduleRefresh(Effects effects)
    {
        if (_run.End is { } end)
            (_refresh ??= new BindingRefresh()).Schedule(Registration!.Value.ExpiresAt, BindingTimeout, end, effects);
    }

    /// <summary>The time has come, or an update for the refresh is unanswered.</summary>
    private void Refresh(BindingRefresh refresh, Effects effects)
    {
        if (!refresh.IsOpen)
        {
            refresh.Ring();
            RefreshStarts();
            Renew(refresh, effects);
        }
        else if (refresh.MayRepeat)
        {
            refresh.Repeat(effects, BindingUpdatePacket());
        }
        else
        {
            refresh.Close(effects);
        }
    }

    private void Renew(BindingRefresh refresh, Effects effects)
    {
        refresh.FirstSequence = (ushort)(_sequence + 1);
        refresh.Open(BindingUpdatePacket(), BindingTimeout, effects);
    }

    private void OnRefreshed(BindingRefresh refresh, BindingAcknowledgement acknowledgement, Effects effects)
    {
        var isOurs = SequenceNumber.IsWithin(acknowledgement.Sequence, refresh.FirstSequence, _sequence);
        if (acknowledgement.Status == BindingStatus.SequenceOutOfWindow)
        {
            if (!isOurs && SequenceNumber.IsNewer(acknowledgement.Sequence, _sequence))
                _sequence = acknowledgement.Sequence;
            else if (!isOurs)
                return;
            Renew(refresh, effects);
        }
        else if (isOurs && acknowledgement.Status == BindingStatus.Accepted && RefreshGoesOn())
        {
            Renew(refresh, effects);
        }
        else if (isOurs && acknowledgement.Status == BindingStatus.Accepted)
        {
            refresh.Close(effects);
            Renewed(acknowledgement, effects);
            ScheduleRefresh(effects);
        }
        else if (isOurs && acknowledgement.Status != BindingStatus.InsufficientResources)
        {
            refresh.Close(effects);
        }
    }

    private void Renewed(BindingAcknowledgement acknowledgement, Effects effects) => Registration = new BindingUpdateListEntry(
        Registrar.CareOfAddress, acknowledgement.Sequence, effects.Now + LifetimeUnit * acknowledgement.LifetimeUnits);

    /// <summary>Every transmission of a binding update has a sequence number of its own (RFC 3775 section 11.8).</summary>
    private Packet BindingUpdatePacket()
    {
        _sequence++;
        return PacketOf(LastBindingUpdate());
    }

    private BindingUpdate LastBindingUpdate()
    {
        var registrar = Registrar;
        return new BindingUpdate(registrar.HomeAddress, registrar.CareOfAddress, _sequence, LifetimeUnits) { IsLocal = registrar.IsAnchorPoint };
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
