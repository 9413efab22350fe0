using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.WangPrasad;

/// <summary>What the target network keeps of a mobile node that is about to come.</summary>
public sealed class Arrival(NodeId mobile, Address previousRouter, ushort sequence, SecretKey key) : MobileSession(mobile)
{
    public Address PreviousRouter { get; } = previousRouter;

    /// <summary>Of the transfer.</summary>
    public ushort Sequence { get; } = sequence;

    /// <summary>K.</summary>
    public SecretKey Key { get; } = key;

    /// <summary>Whether the mobile node has proved that it holds the key: only then it may send and receive.</summary>
    public bool IsAdmitted { get; set; }

    /// <summary>Data that is held back until then; null for none yet.</summary>
    public PacketBuffer? Buffer { get; set; }
}

/// <summary>An access router as target network (TN of [3]): it takes the key from the serving network, which it trusts, and lets in who holds it.</summary>
public sealed class NewAccessRouter : RoleMachine
{
    private readonly NodeId _self;
    private readonly int? _bufferPackets;

    public NewAccessRouter(RoleContext context)
    {
        _self = context.Node.Id;
        _bufferPackets = context.BufferPackets;
        Arrivals = SessionTable<Arrival>.ForTimeout(context.Options.Duration(RetransmissionOption.Name));
    }

    public SessionTable<Arrival> Arrivals { get; }

    public override void Reset(RunContext run) => Arrivals.Clear();

    public override void OnPacket(Packet packet, Effects effects)
    {
        Arrivals.Expire(effects);
        switch (packet.Message)
        {
            case KeyTransfer transfer:
                OnTransfer(packet, transfer, effects);
                break;
            case FastAuthenticationRequest request:
                if (Arrivals.TryFind(packet.Source.Host, out var arrival)
                    && arrival.Key.Verify(request.Proof, FastAuthenticationRequest.Covered(arrival.Mobile, _self, request.Nonce)))
                    Admit(arrival, packet, request, effects);
                break;
        }
    }

    /// <summary>Data for a mobile node that has not proved its key yet is held back.</summary>
    public override bool OnTransit(Packet packet, Effects effects)
    {
        if (packet.Message.Data is null)
            return false;
        Arrivals.Expire(effects);
        if (!Arrivals.TryFind(packet.Destination.Host, out var arrival) || arrival.IsAdmitted)
            return false;
        (arrival.Buffer ??= new PacketBuffer(_bufferPackets)).Add(packet, effects);
        return true;
    }

    private void OnTransfer(Packet packet, KeyTransfer transfer, Effects effects)
    {
        var serving = packet.Source.PrefixOwner;
        var trust = SecretKey.Provisioned(serving, _self);
        if (!trust.Verify(transfer.Proof, KeyTransfer.Covered(serving, _self, transfer.Sequence, transfer.Mobile, transfer.Key))
            || trust.Unwrap(transfer.Key) is not { } key)
            return;
        if (!Arrivals.TryFind(transfer.Mobile, out var former) || former.PreviousRouter != packet.Source
            || SequenceNumber.IsNewer(transfer.Sequence, former.Sequence))
            Arrivals.Put(new Arrival(transfer.Mobile, packet.Source, transfer.Sequence, key), effects);
        else if (former.Sequence == transfer.Sequence)
            Arrivals.Touch(former, effects);
        else
            return;
        var proof = trust.Authenticate(KeyAcknowledgement.Covered(_self, serving, transfer.Sequence, transfer.Mobile));
        var acknowledgement = new KeyAcknowledgement(transfer.Sequence, transfer.Mobile, proof);
        effects.Send(Address.Of(_self), packet.Source, acknowledgement, packet.Handover);
    }

    private void Admit(Arrival arrival, Packet packet, FastAuthenticationRequest request, Effects effects)
    {
        arrival.IsAdmitted = true;
        Arrivals.Touch(arrival, effects);
        var proof = arrival.Key.Authenticate(FastAuthenticationReply.Covered(arrival.Mobile, _self, request.Nonce));
        effects.Send(Address.Of(_self), packet.Source, new FastAuthenticationReply(request.Nonce, proof), packet.Handover);
        arrival.Buffer?.Release(effects.Send, effects);
    }
}
