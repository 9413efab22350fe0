using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Mobility.Credentials;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.IbsFamipv6;

/// <summary>
/// The home AAA server: the key generator of its users. It trusts the visited server's verification, answers a registration
/// request at once and passes the binding update on to the home agent in parallel.
/// </summary>
/// <param name="networkSigns">Whether the visited server will sign the reply; else this one proves it by the key that it shares with the user.</param>
public sealed class HomeAaa(RoleContext context, bool networkSigns = true) : AaaNode(context)
{
    protected override void Received(AaaTransaction transaction, Effects effects)
    {
        switch (transaction.Asked.Content)
        {
            case ParameterRequest:
                Reply(transaction, true, new ParameterReply(Self), effects);
                break;
            case RegistrationRequest request:
                Reply(transaction, true, new RegistrationReply(request.Nonce, null) { HomeProof = ProofFor(transaction.Mobile, request.Nonce) }, effects);
                Send(Address.Of(request.Update.HomeAddress.PrefixOwner), request.Update, transaction.Handover, effects);
                break;
        }
    }

    private Authenticator? ProofFor(NodeId mobile, ulong nonce) =>
        networkSigns ? null : new SharedKey(mobile, Self).Authenticate(RegistrationReply.Covered(mobile, nonce));
}
