using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Network.Forms;
using Actors.Schemes.Fmipv6;
using Actors.Schemes.IpsecFmipv6;
using Actors.Security.Keys;
using Actors.Wire;
using Actors.Wire.Icmpv6;
using Actors.Wire.Ikev2;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.IpsecFmipv6Plus;

/// <summary>IDs of mobile node, previous router and access point, then the chain of the parent with addresses and counter before AUTH.</summary>
public sealed class OfferForm : ChainForm<Offer>
{
    private const int CounterBytes = 12;

    protected override byte[] Write(Offer offer, FormScope scope, out Ikev2PayloadType first)
    {
        var chain = new Ikev2ChainWriter(new byte[ChainPayloads.LargestBytes]);
        PlusPayloads.AddIdentity(ref chain, Ikev2PayloadType.IdentificationInitiator, offer.Initiator);
        PlusPayloads.AddIdentity(ref chain, Ikev2PayloadType.IdentificationResponder, offer.PreviousRouter);
        PlusPayloads.AddIdentity(ref chain, Ikev2PayloadType.IdentificationResponder, offer.AccessPoint);
        ChainPayloads.Add(ref chain, scope, offer.Proposal, offer.KeyShare, offer.Certificate, offer.Nonce);
        PlusPayloads.AddAddress(ref chain, offer.PreviousCareOfAddress);
        PlusPayloads.AddAddress(ref chain, offer.HomeAddress);
        Span<byte> counter = stackalloc byte[CounterBytes];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(counter[4..], offer.Counter);
        chain.Add(Ikev2PayloadType.VendorId, counter);
        return ChainPayloads.Sign(chain, offer.Certificate.Subject, scope, !offer.IsAuthentic, out first);
    }

    protected override Offer? Read(Ikev2Chain chain, FormScope scope)
    {
        if (chain.First != Ikev2PayloadType.IdentificationInitiator || !ChainPayloads.TryRead(chain, scope, out var parts)
            || PlusPayloads.Identities(chain) is not [var initiator, var previous, var accessPoint]
            || PlusPayloads.Vendor(chain) is not [{ Length: 16 } careOf, { Length: 16 } home, { Length: CounterBytes } counter])
            return null;
        var offer = new Offer(
            initiator,
            previous,
            accessPoint,
            parts.Suites,
            parts.Share,
            parts.Nonce,
            PlusPayloads.Address(careOf),
            PlusPayloads.Address(home),
            System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(counter.AsSpan(4)),
            parts.Certificate);
        return parts.IsSigned && parts.Certificate.Subject == initiator ? offer.Signed() : offer;
    }
}

/// <summary>IDs of responder and initiator, H(M1), the chain of the parent, address, lifetime and MAC before AUTH.</summary>
public sealed class AnswerForm : ChainForm<Answer>
{
    private const ushort Lifetime = 16403;
    private const ushort OfferHash = 40961;
    private const ushort Proof = 40962;
    private const int HashBytes = 32;
    private const int ProofBytes = 16;

    protected override byte[] Write(Answer answer, FormScope scope, out Ikev2PayloadType first)
    {
        var keys = scope.Keys;
        Span<byte> hash = stackalloc byte[HashBytes];
        Span<byte> proof = stackalloc byte[ProofBytes];
        Span<byte> lifetime = stackalloc byte[4];
        keys.Write(answer.OfferHash, hash);
        keys.Write(answer.Confirmation, proof);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(lifetime, answer.LifetimeSeconds);
        var chain = new Ikev2ChainWriter(new byte[ChainPayloads.LargestBytes]);
        PlusPayloads.AddIdentity(ref chain, Ikev2PayloadType.IdentificationResponder, answer.Responder);
        PlusPayloads.AddIdentity(ref chain, Ikev2PayloadType.IdentificationInitiator, answer.Initiator);
        chain.Add(Ikev2PayloadType.Notify, new Ikev2Notify(Ikev2Protocol.None, OfferHash, [], hash));
        ChainPayloads.Add(ref chain, scope, answer.Suite, answer.KeyShare, answer.Certificate, answer.Nonce);
        PlusPayloads.AddAddress(ref chain, answer.NewCareOfAddress);
        chain.Add(Ikev2PayloadType.Notify, new Ikev2Notify(Ikev2Protocol.None, Lifetime, [], lifetime));
        chain.Add(Ikev2PayloadType.Notify, new Ikev2Notify(Ikev2Protocol.None, Proof, [], proof));
        return ChainPayloads.Sign(chain, answer.Certificate.Subject, scope, !answer.IsAuthentic, out first);
    }

    protected override Answer? Read(Ikev2Chain chain, FormScope scope)
    {
        var keys = scope.Keys;
        if (chain.First != Ikev2PayloadType.IdentificationResponder || !ChainPayloads.TryRead(chain, scope, out var parts)
            || PlusPayloads.Identities(chain) is not [var responder, var initiator] || PlusPayloads.Vendor(chain) is not [{ Length: 16 } careOf]
            || PlusPayloads.Notified(chain, OfferHash) is not { Length: HashBytes } hash
            || PlusPayloads.Notified(chain, Lifetime) is not { Length: 4 } lifetime || PlusPayloads.Notified(chain, Proof) is not { Length: ProofBytes } proof)
            return null;
        var answer = new Answer(
            responder,
            initiator,
            keys.ReadDigest(hash),
            parts.Suites,
            parts.Share,
            parts.Nonce,
            PlusPayloads.Address(careOf),
            (ushort)System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(lifetime),
            parts.Certificate)
        {
            Confirmation = keys.ReadAuthenticator(proof),
        };
        return parts.IsSigned && parts.Certificate.Subject == responder
            ? answer with { Signature = new SigningKey(responder, Certificate.TrustAnchor).Sign(answer.Hash) }
            : answer;
    }
}

