using Actors.Mobility.Aaa;
using Actors.Mobility.Credentials;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Schemes.Famipv6;

/// <summary>A mobile node's side of the authentication with its home AAA server, by shared key or signature, with or without a challenge.</summary>
internal sealed class Authentication(NodeId mobile, NodeId homeAaa, Readings readings)
{
    private readonly SharedKey _key = new(mobile, homeAaa);
    private readonly SigningKey _private = new(mobile, homeAaa);
    private RandomStream _nonces;
    private ulong _nonce;
    private uint _identifier;

    public void Reset(RunContext run)
    {
        _nonces = run.Stream((ulong)mobile.Index, StreamPurpose.Nonce);
        _identifier = 0;
    }

    public AccessRequest AskForChallenge() => Request(new ChallengeRequest());

    /// <summary>A new request for access, which takes the place of the one before.</summary>
    /// <param name="challenge">Null for a nonce of the mobile node's own.</param>
    public AccessRequest Prove(ulong? challenge)
    {
        _nonce = challenge ?? _nonces.NextUInt64();
        var covered = AccessCredential.Covered(mobile, _nonce);
        return Request(readings.NodeSigns
            ? new SignedCredential(_nonce, _private.Sign(covered))
            : new AccessCredential(_nonce, _key.Authenticate(covered)));
    }

    public bool IsAnswered(AccessReply reply) => reply.Identifier == _identifier;

    /// <summary>Whether access is granted; null where the home AAA server has not decided on this very request.</summary>
    public bool? Decision(AaaContent content) => content switch
    {
        AccessDecision decision when !readings.HomeSigns && decision.Nonce == _nonce
            && _key.Verify(decision.Proof, AccessDecision.Covered(mobile, _nonce, decision.Granted)) => decision.Granted,
        SignedDecision decision when readings.HomeSigns && decision.Nonce == _nonce
            && decision.Signature.Verify(homeAaa, homeAaa, AccessDecision.Covered(mobile, _nonce, decision.Granted)) => decision.Granted,
        _ => null,
    };

    private AccessRequest Request(AaaContent content) => new(++_identifier, Address.Of(homeAaa), content);
}
