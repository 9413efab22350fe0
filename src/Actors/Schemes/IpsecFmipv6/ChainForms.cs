using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Network.Forms;
using Actors.Schemes.Fmipv6;
using Actors.Security.Esp;
using Actors.Security.Keys;
using Actors.Wire;
using Actors.Wire.Icmpv6;
using Actors.Wire.Ikev2;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;
using Topology.Plans;
using RealAuthentication = Actors.Security.Ike.Authentication;
using RealCertificate = Actors.Security.Certificates.Certificate;

namespace Actors.Schemes.IpsecFmipv6;

/// <summary>
/// An extension that is a chain of IKEv2 payloads: one option 253 in neighbor discovery, pieces in option 18 of mobility
/// headers, or the payloads of an IKE message.
/// </summary>
public abstract class ChainForm<T> : IExtensionForm, IChainForm
    where T : MessageExtension
{
    public Type Extension => typeof(T);

    public void WriteNeighborDiscovery(MessageExtension extension, FormScope scope, ref Ipv6PacketWriter writer)
    {
        var chain = WriteChain(extension, scope, out var first);
        writer.AddNeighborDiscoveryOption(new Ikev2ChainOption(first, chain));
    }

    public void WriteMobility(MessageExtension extension, FormScope scope, ref Ipv6PacketWriter writer)
    {
        var chain = WriteChain(extension, scope, out var first);
        writer.AddIkev2Chain(first, chain);
    }

    public MessageExtension? ReadNeighborDiscovery(NeighborDiscoveryOptions options, Message message, Ipv6Packet packet, FormScope scope) =>
        options.TryFind<Ikev2ChainOption>(out var option) && option.ReadChain().TryGet(out var chain) ? ReadChain(chain, scope) : null;

    public MessageExtension? ReadMobility(MobilityOptions options, Message message, Ipv6Packet packet, FormScope scope) =>
        options.ReadIkev2Chain(new byte[packet.Payload.Length]).TryGet(out var chain) ? ReadChain(chain, scope) : null;

    public byte[] WriteChain(MessageExtension extension, FormScope scope, out Ikev2PayloadType first) => Write((T)extension, scope, out first);

    public MessageExtension? ReadChain(Ikev2Chain chain, FormScope scope) => Read(chain, scope);

    protected abstract byte[] Write(T extension, FormScope scope, out Ikev2PayloadType first);

    /// <summary>Null for a chain of another form.</summary>
    protected abstract T? Read(Ikev2Chain chain, FormScope scope);
}

/// <summary>The form of an extension whose bytes are IKEv2 payloads.</summary>
public interface IChainForm : IFormPart
{
    Type Extension { get; }

    byte[] WriteChain(MessageExtension extension, FormScope scope, out Ikev2PayloadType first);

    /// <summary>Null for a chain of another form.</summary>
    MessageExtension? ReadChain(Ikev2Chain chain, FormScope scope);
}

/// <summary>{SA, KE, CERT, N} and a signature over them: M1 to M4 of the paper.</summary>
public sealed class PreAuthenticationForm : ChainForm<PreAuthentication>
{
    protected override byte[] Write(PreAuthentication extension, FormScope scope, out Ikev2PayloadType first)
    {
        var content = new Ikev2ChainWriter(new byte[ChainPayloads.LargestBytes]);
        ChainPayloads.Add(ref content, scope, extension.Proposal, extension.KeyShare, extension.Certificate, extension.Nonce);
        return ChainPayloads.Sign(content, extension.Certificate.Subject, scope, !extension.IsAuthentic, out first);
    }

    protected override PreAuthentication? Read(Ikev2Chain chain, FormScope scope)
    {
        if (chain.First != Ikev2PayloadType.SecurityAssociation || !ChainPayloads.TryRead(chain, scope, out var parts))
            return null;
        var authentic = PreAuthentication.Sign(parts.Certificate.Subject, parts.Suites, parts.Share, parts.Nonce);
        return authentic with
        {
            Certificate = parts.Certificate,
            Signature = parts.IsSigned ? authentic.Signature : default,
            IsAnswer = parts.Certificate.Subject != scope.Packet.Handover.Mobile,
        };
    }
}

/// <summary>What a chain with SA, KE, CERT, N and AUTH says.</summary>
/// <param name="IsSigned">Whether the subject of a certificate that holds has signed all that is before AUTH.</param>
internal readonly record struct ChainParts(CipherSuites Suites, ulong Share, Certificate Certificate, ulong Nonce, bool IsSigned);

