using System.Buffers.Binary;
using Actors.Mobility.Credentials;
using Actors.Network.Forms;
using Actors.Security.Keys;
using Actors.Wire;
using Actors.Wire.Icmpv6;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;
using Topology.Addressing;

namespace Actors.Schemes.WangPrasad;

/// <summary>
/// On the link ICMPv6 for private experimentation: type, code, checksum, identifier, 2 bytes of zeros, options as those of
/// neighbor discovery, the authenticator in option 253.
/// </summary>
public sealed class HandoverDecisionForm : NeighborDiscoveryForm<HandoverDecision>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [new(IpProtocol.Icmpv6, FormKey.Experiment, 1)];

    public override void Write(HandoverDecision message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        Span<byte> address = stackalloc byte[FormScope.LinkLayerBytes];
        FormScope.LinkLayer(message.NewAccessPoint, address);
        LinkFields.Begin(ref writer, FormKey.Experiment, 1, message.Identifier);
        writer.AddNeighborDiscoveryOption(new LinkLayerAddressOption(LinkLayerAddressCode.NewAccessPoint, address));
        LinkFields.Add(ref writer, message.Proof, scope.Keys);
    }

    public override HandoverDecision? Read(Ipv6Packet packet, FormScope scope) =>
        LinkFields.TryRead(packet, out var identifier, out var options) && options.TryFind<LinkLayerAddressOption>(out var address)
            && FormScope.NodeOf(address.Address) is { } accessPoint && LinkFields.FindProof(options, scope.Keys) is { } proof
            ? new HandoverDecision(identifier, accessPoint, proof)
            : null;
}

public sealed class HandoverPermissionForm : NeighborDiscoveryForm<HandoverPermission>
{
    private const int WrappedBytes = 40;

    public override IReadOnlyList<FormKey> Keys { get; } = [new(IpProtocol.Icmpv6, FormKey.ExperimentalAnswer, 2)];

    public override void Write(HandoverPermission message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        LinkFields.Begin(ref writer, FormKey.ExperimentalAnswer, 2, message.Identifier);
        if (message is { NewRouter: { } router, Key: { } key })
        {
            Span<byte> wrapped = stackalloc byte[WrappedBytes];
            scope.Keys.Write(key, wrapped);
            writer.AddNeighborDiscoveryOption(new AddressPrefixOption(FastHandoverAddressCode.NewRouterAddress, router));
            writer.AddNeighborDiscoveryOption(new SecretOption(wrapped));
        }

        LinkFields.Add(ref writer, message.Proof, scope.Keys);
    }

    public override HandoverPermission? Read(Ipv6Packet packet, FormScope scope)
    {
        if (!LinkFields.TryRead(packet, out var identifier, out var options) || LinkFields.FindProof(options, scope.Keys) is not { } proof)
            return null;
        if (!options.TryFind<AddressPrefixOption>(out var router))
            return new HandoverPermission(identifier, null, null, proof);
        return LinkFields.Find(options, WrappedBytes) is { IsEmpty: false } wrapped
            ? new HandoverPermission(identifier, router.Address, scope.Keys.ReadWrappedKey(wrapped), proof)
            : null;
    }
}

public sealed class FastAuthenticationRequestForm : NeighborDiscoveryForm<FastAuthenticationRequest>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [new(IpProtocol.Icmpv6, FormKey.Experiment, 3)];

    public override void Write(FastAuthenticationRequest message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        LinkFields.Begin(ref writer, FormKey.Experiment, 3, 0);
        LinkFields.Add(ref writer, message.Nonce, scope.Keys);
        LinkFields.Add(ref writer, message.Proof, scope.Keys);
    }

    public override FastAuthenticationRequest? Read(Ipv6Packet packet, FormScope scope) =>
        LinkFields.TryRead(packet, out _, out var options) && LinkFields.FindNonce(options, scope.Keys) is { } nonce
            && LinkFields.FindProof(options, scope.Keys) is { } proof
            ? new FastAuthenticationRequest(nonce, proof)
            : null;
}

