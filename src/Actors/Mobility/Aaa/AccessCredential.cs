using Actors.Mobility.Credentials;
using Topology.Plans;

namespace Actors.Mobility.Aaa;

/// <summary>A mobile node's proof that it knows the key which it shares with its home AAA server.</summary>
public sealed record AccessCredential(ulong Nonce, Authenticator Proof) : AaaContent
{
    /// <summary>Nonce AVP 8 + 16, authenticator AVP 8 + 16.</summary>
    public override int SizeBytes => 48;

    public override AaaContent Refused(NodeId user, NodeId server) =>
        new AccessDecision(false, Nonce, new SharedKey(user, server).Authenticate(AccessDecision.Covered(user, Nonce, false)));

    /// <summary>What <see cref="Proof"/> covers.</summary>
    public static Digest Covered(NodeId mobile, ulong nonce) => default(Digest).With(mobile).With(nonce);
}

/// <summary>The home AAA server's decision, with its own proof.</summary>
/// <param name="Nonce">Of the request.</param>
public sealed record AccessDecision(bool Granted, ulong Nonce, Authenticator Proof) : AaaContent
{
    /// <summary>Nonce AVP 8 + 16, authenticator AVP 8 + 16; the decision is the Result-Code.</summary>
    public override int SizeBytes => 48;

    /// <summary>What <see cref="Proof"/> covers.</summary>
    public static Digest Covered(NodeId mobile, ulong nonce, bool granted) => AccessCredential.Covered(mobile, nonce).With(granted ? 1UL : 2UL);
}
