using Actors.Mobility.Credentials;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Mobility.Aaa;

/// <summary>A mobile node's side of an authentication with its home AAA server by the key that both share.</summary>
public sealed class AccessAuthentication(NodeId mobile, NodeId homeAaa)
{
    private readonly SharedKey _key = new(mobile, homeAaa);
    private RandomStream _nonces;
    private ulong _nonce;
    private uint _identifier;

    public void Reset(RunContext run)
    {
        _nonces = run.Stream((ulong)mobile.Index, StreamPurpose.Nonce);
        _identifier = 0;
    }

    /// <summary>A new request, which takes the place of the one before.</summary>
    public AccessRequest Request()
    {
        _nonce = _nonces.NextUInt64();
        var credential = new AccessCredential(_nonce, _key.Authenticate(AccessCredential.Covered(mobile, _nonce)));
        return new AccessRequest(++_identifier, Address.Of(homeAaa), credential);
    }

    /// <summary>Whether a reply grants access; null for one that answers another request or that the home AAA server has not made.</summary>
    public bool? Decision(AccessReply reply) =>
        reply.Identifier == _identifier && reply.Content is AccessDecision decision && decision.Nonce == _nonce
        && _key.Verify(decision.Proof, AccessDecision.Covered(mobile, _nonce, decision.Granted))
            ? decision.Granted
            : null;
}