/// <summary>A MAC of 16 bytes, in the experimental options with AUTH as its type.</summary>
public sealed class ConfirmationForm : IExtensionForm
{
    private const int ProofBytes = 16;
    private const int PaddingBytes = 2;

    public Type Extension => typeof(Confirmation);

    public void WriteNeighborDiscovery(MessageExtension extension, FormScope scope, ref Ipv6PacketWriter writer)
    {
        Span<byte> proof = stackalloc byte[ProofBytes];
        scope.Keys.Write(((Confirmation)extension).Proof, proof);
        writer.AddNeighborDiscoveryOption(new Ikev2ChainOption(Ikev2PayloadType.Authentication, proof));
    }

    public void WriteMobility(MessageExtension extension, FormScope scope, ref Ipv6PacketWriter writer) =>
        AddMobility((Confirmation)extension, scope.Keys, ref writer);

    public MessageExtension? ReadNeighborDiscovery(NeighborDiscoveryOptions options, Message message, Ipv6Packet packet, FormScope scope) =>
        options.TryFind<Ikev2ChainOption>(out var option) && option is { First: Ikev2PayloadType.Authentication, Chain.Length: ProofBytes }
            ? new Confirmation(scope.Keys.ReadAuthenticator(option.Chain))
            : null;

    public MessageExtension? ReadMobility(MobilityOptions options, Message message, Ipv6Packet packet, FormScope scope) => FindMobility(options, scope.Keys);

    internal static void AddMobility(Confirmation confirmation, KeyRing keys, ref Ipv6PacketWriter writer)
    {
        Span<byte> field = stackalloc byte[PaddingBytes + ProofBytes];
        field.Clear();
        keys.Write(confirmation.Proof, field[PaddingBytes..]);
        writer.AddMobilityOption(new Ikev2FragmentOption(Ikev2PayloadType.Authentication, 0, 1, field));
    }

    internal static Confirmation? FindMobility(MobilityOptions options, KeyRing keys) =>
        options.TryFind<Ikev2FragmentOption>(out var option) && option is { First: Ikev2PayloadType.Authentication, Data.Length: PaddingBytes + ProofBytes }
            ? new Confirmation(keys.ReadAuthenticator(option.Data[PaddingBytes..]))
            : null;
}

/// <summary>Experimental mobility header (RFC 5096) with the new care-of address and the confirmation.</summary>
public sealed class ConfirmationRelayForm : MessageForm<ConfirmationRelay>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.Experimental)];

    public override void Write(ConfirmationRelay message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        writer.BeginMobility(new RelayHeader());
        writer.AddMobilityOption(new MobilityAddressOption(FastHandoverAddressCode.NewCareOfAddress, message.NewCareOfAddress));
        ConfirmationForm.AddMobility(message.Confirmation, scope.Keys, ref writer);
    }

    public override ConfirmationRelay? Read(Ipv6Packet packet, FormScope scope) =>
        packet.ReadMobility<RelayHeader>().TryGet(out var read) && read.Options.TryFind<MobilityAddressOption>(out var careOf)
            && ConfirmationForm.FindMobility(read.Options, scope.Keys) is { } confirmation
            ? new ConfirmationRelay(careOf.Address, confirmation)
            : null;
}

/// <summary>An experimental mobility header has no field of its own here.</summary>
internal readonly record struct RelayHeader : IMobilityMessage<RelayHeader>
{
    public static MobilityType Type => MobilityType.Experimental;

    public static RelayHeader Read(scoped ref WireReader reader) => default;

    public static void Write(RelayHeader value, scoped ref WireWriter writer)
    {
    }
}

/// <summary>Payloads that the parent does not have.</summary>
internal static class PlusPayloads
{
    public static void AddIdentity(ref Ikev2ChainWriter chain, Ikev2PayloadType type, NodeId node)
    {
        Span<byte> address = stackalloc byte[16];
        global::Topology.Addressing.Address.Of(node).CopyTo(address);
        chain.Add(type, new Ikev2Identification(Ikev2IdentificationType.Ipv6Address, address));
    }

    public static void AddAddress(ref Ikev2ChainWriter chain, Address address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.CopyTo(bytes);
        chain.Add(Ikev2PayloadType.VendorId, bytes);
    }

    public static Address Address(byte[] bytes)
    {
        var reader = new WireReader(bytes);
        return reader.Address();
    }

    /// <summary>The nodes of all ID payloads.</summary>
    public static List<NodeId> Identities(Ikev2Chain chain)
    {
        var nodes = new List<NodeId>();
        foreach (var payload in chain)
        {
            if (payload.Type is Ikev2PayloadType.IdentificationInitiator or Ikev2PayloadType.IdentificationResponder
                && payload.Read<Ikev2Identification>().TryGet(out var identity) && identity.Data.Length == 16)
                nodes.Add(Address(identity.Data.ToArray()).Host);
        }

        return nodes;
    }

    public static List<byte[]> Vendor(Ikev2Chain chain)
    {
        var bodies = new List<byte[]>();
        foreach (var payload in chain)
        {
            if (payload.Type == Ikev2PayloadType.VendorId)
                bodies.Add(payload.Body.ToArray());
        }

        return bodies;
    }

    /// <summary>The data of the notification of this type; null for none.</summary>
    public static byte[]? Notified(Ikev2Chain chain, ushort type)
    {
        foreach (var payload in chain)
        {
            if (payload.Type == Ikev2PayloadType.Notify && payload.Read<Ikev2Notify>().TryGet(out var notify) && notify.Type == type)
                return notify.Data.ToArray();
        }

        return null;
    }
}
