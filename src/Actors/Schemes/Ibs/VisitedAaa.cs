using Actors.Mobility;
using Actors.Network;
using Actors.Schemes.IbsFamipv6;

namespace Actors.Schemes.Ibs;

/// <summary>The AAA server of a visited domain: with the parameters fetched before, it needs nobody else to decide on access.</summary>
public sealed class VisitedAaa(RoleContext context) : IbsFamipv6.VisitedAaa(context)
{
    protected override void Verified(SignedTransaction transaction, Effects effects) =>
        Sign(transaction, new RegistrationReply(((SignedRequest)transaction.Asked.Content).Nonce, null), effects);
}
