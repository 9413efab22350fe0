using System.Security.Cryptography;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Network.Forms;
using Actors.Schemes.Fmipv6;
using Actors.Wire;
using Actors.Wire.Icmpv6;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;
using Topology.Plans;

namespace Actors.Schemes.Fmipv6Rfc5269;

/// <summary>The handover key request, then the options of SEND; the signature, which covers all before it, is the last.</summary>
public sealed class HandoverKeyRequestForm : IExtensionForm
{
    public Type Extension => typeof(HandoverKeyRequest);

    public void WriteNeighborDiscovery(MessageExtension extension, FormScope scope, ref Ipv6PacketWriter writer)
    {
        var request = (HandoverKeyRequest)extension;
        var source = scope.Packet.Source;
        Span<byte> modulus = stackalloc byte[KeyRequestOption.ModulusBytes];
        scope.Keys.Write(request.EncryptionKey, modulus);
        writer.AddNeighborDiscoveryOption(new KeyRequestOption(modulus));
        var message = (ProxyRouterSolicitation)scope.Packet.Message;
        var covered = HandoverKeyRequest.Covered(
            source, scope.Packet.Destination, message.Identifier, message.NewAccessPoint, request.EncryptionKey, request.Nonce, request.Timestamp);
        SendOptionForms.Add(ref writer, scope, request.Timestamp, request.Nonce, content =>
            scope.Keys.Seal(request.Signature, source.Host, source.Host, covered, content));
    }

    public void WriteMobility(MessageExtension extension, FormScope scope, ref Ipv6PacketWriter writer)
    {
    }

    public MessageExtension? ReadNeighborDiscovery(NeighborDiscoveryOptions options, Message message, Ipv6Packet packet, FormScope scope)
    {
        if (message is not ProxyRouterSolicitation solicitation || !options.TryFind<KeyRequestOption>(out var option)
            || !SendOptionForms.TryRead(options, scope, out var timestamp, out var nonce))
            return null;
        var (source, destination) = (scope.Packet.Source, scope.Packet.Destination);
        var key = scope.Keys.ReadEncryptionKey(option.Modulus);
        var covered = HandoverKeyRequest.Covered(source, destination, solicitation.Identifier, solicitation.NewAccessPoint, key, nonce, timestamp);
        return new HandoverKeyRequest(key, nonce, timestamp, SendOptionForms.Unseal(options, packet, scope, source.Host, source.Host, covered));
    }

    public MessageExtension? ReadMobility(MobilityOptions options, Message message, Ipv6Packet packet, FormScope scope) => null;
}

/// <summary>The handover key reply, where there is one, then the options of SEND.</summary>
public sealed class HandoverKeyReplyForm : IExtensionForm
{
    public Type Extension => typeof(HandoverKeyReply);

    public void WriteNeighborDiscovery(MessageExtension extension, FormScope scope, ref Ipv6PacketWriter writer)
    {
        var reply = (HandoverKeyReply)extension;
        var source = scope.Packet.Source;
        if (reply.Key is { } key)
        {
            Span<byte> encrypted = stackalloc byte[KeyReplyOption.EncryptedBytes];
            scope.Keys.Write(key, encrypted);
            writer.AddNeighborDiscoveryOption(new KeyReplyOption(reply.LifetimeSeconds, encrypted));
        }

        var message = (ProxyRouterAdvertisement)scope.Packet.Message;
        var covered = HandoverKeyReply.Covered(source, scope.Packet.Destination, message, reply.Nonce, reply.Key, reply.LifetimeSeconds);
        SendOptionForms.Add(ref writer, scope, scope.Now.Ticks, reply.Nonce, content =>
            scope.Keys.Seal(reply.Signature, source.Host, SendOptions.TrustAnchor, covered, content));
    }

    public void WriteMobility(MessageExtension extension, FormScope scope, ref Ipv6PacketWriter writer)
    {
    }

    public MessageExtension? ReadNeighborDiscovery(NeighborDiscoveryOptions options, Message message, Ipv6Packet packet, FormScope scope)
    {
        if (message is not ProxyRouterAdvertisement advertisement || !SendOptionForms.TryRead(options, scope, out _, out var nonce))
            return null;
        var isKeyed = options.TryFind<KeyReplyOption>(out var option);
        WrappedKey? key = isKeyed ? scope.Keys.ReadWrappedKey(option.Encrypted) : null;
        var lifetime = isKeyed ? option.LifetimeSeconds : (ushort)0;
        var source = scope.Packet.Source;
        var covered = HandoverKeyReply.Covered(source, scope.Packet.Destination, advertisement, nonce, key, lifetime);
        return new HandoverKeyReply(
            nonce, key, lifetime, SendOptionForms.Unseal(options, packet, scope, source.Host, SendOptions.TrustAnchor, covered));
    }

    public MessageExtension? ReadMobility(MobilityOptions options, Message message, Ipv6Packet packet, FormScope scope) => null;
}