public sealed class FastAuthenticationReplyForm : NeighborDiscoveryForm<FastAuthenticationReply>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [new(IpProtocol.Icmpv6, FormKey.ExperimentalAnswer, 3)];

    public override void Write(FastAuthenticationReply message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        LinkFields.Begin(ref writer, FormKey.ExperimentalAnswer, 3, 0);
        LinkFields.Add(ref writer, message.Nonce, scope.Keys);
        LinkFields.Add(ref writer, message.Proof, scope.Keys);
    }

    public override FastAuthenticationReply? Read(Ipv6Packet packet, FormScope scope) =>
        LinkFields.TryRead(packet, out _, out var options) && LinkFields.FindNonce(options, scope.Keys) is { } nonce
            && LinkFields.FindProof(options, scope.Keys) is { } proof
            ? new FastAuthenticationReply(nonce, proof)
            : null;
}

/// <summary>Experimental mobility header (RFC 5096) with authenticator, node and wrapped key in experimental options.</summary>
public sealed class KeyTransferForm : MessageForm<KeyTransfer>
{
    internal const int WrappedBytes = 42;

    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.Experimental)];

    public override void Write(KeyTransfer message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        Span<byte> wrapped = stackalloc byte[WrappedBytes];
        scope.Keys.Write(message.Key, wrapped);
        KeyMessage.Begin(ref writer, message.Sequence, message.Proof, Address.On(scope.Packet.Source.Host, message.Mobile), scope.Keys);
        writer.AddMobilityOption(new MobilitySecretOption(wrapped));
    }

    public override KeyTransfer? Read(Ipv6Packet packet, FormScope scope) =>
        KeyMessage.TryRead(packet, scope.Keys, out var options, out var sequence, out var mobile, out var proof)
            && KeyMessage.Find(options, WrappedBytes) is { IsEmpty: false } wrapped
            ? new KeyTransfer(sequence, mobile.Host, scope.Keys.ReadWrappedKey(wrapped), proof)
            : null;
}

public sealed class KeyAcknowledgementForm : MessageForm<KeyAcknowledgement>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.Experimental)];

    public override void Write(KeyAcknowledgement message, FormScope scope, ref Ipv6PacketWriter writer) =>
        KeyMessage.Begin(ref writer, message.Sequence, message.Proof, Address.On(scope.Packet.Source.Host, message.Mobile), scope.Keys);

    public override KeyAcknowledgement? Read(Ipv6Packet packet, FormScope scope) =>
        KeyMessage.TryRead(packet, scope.Keys, out var options, out var sequence, out var mobile, out var proof)
            && KeyMessage.Find(options, KeyTransferForm.WrappedBytes).IsEmpty
            ? new KeyAcknowledgement(sequence, mobile.Host, proof)
            : null;
}

/// <summary>Sequence of an experimental mobility header.</summary>
internal readonly record struct KeyHeader(ushort Sequence) : IMobilityMessage<KeyHeader>
{
    public static MobilityType Type => MobilityType.Experimental;

    public static KeyHeader Read(scoped ref WireReader reader) => new(reader.UInt16());

    public static void Write(KeyHeader value, scoped ref WireWriter writer) => writer.UInt16(value.Sequence);
}

/// <summary>Option 253 with bytes that say nothing to others.</summary>
internal readonly ref struct SecretOption(ReadOnlySpan<byte> content) : INeighborDiscoveryOption<SecretOption>
{
    /// <summary>Length of the option's own fields.</summary>
    private const int ReservedBytes = 6;

    public static byte Type => Ikev2ChainOption.Type;

    public ReadOnlySpan<byte> Content { get; } = content;

    public static SecretOption Read(scoped ref WireReader reader)
    {
        reader.Skip(ReservedBytes);
        return new SecretOption(reader.Rest());
    }

    public static void Write(scoped SecretOption value, scoped ref WireWriter writer)
    {
        writer.Zeros(ReservedBytes);
        writer.Bytes(value.Content);
    }
}

/// <summary>Option 18 with bytes that say nothing to others.</summary>
internal readonly ref struct MobilitySecretOption(ReadOnlySpan<byte> content) : IMobilityOption<MobilitySecretOption>
{
    public static byte Type => Ikev2FragmentOption.Type;

    public ReadOnlySpan<byte> Content { get; } = content;

    public static MobilitySecretOption Read(scoped ref WireReader reader) => new(reader.Rest());

    public static void Write(scoped MobilitySecretOption value, scoped ref WireWriter writer) => writer.Bytes(value.Content);
}

