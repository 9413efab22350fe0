using Actors.Mobility.Aaa;
using Actors.Mobility.Credentials;

namespace Actors.Schemes.Famipv6;

/// <summary>The first of two requests: it names the user and asks what to prove.</summary>
public sealed record ChallengeRequest : AaaContent
{
    /// <summary>Nothing beyond the user's name.</summary>
    public override int SizeBytes => 0;
}

/// <summary>The nonce that the mobile node's credential must cover.</summary>
public sealed record Challenge(ulong Nonce) : AaaContent
{
    /// <summary>Nonce AVP 8 + 16.</summary>
    public override int SizeBytes => 24;

    public override bool Decides => false;
}

/// <summary>A mobile node's proof by its private key; it covers what <see cref="AccessCredential"/> covers.</summary>
public sealed record SignedCredential(ulong Nonce, Signature Signature) : AaaContent
{
    /// <summary>Nonce AVP 24, AVP 8 + RSA-2048 signature 256; the home AAA server knows its users' public keys.</summary>
    public override int SizeBytes => 24 + 264;
}

/// <summary>The home AAA server's decision, signed; it covers what <see cref="AccessDecision"/> covers.</summary>
/// <param name="Nonce">Of the request.</param>
public sealed record SignedDecision(bool Granted, ulong Nonce, Signature Signature) : AaaContent
{
    /// <summary>Nonce AVP 24, AVP 8 + RSA-2048 signature 256; the decision is the Result-Code.</summary>
    public override int SizeBytes => 24 + 264;
}