/// <summary>BADF with SPI 0 and 96 bits.</summary>
public sealed class AuthorizationDataForm : IExtensionForm
{
    private const int AuthenticatorBytes = 12;

    public Type Extension => typeof(AuthorizationData);

    public void WriteNeighborDiscovery(MessageExtension extension, FormScope scope, ref Ipv6PacketWriter writer)
    {
    }

    public void WriteMobility(MessageExtension extension, FormScope scope, ref Ipv6PacketWriter writer)
    {
        Span<byte> field = stackalloc byte[AuthenticatorBytes];
        scope.Keys.Write(((AuthorizationData)extension).Proof, field);
        writer.AddMobilityOption(new FastBindingAuthorizationDataOption(0, field));
    }

    public MessageExtension? ReadNeighborDiscovery(NeighborDiscoveryOptions options, Message message, Ipv6Packet packet, FormScope scope) => null;

    public MessageExtension? ReadMobility(MobilityOptions options, Message message, Ipv6Packet packet, FormScope scope) =>
        options.TryFind<FastBindingAuthorizationDataOption>(out var option) ? new AuthorizationData(scope.Keys.ReadAuthenticator(option.Authenticator)) : null;
}

/// <summary>CGA, Timestamp, Nonce and RSA Signature (RFC 3971 sections 5.1 to 5.3).</summary>
internal static class SendOptionForms
{
    private const int NonceBytes = 14;

    /// <summary>CGA message type tag of SEND (RFC 3971 section 5.2).</summary>
    private static readonly byte[] Tag = Convert.FromHexString("086FCA5E10B200C99C8CE00164277C08");

    public delegate byte[] Signing(ReadOnlySpan<byte> content);

    public static void Add(ref Ipv6PacketWriter writer, FormScope scope, long timestamp, ulong nonce, Signing sign)
    {
        var source = scope.Packet.Source;
        var key = scope.Keys.CredentialOf(source.Host).Key.PublicKeyInfo.Span;
        Span<byte> field = stackalloc byte[NonceBytes];
        scope.Keys.WriteToken(field, nonce);
        writer.AddNeighborDiscoveryOption(new GeneratedAddressOption(source.Prefix, key));
        writer.AddNeighborDiscoveryOption(new TimestampOption(timestamp));
        writer.AddNeighborDiscoveryOption(new NonceOption(field));
        var signature = sign(Content(scope, writer.Payload));
        writer.AddNeighborDiscoveryOption(new SignatureOption(SHA256.HashData(key).AsSpan(0, SignatureOption.KeyHashBytes), signature));
    }

    public static bool TryRead(NeighborDiscoveryOptions options, FormScope scope, out long timestamp, out ulong nonce)
    {
        (timestamp, nonce) = (0, 0);
        if (!options.TryFind<TimestampOption>(out var time) || !options.TryFind<NonceOption>(out var number))
            return false;
        (timestamp, nonce) = (time.Ticks, scope.Keys.ReadNumber(number.Nonce));
        return true;
    }

    /// <summary>The signature, if the owner of the source address has made it over all that is before it.</summary>
    public static Signature Unseal(NeighborDiscoveryOptions options, Ipv6Packet packet, FormScope scope, NodeId signer, NodeId authority, Digest covered)
    {
        foreach (var option in options)
        {
            if (option.Type != SignatureOption.Type || !option.Read<SignatureOption>().TryGet(out var signature))
                continue;
            var before = packet.Payload[..(option.OffsetBytes - 2 - packet.PayloadOffsetBytes)].ToArray();
            before.AsSpan(2, 2).Clear();
            var size = scope.Keys.Profile.Signature.SignatureBytes;
            return signature.Signature.Length < size ? default : CredentialBytes.Unseal(
                scope.Keys.CredentialOf(signer).Certificate, signer, authority, covered, Content(scope, before), signature.Signature[..size]);
        }

        return default;
    }

    private static byte[] Content(FormScope scope, ReadOnlySpan<byte> before)
    {
        Span<byte> addresses = stackalloc byte[32];
        scope.Packet.Source.CopyTo(addresses);
        scope.Packet.Destination.CopyTo(addresses[16..]);
        return [.. Tag, .. addresses, .. before];
    }
}

/// <summary>Handover Key Request (RFC 5269 section 4.1). Of the public key, in DER, the modulus stands for the pair of model mode.</summary>
internal readonly ref struct KeyRequestOption(ReadOnlySpan<byte> modulus) : INeighborDiscoveryOption<KeyRequestOption>
{
    public const int ModulusBytes = 256;

    /// <summary>Of 6 that there are, as tshark 4.0 skips one, whatever is written here; DER tells where the key ends.</summary>
    private const int PadBytes = 1;

    /// <summary>SubjectPublicKeyInfo of RSA-2048 up to the modulus.</summary>
    private static readonly byte[] Before = Convert.FromHexString("30820122300D06092A864886F70D01010105000382010F003082010A0282010100");

    /// <summary>The exponent, 65537.</summary>
    private static readonly byte[] After = [2, 3, 1, 0, 1];

    public static byte Type => 27;

    public ReadOnlySpan<byte> Modulus { get; } = modulus;

    public static KeyRequestOption Read(scoped ref WireReader reader)
    {
        reader.Skip(2 + Before.Length);
        var modulus = reader.Bytes(ModulusBytes);
        reader.Skip(After.Length);
        return new KeyRequestOption(modulus);
    }

    public static void Write(scoped KeyRequestOption value, scoped ref WireWriter writer)
    {
        writer.Byte(PadBytes);
        writer.Byte(0);
        writer.Bytes(Before);
        writer.Bytes(value.Modulus);
        writer.Bytes(After);
    }
}