/// <summary>The payloads that chains share.</summary>
internal static class ChainPayloads
{
    public const int LargestBytes = 1 << 14;

    private const ushort HmacSha256 = 5;
    private const ushort AesCbc = 12;
    private const ushort HmacSha256Integrity = 12;

    /// <summary>SA of ESP, KE, CERT and N; whoever offers is noted, and whoever answers, as of now in possession of keys.</summary>
    public static void Add(ref Ikev2ChainWriter chain, FormScope scope, CipherSuites suites, ulong share, Certificate certificate, ulong nonce)
    {
        var (keys, subject) = (scope.Keys, certificate.Subject);
        var isOffer = subject == scope.Packet.Handover.Mobile;
        if (isOffer)
            keys.Offer(scope.Handover, subject, nonce, share);
        Span<byte> spi = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(spi, keys.SpiOf(nonce, EncapsulationMode.Transport));
        chain.AddSecurityAssociation();
        AddProposals(ref chain, Ikev2Protocol.Esp, spi, suites, keys);
        AddKeyExchange(ref chain, scope, share, isOffer);
        chain.Add(Ikev2PayloadType.Certificate, new Ikev2Certificate(Ikev2CertificateEncoding.X509Signature, CertificateOf(certificate, keys)));
        AddNonce(ref chain, nonce, keys);
        if (!isOffer)
            keys.Answer(scope.Handover, subject, nonce, share);
    }

    /// <summary>A proposal for each suite, the preferred one first.</summary>
    public static void AddProposals(
        ref Ikev2ChainWriter chain, Ikev2Protocol protocol, scoped ReadOnlySpan<byte> spi, CipherSuites suites, KeyRing keys, bool isChild = false)
    {
        foreach (var suite in (CipherSuites[])[CipherSuites.AesGcm, CipherSuites.AesCbc])
        {
            if ((suites & suite) == 0)
                continue;
            var own = keys.Profile.Suite;
            var isCombined = suite == CipherSuites.AesGcm;
            var transforms = new List<Ikev2Transform>
            {
                new(Ikev2TransformType.Encryption, isCombined ? own.EncryptionTransform : AesCbc, (ushort)(own.KeyBytes * 8)),
            };
            if (!isCombined)
                transforms.Add(new Ikev2Transform(Ikev2TransformType.Integrity, HmacSha256Integrity));
            if (isChild)
                transforms.Add(new Ikev2Transform(Ikev2TransformType.ExtendedSequenceNumbers, 0));
            else
                AddExchangeTransforms(transforms, keys);
            chain.AddProposal(protocol, spi, transforms.ToArray());
        }
    }

    public static void AddKeyExchange(ref Ikev2ChainWriter chain, FormScope scope, ulong share, bool isOffer)
    {
        var exchange = scope.Keys.Profile.KeyExchange;
        var offered = scope.Keys.OfferOf(scope.Handover)?.Share ?? share;
        var bytes = isOffer ? scope.Keys.RequestOf(share).Span : scope.Keys.AnswerOf(share, offered).Span;
        foreach (var part in exchange.Parts)
        {
            var length = isOffer ? part.RequestBytes : part.AnswerBytes;
            chain.Add(Ikev2PayloadType.KeyExchange, new Ikev2KeyExchange(part.TransformId, bytes[..length]));
            bytes = bytes[length..];
        }
    }

    public static void AddNonce(ref Ikev2ChainWriter chain, ulong nonce, KeyRing keys, ulong second = 0)
    {
        Span<byte> field = stackalloc byte[KeyRing.NonceBytes];
        keys.WriteToken(field, nonce, second);
        chain.Add(Ikev2PayloadType.Nonce, new Ikev2Nonce(field));
    }

    /// <summary>The content followed by AUTH, a signature over it by the owner of this certificate's key.</summary>
    /// <param name="isForged">Whether the symbolic signature is not the signer's.</param>
    public static byte[] Sign(Ikev2ChainWriter content, NodeId signer, FormScope scope, bool isForged, out Ikev2PayloadType first)
    {
        var unsigned = content;
        unsigned.Add(Ikev2PayloadType.Authentication, ReadOnlySpan<byte>.Empty);
        var covered = unsigned.Finish()[..^Ikev2Payload.HeaderBytes];
        var algorithm = scope.Keys.Profile.Signature;
        var signature = scope.Keys.Sign(signer, covered);
        if (isForged)
            signature = [.. signature.AsSpan(0, signature.Length - 1), (byte)(signature[^1] ^ 1)];
        content.Add(
            Ikev2PayloadType.Authentication,
            new Ikev2Authentication(Ikev2AuthenticationMethod.DigitalSignature, RealAuthentication.Data(algorithm, signature)));
        first = content.First;
        return content.Finish().ToArray();
    }

