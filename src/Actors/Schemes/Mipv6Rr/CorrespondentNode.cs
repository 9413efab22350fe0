using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Schemes.Mipv6Rr;

/// <summary>
/// A correspondent (RFC 3775 section 9): it answers tests without keeping anything, and takes a binding only from one who
/// has proved to be reached at both addresses.
/// </summary>
public sealed class CorrespondentNode(NodeId self) : RoleMachine, IRouteOptimiser
{
    /// <summary>A new nonce each 30 s (RFC 3775 section 5.2.2); old ones are good for MAX_NONCE_LIFETIME, 240 s.</summary>
    private static readonly TimeSpan NoncePeriod = TimeSpan.FromSeconds(30);

    private const int NoncesKept = 8;
    private readonly Address _address = Address.Of(self);
    private CorrespondentSecret _secret;

    public BindingCache Bindings { get; private init; } = new();

    /// <summary>Where a mobile node is bound when a run starts; only data is sent there.</summary>
    public Func<NodeId, Address>? FirstBinding
    {
        init => Bindings = new BindingCache { First = value };
    }

    public override void Reset(RunContext run)
    {
        Bindings.Reset(run);
        _secret = new CorrespondentSecret(run.Stream((ulong)self.Index, StreamPurpose.Nonce).NextUInt64());
    }

    public Address? RouteTo(Address home, SimTime now) => Bindings.FindForData(home, now)?.CareOfAddress;

    public override void OnPacket(Packet packet, Effects effects)
    {
        var nonceIndex = NonceIndex(effects.Now);
        switch (packet.Message)
        {
            case HomeTestInit init:
                Send(packet, new HomeTest(nonceIndex, init.Cookie, _secret.HomeToken(packet.Source, nonceIndex)), effects);
                break;
            case CareOfTestInit init:
                Send(packet, new CareOfTest(nonceIndex, init.Cookie, _secret.CareOfToken(packet.Source, nonceIndex)), effects);
                break;
            case CorrespondentUpdate update:
                OnUpdate(packet, update, effects);
                break;
        }
    }

    private static ushort NonceIndex(SimTime now) => (ushort)(now.Ticks / NoncePeriod.Ticks);

    private void OnUpdate(Packet packet, CorrespondentUpdate update, Effects effects)
    {
        if (Expired(update, effects.Now) is { } expired)
        {
            Send(packet, new CorrespondentAcknowledgement(expired, update.Sequence, 0, null, effects.Now), effects);
            return;
        }

        var careOf = packet.Source;
        var key = new BindingManagementKey(
            _secret.HomeToken(update.HomeAddress, update.HomeNonceIndex), _secret.CareOfToken(careOf, update.CareOfNonceIndex));
        if (update.Authorization != key.Authorize(careOf, _address, update.HomeAddress, update.Sequence, update.LifetimeUnits))
            return;
        var answer = Bindings.Update(new BindingUpdate(update.HomeAddress, careOf, update.Sequence, update.LifetimeUnits), effects.Now);
        var authorization = key.Authorize(careOf, _address, answer.Status, answer.Sequence, answer.LifetimeUnits);
        Send(packet, new CorrespondentAcknowledgement(answer.Status, answer.Sequence, answer.LifetimeUnits, authorization, effects.Now), effects);
    }

    /// <summary>The status for nonces that are not kept any more; null where both are.</summary>
    private static BindingStatus? Expired(CorrespondentUpdate update, SimTime now)
    {
        var latest = NonceIndex(now);
        bool IsKept(ushort index) => (ushort)(latest - index) < NoncesKept;
        return (IsKept(update.HomeNonceIndex), IsKept(update.CareOfNonceIndex)) switch
        {
            (true, true) => null,
            (false, true) => BindingStatus.ExpiredHomeNonce,
            (true, false) => BindingStatus.ExpiredCareOfNonce,
            _ => BindingStatus.ExpiredNonces,
        };
    }

    private void Send(Packet answered, Message message, Effects effects) =>
        effects.Send(_address, answered.Source, message, answered.Handover);
}