/// <summary>Nonce (RFC 3971 section 5.3.2), of 14 bytes.</summary>
internal readonly ref struct NonceOption(ReadOnlySpan<byte> nonce) : INeighborDiscoveryOption<NonceOption>
{
    public const int NonceBytes = 14;

    public static byte Type => 14;

    public ReadOnlySpan<byte> Nonce { get; } = nonce;

    public static NonceOption Read(scoped ref WireReader reader) => new(reader.Rest());

    public static void Write(scoped NonceOption value, scoped ref WireWriter writer) => writer.Bytes(value.Nonce);
}

/// <summary>What the messages on the link share.</summary>
internal static class LinkFields
{
    private const int HeaderBytes = 8;
    private const int ProofBytes = 16;

    public static void Begin(ref Ipv6PacketWriter writer, byte type, byte code, ushort identifier)
    {
        writer.Begin(IpProtocol.Icmpv6);
        writer.Body.Byte(type);
        writer.Body.Byte(code);
        writer.Body.Zeros(2);
        writer.Body.UInt16(identifier);
        writer.Body.Zeros(2);
    }

    public static void Add(ref Ipv6PacketWriter writer, Authenticator proof, KeyRing keys)
    {
        Span<byte> field = stackalloc byte[ProofBytes];
        keys.Write(proof, field);
        writer.AddNeighborDiscoveryOption(new SecretOption(field));
    }

    public static void Add(ref Ipv6PacketWriter writer, ulong nonce, KeyRing keys)
    {
        Span<byte> field = stackalloc byte[NonceOption.NonceBytes];
        keys.WriteToken(field, nonce);
        writer.AddNeighborDiscoveryOption(new NonceOption(field));
    }

    public static bool TryRead(Ipv6Packet packet, out ushort identifier, out NeighborDiscoveryOptions options)
    {
        identifier = 0;
        options = default;
        if (packet.Payload.Length < HeaderBytes || !packet.HasGoodChecksum)
            return false;
        identifier = BinaryPrimitives.ReadUInt16BigEndian(packet.Payload[4..]);
        var reader = new WireReader(packet.Payload[HeaderBytes..]);
        options = NeighborDiscoveryOptions.Read(ref reader);
        return !reader.Failed;
    }

    public static Authenticator? FindProof(NeighborDiscoveryOptions options, KeyRing keys) =>
        Find(options, ProofBytes) is { IsEmpty: false } field ? keys.ReadAuthenticator(field) : null;

    public static ulong? FindNonce(NeighborDiscoveryOptions options, KeyRing keys) =>
        options.TryFind<NonceOption>(out var nonce) ? keys.ReadNumber(nonce.Nonce) : null;

    /// <summary>The bytes of this length in option 253.</summary>
    public static ReadOnlySpan<byte> Find(NeighborDiscoveryOptions options, int bytes)
    {
        foreach (var option in options)
        {
            if (option.Type == SecretOption.Type && option.Read<SecretOption>().TryGet(out var secret) && secret.Content.Length == bytes)
                return secret.Content;
        }

        return default;
    }
}

/// <summary>What the messages between networks share.</summary>
internal static class KeyMessage
{
    private const int ProofBytes = 18;

    public static void Begin(ref Ipv6PacketWriter writer, ushort sequence, Authenticator proof, Address mobile, KeyRing keys)
    {
        Span<byte> field = stackalloc byte[ProofBytes];
        keys.Write(proof, field);
        writer.BeginMobility(new KeyHeader(sequence));
        writer.AddMobilityOption(new MobilitySecretOption(field));
        writer.AddMobilityOption(new MobilityAddressOption(FastHandoverAddressCode.PreviousCareOfAddress, mobile));
    }

    public static bool TryRead(
        Ipv6Packet packet, KeyRing keys, out MobilityOptions options, out ushort sequence, out Address mobile, out Authenticator proof)
    {
        options = default;
        (sequence, mobile, proof) = (0, default, default);
        if (!packet.ReadMobility<KeyHeader>().TryGet(out var read) || !read.Options.TryFind<MobilityAddressOption>(out var address)
            || Find(read.Options, ProofBytes) is not { IsEmpty: false } field)
            return false;
        options = read.Options;
        (sequence, mobile, proof) = (read.Body.Sequence, address.Address, keys.ReadAuthenticator(field));
        return true;
    }

    /// <summary>The bytes of this length in option 18.</summary>
    public static ReadOnlySpan<byte> Find(MobilityOptions options, int bytes)
    {
        foreach (var option in options)
        {
            if (option.Type == MobilitySecretOption.Type && option.Content.Length == bytes)
                return option.Content;
        }

        return default;
    }
}