    /// <summary>What a chain says; false where one of the payloads is missing.</summary>
    public static bool TryRead(Ikev2Chain chain, FormScope scope, out ChainParts parts)
    {
        parts = default;
        var keys = scope.Keys;
        if (!TryReadSuites(chain, out var suites) || !TryReadNonce(chain, keys, out var nonce, out _)
            || !chain.TryFind(Ikev2PayloadType.Certificate, out var carried) || !carried.Read<Ikev2Certificate>().TryGet(out var encoded)
            || !chain.TryFind(Ikev2PayloadType.Authentication, out var signed) || !signed.Read<Ikev2Authentication>().TryGet(out var authentication))
            return false;
        var certificate = RealCertificate.Read(encoded.Data);
        var subject = certificate is null ? null : KeyRing.NodeOf(certificate.Identity);
        var isTrusted = certificate is not null && subject is not null && keys.SubjectOf(certificate, scope.Elapsed) == subject;
        var share = keys.ShareOf(ReadShare(chain));
        var before = chain.Bytes[..(signed.OffsetBytes - Ikev2Payload.HeaderBytes)];
        var isSigned = isTrusted && share is not null && authentication.Method == Ikev2AuthenticationMethod.DigitalSignature
            && RealAuthentication.Verify(certificate!.KeyAlgorithm, certificate.PublicKey, before, authentication.Data);
        parts = new ChainParts(
            suites, share ?? 0, new Certificate(subject ?? new NodeId(int.MinValue), isTrusted ? Certificate.TrustAnchor : default), nonce, isSigned);
        return true;
    }

    public static bool TryReadSuites(Ikev2Chain chain, out CipherSuites suites)
    {
        suites = CipherSuites.None;
        if (!chain.TryFind(Ikev2PayloadType.SecurityAssociation, out var payload) || !payload.Read<Ikev2SecurityAssociation>().TryGet(out var association))
            return false;
        foreach (var proposal in association)
        {
            if (proposal.TryFind(Ikev2TransformType.Encryption, out var encryption))
                suites |= encryption.Id == AesCbc ? CipherSuites.AesCbc : CipherSuites.AesGcm;
        }

        return true;
    }

    public static bool TryReadNonce(Ikev2Chain chain, KeyRing keys, out ulong nonce, out ulong second)
    {
        (nonce, second) = (0, 0);
        if (!chain.TryFind(Ikev2PayloadType.Nonce, out var payload) || !payload.Read<Ikev2Nonce>().TryGet(out var data))
            return false;
        keys.TryReadToken(data.Data, out nonce, out second);
        return true;
    }

    /// <summary>The shares of all KE payloads.</summary>
    public static byte[] ReadShare(Ikev2Chain chain)
    {
        var share = new List<byte>();
        foreach (var payload in chain)
        {
            if (payload.Type == Ikev2PayloadType.KeyExchange && payload.Read<Ikev2KeyExchange>().TryGet(out var part))
                share.AddRange(part.Share);
        }

        return [.. share];
    }

    private static void AddExchangeTransforms(List<Ikev2Transform> transforms, KeyRing keys)
    {
        transforms.Add(new Ikev2Transform(Ikev2TransformType.PseudoRandomFunction, HmacSha256));
        var type = Ikev2TransformType.KeyExchangeMethod;
        foreach (var part in keys.Profile.KeyExchange.Parts)
        {
            transforms.Add(new Ikev2Transform(type, part.TransformId));
            type = type == Ikev2TransformType.KeyExchangeMethod ? Ikev2TransformType.AdditionalKeyExchange1 : type + 1;
        }
    }

    /// <summary>The subject's certificate; one of an issuer that nobody trusts has an altered signature.</summary>
    private static ReadOnlySpan<byte> CertificateOf(Certificate certificate, KeyRing keys)
    {
        var encoded = keys.CredentialOf(certificate.Subject).Certificate.Encoded;
        if (certificate.Issuer == Certificate.TrustAnchor)
            return encoded.Span;
        var altered = encoded.ToArray();
        altered[^1] ^= 1;
        return altered;
    }
}
