using Actors.Security.Certificates;
using Actors.Security.Ike;
using Actors.Security.KeyExchange;
using Actors.Security.Signatures;
using Actors.Wire.Ikev2;

namespace Actors.Security.Profiles;

/// <summary>
/// The algorithms that the nodes of an experiment use, as one value to sweep: what signs messages and certificates, what
/// agrees on keys, what protects packets.
/// </summary>
/// <param name="Name">As an experiment file writes it.</param>
public sealed record CryptoProfile(string Name, SignatureAlgorithm Signature, IKeyExchange KeyExchange, CipherSuite Suite)
{
    public static IReadOnlyList<CryptoProfile> All { get; } =
    [
        Of(SignatureAlgorithm.Rsa2048, KeyExchanges.Modp2048),
        Of(SignatureAlgorithm.Rsa3072, KeyExchanges.Modp2048),
        Of(SignatureAlgorithm.EcdsaP256, KeyExchanges.P256),
        Of(SignatureAlgorithm.Ed25519, KeyExchanges.X25519),
        new("ed25519-ml-kem-768", SignatureAlgorithm.Ed25519, KeyExchanges.X25519MlKem768, CipherSuite.AesGcm128),
        Of(SignatureAlgorithm.MlDsa44, KeyExchanges.X25519MlKem768),
        Of(SignatureAlgorithm.MlDsa65, KeyExchanges.X25519MlKem768),
    ];

    /// <summary>Where a key travels encrypted (RFC 5269), only RSA can do it: whatever else a profile uses, this part is the same.</summary>
    public static CryptoProfile KeyTransport { get; } = All[0];

    /// <summary>Null when no profile has this name.</summary>
    public static CryptoProfile? Find(string name) => All.FirstOrDefault(profile => profile.Name == name);

    public override string ToString() => Name;

    private static CryptoProfile Of(SignatureAlgorithm signature, IKeyExchange keyExchange) =>
        new(signature.Name, signature, keyExchange, CipherSuite.AesGcm128);
}

/// <summary>
/// Bytes that a profile puts into the messages of an exchange: the payload chain SA, KE (and one more for each additional key
/// exchange), CERT, Nonce, AUTH, generic headers included. Signatures count at their greatest length.
/// </summary>
/// <param name="Signature">Alone.</param>
/// <param name="Certificate">Alone, of a node.</param>
/// <param name="RequestKeyExchange">KE payloads of the initiator.</param>
/// <param name="AnswerKeyExchange">KE payloads of the responder.</param>
/// <param name="Request">The initiator's chain.</param>
/// <param name="Answer">The responder's chain.</param>
public sealed record ProfileSizes(int Signature, int Certificate, int RequestKeyExchange, int AnswerKeyExchange, int Request, int Answer)
{
    /// <summary>Length of a nonce: as that of the prf's key (RFC 7296, section 2.10 asks for half of it at least).</summary>
    public const int NonceBytes = 32;

    private const int PayloadHead = Ikev2Payload.HeaderBytes;
    private const int KeyExchangeHead = 4;
    private const int CertificateHead = 1;
    private const int AuthenticationHead = 4;
    private const int ProposalHead = 8;
    private const int SpiBytes = 4;
    private const int TransformHead = 8;
    private const int KeyLengthAttribute = 4;

    /// <param name="authority">Common name of the authority that issues the certificate.</param>
    /// <param name="node">The node's name.</param>
    public static ProfileSizes Of(CryptoProfile profile, string authority, string node)
    {
        var signature = profile.Signature;
        var certificate = CertificateAuthority.NodeCertificateBytes(authority, node, signature);
        var parts = profile.KeyExchange.Parts;
        var request = parts.Sum(part => Payload(KeyExchangeHead + part.RequestBytes));
        var answer = parts.Sum(part => Payload(KeyExchangeHead + part.AnswerBytes));

        // One proposal of ESP: encryption with its key length, perhaps integrity, extended sequence numbers, and a transform
        // for each key exchange.
        var transforms = 2 + (profile.Suite.IntegrityTransform is null ? 0 : 1) + parts.Count;
        var association = Payload(ProposalHead + SpiBytes + KeyLengthAttribute + transforms * TransformHead);
        var authentication = Payload(AuthenticationHead + Ike.Authentication.DataBytes(signature));
        var others = association + Payload(CertificateHead + certificate) + Payload(NonceBytes) + authentication;
        return new ProfileSizes(signature.SignatureBytes, certificate, request, answer, request + others, answer + others)
        {
            SecurityAssociation = association,
            Authentication = authentication,
        };
    }

    /// <summary>The SA payload.</summary>
    public int SecurityAssociation { get; private init; }

    /// <summary>The AUTH payload.</summary>
    public int Authentication { get; private init; }

    /// <summary>The CERT payload.</summary>
    public int CertificatePayload => Payload(CertificateHead + Certificate);

    private static int Payload(int body) => PayloadHead + body;
}
