using System.Collections.Concurrent;
using Actors.Security.Profiles;

namespace Actors.Schemes.IpsecFmipv6;

/// <summary>Bytes of the IKEv2 payloads of an exchange, generic headers included.</summary>
/// <param name="RequestKeyExchange">The initiator's KE, with those of additional key exchanges.</param>
/// <param name="AnswerKeyExchange">The responder's.</param>
/// <param name="Authentication">AUTH of M1 to M4: method 14, which names the algorithm (RFC 7427).</param>
/// <param name="AccessAuthentication">AUTH of IKE_AUTH on the new link.</param>
public sealed record PayloadSizes(
    int SecurityAssociation, int RequestKeyExchange, int AnswerKeyExchange, int Certificate, int Authentication, int AccessAuthentication)
{
    /// <summary>Nonce of 32 bytes.</summary>
    public const int Nonce = 36;

    /// <summary>Of ESP, in a proposal; one of IKE in its first exchange has none.</summary>
    public const int Spi = 4;

    private const string Authority = "Operator CA";
    private const string Node = "mn";
    private static readonly ConcurrentDictionary<CryptoProfile, PayloadSizes> Known = new();

    /// <summary>
    /// The paper's RSA: SA with ESP proposal 44, KE (X25519) 40, CERT 5 + 743, AUTH of RSA-2048 8 + 1 + 15 + 256. What it is in is one
    /// packet of any size.
    /// </summary>
    public static readonly PayloadSizes Paper = new(44, 40, 40, 748, 280, 280);

    /// <summary>Whether what these are in is split and fragmented.</summary>
    public bool IsFragmented { get; private init; }

    /// <summary>SA, KE, CERT, Nonce and AUTH of the initiator.</summary>
    public int Request => SecurityAssociation + RequestKeyExchange + Certificate + Nonce + Authentication;

    /// <summary>The same of the responder.</summary>
    public int Answer => SecurityAssociation + AnswerKeyExchange + Certificate + Nonce + Authentication;

    /// <summary>Those of a profile's algorithms; null for <see cref="Paper"/>.</summary>
    public static PayloadSizes Of(CryptoProfile? profile) => profile is null ? Paper : Known.GetOrAdd(profile, Measure);

    private static PayloadSizes Measure(CryptoProfile profile)
    {
        var sizes = ProfileSizes.Of(profile, Authority, Node);
        return new PayloadSizes(
            sizes.SecurityAssociation, sizes.RequestKeyExchange, sizes.AnswerKeyExchange, sizes.CertificatePayload, sizes.Authentication, sizes.Authentication)
        {
            IsFragmented = true,
        };
    }
}
