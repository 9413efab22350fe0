using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Schemes.WangPrasad;

/// <summary>What the serving network keeps of a mobile node that is about to leave.</summary>
public sealed class Departure(NodeId mobile, HandoverKey handover, ushort identifier, Address newRouter, SecretKey key) : MobileSession(mobile)
{
    public HandoverKey Handover { get; } = handover;

    /// <summary>Of the decision.</summary>
    public ushort Identifier { get; } = identifier;

    public Address NewRouter { get; } = newRouter;

    /// <summary>K, which the serving network knows, and so can impersonate both ends.</summary>
    public SecretKey Key { get; } = key;

    /// <summary>Of the transfer.</summary>
    public ushort Sequence { get; init; }

    /// <summary>Where the mobile node was when it told its decision last.</summary>
    public Address ReplyTo { get; set; }
}

/// <summary>
/// An access router as serving network (SN of [3]): it decides on a key for the mobile node and the target network, gives
/// it to the target first and, once that has acknowledged, to the node.
/// </summary>
public sealed class PreviousAccessRouter : RoleMachine
{
    private readonly NetworkFacts _network;
    private readonly NodeId _self;
    private readonly TimeSpan _retransmission;
    private RandomStream _keys;
    private ushort _lastSequence;

    public PreviousAccessRouter(RoleContext context)
    {
        _network = context.Network;
        _self = context.Node.Id;
        _retransmission = context.Options.Duration(RetransmissionOption.Name);
        Departures = SessionTable<Departure>.ForTimeout(_retransmission);
    }

    public SessionTable<Departure> Departures { get; }

    public override void Reset(RunContext run)
    {
        Departures.Clear();
        _keys = run.Stream((ulong)_self.Index, StreamPurpose.Nonce);
        _lastSequence = run.FirstSequence;
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        Departures.Expire(effects);
        switch (packet.Message)
        {
            case HandoverDecision decision:
                OnDecision(packet.Source, decision, packet.Handover, effects);
                break;
            case KeyAcknowledgement acknowledgement:
                if (Departures.TryFind(acknowledgement.Mobile, out var departure) && departure.IsOpen
                    && departure.Sequence == acknowledgement.Sequence && departure.NewRouter == packet.Source
                    && IsAuthentic(departure, acknowledgement))
                {
                    departure.Close(effects);
                    Departures.Touch(departure, effects);
                    Permit(departure, effects);
                }

                break;
        }
    }

    public override void OnTimer(ProtocolTimer timer, Effects effects)
    {
        if (timer is not Departure departure || !Departures.Holds(departure))
            return;
        if (departure.MayRepeat)
            departure.Repeat(effects);
        else
            Departures.Remove(departure, effects);
    }

    private bool IsAuthentic(Departure departure, KeyAcknowledgement acknowledgement)
    {
        var target = departure.NewRouter.PrefixOwner;
        return SecretKey.Provisioned(_self, target).Verify(
            acknowledgement.Proof, KeyAcknowledgement.Covered(target, _self, departure.Sequence, departure.Mobile));
    }

    private void OnDecision(Address source, HandoverDecision decision, HandoverKey handover, Effects effects)
    {
        var mobile = source.Host;
        var association = SecretKey.Provisioned(mobile, _self);
        if (!association.Verify(decision.Proof, HandoverDecision.Covered(mobile, decision.Identifier, decision.NewAccessPoint)))
            return;
        if (Departures.TryFind(mobile, out var former))
        {
            if (former.Identifier == decision.Identifier)
            {
                Departures.Touch(former, effects);
                former.ReplyTo = source;
                if (!former.IsOpen)
                    Permit(former, effects);
            }

            if (!SequenceNumber.IsNewer(decision.Identifier, former.Identifier))
                return;
        }

        if (_network.RouterOf(decision.NewAccessPoint) is { } target)
            Transfer(source, decision, Address.Of(target), handover, effects);
        else
            Send(source, decision.Identifier, null, null, handover, effects);
    }

    private void Transfer(Address source, HandoverDecision decision, Address target, HandoverKey handover, Effects effects)
    {
        var mobile = source.Host;
        var key = new SecretKey(default(Digest).With(_keys.NextUInt64()));
        var departure = new Departure(mobile, handover, decision.Identifier, target, key) { Sequence = ++_lastSequence, ReplyTo = source };
        Departures.Put(departure, effects);
        var trust = SecretKey.Provisioned(_self, target.PrefixOwner);
        var wrapped = trust.Wrap(key);
        var proof = trust.Authenticate(KeyTransfer.Covered(_self, target.PrefixOwner, departure.Sequence, mobile, wrapped));
        var transfer = new KeyTransfer(departure.Sequence, mobile, wrapped, proof);
        departure.Open(new Packet(Address.Of(_self), target, transfer, handover), _retransmission, effects);
    }

    private void Permit(Departure departure, Effects effects)
    {
        var wrapped = SecretKey.Provisioned(departure.Mobile, _self).Wrap(departure.Key);
        Send(departure.ReplyTo, departure.Identifier, departure.NewRouter, wrapped, departure.Handover, effects);
    }

    private void Send(Address to, ushort identifier, Address? router, WrappedKey? key, HandoverKey handover, Effects effects)
    {
        var proof = SecretKey.Provisioned(to.Host, _self).Authenticate(HandoverPermission.Covered(to.Host, identifier, router, key));
        effects.Send(Address.Of(_self), to, new HandoverPermission(identifier, router, key, proof), handover);
    }
}
