using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Schemes.Fmipv6;
using Topology.Plans;

namespace Actors.Schemes.IpsecFmipv6;

/// <summary>
/// IKE_SA_INIT request on the new link (RFC 7296 section 1.2), with the nonce and key share of the M1 that may or may not
/// have come through; or IKE_SESSION_RESUME (RFC 5723 section 4.3.2), with a ticket in the place of the key share.
/// </summary>
/// <param name="Resumes">Whether the authentication shall rest on the ticket.</param>
public sealed record AccessInitiation(ulong Nonce, ulong KeyShare, CipherSuites Proposal, bool Resumes) : Message
{
    public PayloadSizes Payloads { get; init; } = PayloadSizes.Paper;

    /// <summary>UDP 8, IKE header 28, SA without SPI, KE, Nonce; to resume: Nonce 36, TICKET_OPAQUE 136.</summary>
    public override int SizeBytes => 36 + PayloadSizes.Nonce + (Resumes ? 136 : Payloads.SecurityAssociation - PayloadSizes.Spi + Payloads.RequestKeyExchange);

    public override IReadOnlyList<int>? Parts => AccessExchange.PartsOf(this, Payloads);

    public override string Name => Resumes ? "IKE_SESSION_RESUME" : "IKE_SA_INIT";
}

/// <summary>The answer to an <see cref="AccessInitiation"/> of a mobile node that this router knows nothing of.</summary>
/// <param name="InitiatorNonce">Of the request.</param>
public sealed record AccessResponse(ulong InitiatorNonce, ulong Nonce, ulong KeyShare, CipherSuites Suite, bool Resumes) : Message
{
    public PayloadSizes Payloads { get; init; } = PayloadSizes.Paper;

    /// <summary>UDP 8, IKE header 28, SA without SPI, KE, Nonce; to resume: Nonce.</summary>
    public override int SizeBytes => 36 + PayloadSizes.Nonce + (Resumes ? 0 : Payloads.SecurityAssociation - PayloadSizes.Spi + Payloads.AnswerKeyExchange);

    public override IReadOnlyList<int>? Parts => AccessExchange.PartsOf(this, Payloads);

    public override string Name => Resumes ? "IKE_SESSION_RESUME response" : "IKE_SA_INIT response";
}

/// <summary>The answer to an <see cref="AccessInitiation"/> of a mobile node whose M1 has come through: M3 once more, on this link.</summary>
/// <param name="InitiatorNonce">Of the request.</param>
public sealed record AccessAnswer(ulong InitiatorNonce, MessageExtension Answer) : Message
{
    /// <summary>UDP 8, IKE header 28, the payload chain of M3.</summary>
    public override int SizeBytes => 36 + Answer.ChainBytes;

    public override IReadOnlyList<int>? Parts => Answer.NeighborDiscoveryParts(0) is null ? null : [SizeBytes];

    public override string Name => "M3";
}

/// <summary>IKE_AUTH, request or response (RFC 7296 section 1.2): a signature over the whole exchange, or the proof of the ticket's key.</summary>
/// <param name="InitiatorNonce">Of the exchange.</param>
/// <param name="Signature">Null where the exchange is resumed.</param>
/// <param name="Proof">Null where it is not.</param>
public sealed record AccessAuthentication(ulong InitiatorNonce, bool IsResponse, Signature? Signature, Authenticator? Proof) : Message
{
    public PayloadSizes Payloads { get; init; } = PayloadSizes.Paper;

    /// <summary>
    /// UDP 8, IKE header 28, SK with IV, pad length and check value 29, ID 24, SA 36, TSi and TSr 48 each; with CERT and AUTH, or
    /// AUTH 40 of a resumed exchange.
    /// </summary>
    public override int SizeBytes => 8 + 28 + 29 + 24 + 36 + 96 + (Signature is null ? 40 : Payloads.Certificate + Payloads.AccessAuthentication);

    public override IReadOnlyList<int>? Parts => AccessExchange.PartsOf(this, Payloads);

    public override string Name => IsResponse ? "IKE_AUTH response" : "IKE_AUTH";
}

/// <summary>What both ends of an exchange on the new link know of it.</summary>
internal static class AccessExchange
{
    /// <summary>The key behind the ticket that the operator's routers have given the mobile node (RFC 5723): each of them can read it.</summary>
    public static SecretKey TicketKey(NodeId mobile) => SecretKey.Provisioned(mobile, Certificate.TrustAnchor);

    /// <summary>UDP carries any message in one packet, which IPv6 may have to fragment.</summary>
    public static IReadOnlyList<int>? PartsOf(Message message, PayloadSizes payloads) => payloads.IsFragmented ? [message.SizeBytes] : null;

    /// <summary>What IKE_AUTH covers: who speaks to whom, and all that both have said.</summary>
    public static Digest Covered(NodeId speaker, NodeId listener, AccessInitiation initiation, AccessResponse response) =>
        default(Digest).With(5).With(speaker).With(listener).With(initiation.Nonce).With(initiation.KeyShare).With((ulong)initiation.Proposal)
            .With(response.Nonce).With(response.KeyShare).With((ulong)response.Suite);

    /// <summary>IKE_AUTH of one end.</summary>
    public static AccessAuthentication Prove(
        NodeId speaker, NodeId listener, bool isResponse, AccessInitiation initiation, AccessResponse response)
    {
        var covered = Covered(speaker, listener, initiation, response);
        return response.Resumes
            ? new AccessAuthentication(initiation.Nonce, isResponse, null, TicketKey(isResponse ? listener : speaker).Authenticate(covered))
            {
                Payloads = response.Payloads,
            }
            : new AccessAuthentication(initiation.Nonce, isResponse, new SigningKey(speaker, Certificate.TrustAnchor).Sign(covered), null)
            {
                Payloads = response.Payloads,
            };
    }

    /// <summary>Whether this IKE_AUTH is the other end's.</summary>
    public static bool IsAuthentic(
        AccessAuthentication authentication, NodeId speaker, NodeId listener, AccessInitiation initiation, AccessResponse response)
    {
        var covered = Covered(speaker, listener, initiation, response);
        return response.Resumes
            ? authentication.Proof is { } proof && TicketKey(authentication.IsResponse ? listener : speaker).Verify(proof, covered)
            : authentication.Signature is { } signature && signature.Verify(speaker, Certificate.TrustAnchor, covered);
    }
}
