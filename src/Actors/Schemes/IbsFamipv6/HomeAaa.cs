using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Network;
using Topology.Addressing;

namespace Actors.Schemes.IbsFamipv6;

/// <summary>
/// The home AAA server: the key generator of its users. It trusts the visited server's verification, answers a registration
/// request at once and passes the binding update on to the home agent in parallel.
/// </summary>
public sealed class HomeAaa(RoleContext context) : AaaNode(context)
{
    protected override void Received(AaaTransaction transaction, Effects effects)
    {
        switch (transaction.Asked.Content)
        {
            case ParameterRequest:
                Reply(transaction, true, new ParameterReply(Self), effects);
                break;
            case RegistrationRequest request:
                Reply(transaction, true, new RegistrationReply(request.Nonce, null), effects);
                Send(Address.Of(request.Update.HomeAddress.PrefixOwner), request.Update, transaction.Handover, effects);
                break;
        }
    }
}
