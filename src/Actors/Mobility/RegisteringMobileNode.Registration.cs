using Actors.Kernel;
using Actors.Network;
using Actors.Observation;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Mobility;

/// <summary>The registration: binding updates and their acknowledgements, and lifetimes that are asked for anew between handovers.</summary>
public abstract partial class RegisteringMobileNode
{
    /// <summary>Requested lifetime of a binding, in units of 4 s: 420 s, RFC 3775's MAX_RR_BINDING_LIFETIME.</summary>
    private const ushort LifetimeUnits = 105;

    private static readonly TimeSpan LifetimeUnit = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan InitialBindingTimeout = TimeSpan.FromSeconds(1);
    private bool _asksForBinding;
    private BindingStatus? _refusal;
    private BindingRefresh? _refresh;
    private ushort _sequence;
    private ushort _firstSequence;

    /// <summary>Of <see cref="Registration"/>, in which the host of the care-of address is always this node: whose link, or whose region, it is on.</summary>
    private NodeId _registeredOn;
    private ushort _registeredSequence;
    private SimTime? _registeredUntil;

    /// <summary>The binding that was acknowledged last; null before the first registration.</summary>
    public BindingUpdateListEntry? Registration => _registeredUntil is { } expiresAt
        ? new BindingUpdateListEntry(Address.On(_registeredOn, Self), _registeredSequence, expiresAt)
        : null;

    /// <summary>The registration of a node in a hierarchy; null for one that registers at home alone.</summary>
    protected virtual RegionalRegistration? Regional => null;

    /// <summary>Whom <see cref="Register"/> asks; the home agent, except in a hierarchy.</summary>
    protected virtual Registrar Registrar => Regional is { IsAtHome: false } regional
        ? Registrar.At(regional.AnchorPoint, CareOfAddress)
        : new Registrar(HomeAgentAddress, HomeAddress, Regional?.CareOfAddress ?? CareOfAddress, false);

    /// <summary>Whether a binding update of this handover waits for its acknowledgement.</summary>
    protected bool IsRegistering { get; private set; }

    /// <summary>Of a binding update: INITIAL_BINDACK_TIMEOUT of RFC 3775 section 12 at least.</summary>
    private TimeSpan BindingTimeout => Retransmission > InitialBindingTimeout ? Retransmission : InitialBindingTimeout;

    /// <summary>
    /// An update on its way to the registrar. In a hierarchy one to the home agent has the regional address as its source, so it goes
    /// through the anchor point (RFC 5380 section 6.1).
    /// </summary>
    protected virtual Packet PacketOf(BindingUpdate update)
    {
        var esp = EspOverhead.Bytes(EspMode.Transport, update.IsLocal ? BindingUpdate.LocalHeaderBytes : BindingUpdate.HeaderBytes);
        if (Regional is not { IsAtHome: true } regional)
            return PacketTo(Registrar.Agent, update, esp);
        var inner = new Packet(regional.CareOfAddress, HomeAgentAddress, update, Handover, esp);
        return Tunnelled.Wrap(CareOfAddress, Address.Of(regional.AnchorPoint), inner, isProtected: false);
    }

    /// <summary>The care-of address is registered.</summary>
    protected virtual void Registered(Effects effects) => Succeed(effects);

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

    private void OnAcknowledgement(BindingAcknowledgement acknowledgement, Effects effects)
    {
        var isOurs = SequenceNumber.IsWithin(acknowledgement.Sequence, _firstSequence, _sequence);
        if (acknowledgement.Status == BindingStatus.SequenceOutOfWindow)
        {
            if (CatchesUp(acknowledgement, isOurs) && Step == HandoverStep.Registering)
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

    private void OnAccepted(BindingAcknowledgement acknowledgement, Effects effects)
    {
        if (Regional?.GoesOn(effects) == true)
        {
            Register(effects);
            return;
        }

        Renewed(acknowledgement, effects);
        effects.Mark(Mark.Registered);
        ScheduleRefresh(effects);
        Registered(effects);
    }

    /// <summary>The agent has seen this number or a later one, since an acknowledgement was lost: whether to go on with the next.</summary>
    private bool CatchesUp(BindingAcknowledgement acknowledgement, bool isOurs)
    {
        if (isOurs)
            return true;
        if (!SequenceNumber.IsNewer(acknowledgement.Sequence, _sequence))
            return false;
        _sequence = acknowledgement.Sequence;
        return true;
    }

    private static string Refused(BindingStatus status) => "BU refused: " + status;

    private void ScheduleRefresh(Effects effects)
    {
        if (_run.End is { } end && CareOfAddress != HomeAddress)
            (_refresh ??= new BindingRefresh()).Schedule(_registeredUntil!.Value, BindingTimeout, end, effects);
    }

    /// <summary>The time has come, or an update for the refresh is unanswered.</summary>
    private void Refresh(BindingRefresh refresh, Effects effects)
    {
        if (!refresh.IsOpen)
        {
            refresh.Ring();
            Regional?.RefreshStarts();
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
            if (CatchesUp(acknowledgement, isOurs))
                Renew(refresh, effects);
        }
        else if (isOurs && acknowledgement.Status == BindingStatus.Accepted && Regional?.RefreshGoesOn() == true)
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

    private void Renewed(BindingAcknowledgement acknowledgement, Effects effects)
    {
        _registeredOn = Registrar.CareOfAddress.PrefixOwner;
        _registeredSequence = acknowledgement.Sequence;
        _registeredUntil = effects.Now + LifetimeUnit * acknowledgement.LifetimeUnits;
    }

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
}