/// <summary>Handover Key Reply (RFC 5269 section 4.2).</summary>
internal readonly ref struct KeyReplyOption(ushort lifetimeSeconds, ReadOnlySpan<byte> encrypted) : INeighborDiscoveryOption<KeyReplyOption>
{
    public const int EncryptedBytes = 256;

    /// <summary>Of 2 that there are, as in <see cref="KeyRequestOption"/>; the key pair tells how long what it has encrypted is.</summary>
    private const int PadBytes = 1;

    public static byte Type => 28;

    public ushort LifetimeSeconds { get; } = lifetimeSeconds;

    public ReadOnlySpan<byte> Encrypted { get; } = encrypted;

    public static KeyReplyOption Read(scoped ref WireReader reader)
    {
        reader.Skip(2);
        return new KeyReplyOption(reader.UInt16(), reader.Bytes(EncryptedBytes));
    }

    public static void Write(scoped KeyReplyOption value, scoped ref WireWriter writer)
    {
        writer.Byte(PadBytes);
        writer.Byte(0);
        writer.UInt16(value.LifetimeSeconds);
        writer.Bytes(value.Encrypted);
    }
}

/// <summary>CGA (RFC 3971 section 5.1): the parameters that an address would be generated from.</summary>
internal readonly ref struct GeneratedAddressOption(ulong prefix, ReadOnlySpan<byte> key) : INeighborDiscoveryOption<GeneratedAddressOption>
{
    private const int FixedBytes = 4 + 25;

    public static byte Type => 11;

    public ulong Prefix { get; } = prefix;

    public ReadOnlySpan<byte> Key { get; } = key;

    public static GeneratedAddressOption Read(scoped ref WireReader reader)
    {
        var padBytes = reader.Byte();
        reader.Skip(1 + 16);
        var prefix = reader.UInt64();
        reader.Skip(1);
        return new GeneratedAddressOption(prefix, reader.Bytes(reader.Remaining - padBytes));
    }

    public static void Write(scoped GeneratedAddressOption value, scoped ref WireWriter writer)
    {
        writer.Byte((byte)(-(FixedBytes + value.Key.Length) & 7));
        writer.Zeros(1 + 16);
        writer.UInt64(value.Prefix);
        writer.Byte(0);
        writer.Bytes(value.Key);
    }
}

/// <summary>RSA Signature (RFC 3971 section 5.2); padding follows.</summary>
internal readonly ref struct SignatureOption(ReadOnlySpan<byte> keyHash, ReadOnlySpan<byte> signature) : INeighborDiscoveryOption<SignatureOption>
{
    public const int KeyHashBytes = 16;

    public static byte Type => 12;

    public ReadOnlySpan<byte> KeyHash { get; } = keyHash;

    public ReadOnlySpan<byte> Signature { get; } = signature;

    public static SignatureOption Read(scoped ref WireReader reader)
    {
        reader.Skip(2);
        return new SignatureOption(reader.Bytes(KeyHashBytes), reader.Rest());
    }

    public static void Write(scoped SignatureOption value, scoped ref WireWriter writer)
    {
        writer.Zeros(2);
        writer.Bytes(value.KeyHash);
        writer.Bytes(value.Signature);
    }
}

/// <summary>Timestamp (RFC 3971 section 5.3.1), here of virtual time in ticks of 100 ns: the RFC's 1/65,536 s would lose them.</summary>
internal readonly record struct TimestampOption(long Ticks) : INeighborDiscoveryOption<TimestampOption>
{
    public static byte Type => 13;

    public static TimestampOption Read(scoped ref WireReader reader)
    {
        reader.Skip(6);
        return new TimestampOption((long)reader.UInt64());
    }

    public static void Write(TimestampOption value, scoped ref WireWriter writer)
    {
        writer.Zeros(6);
        writer.UInt64((ulong)value.Ticks);
    }
}

/// <summary>Nonce (RFC 3971 section 5.3.2), of 14 bytes.</summary>
internal readonly ref struct NonceOption(ReadOnlySpan<byte> nonce) : INeighborDiscoveryOption<NonceOption>
{
    public static byte Type => 14;

    public ReadOnlySpan<byte> Nonce { get; } = nonce;

    public static NonceOption Read(scoped ref WireReader reader) => new(reader.Rest());

    public static void Write(scoped NonceOption value, scoped ref WireWriter writer) => writer.Bytes(value.Nonce);
}
