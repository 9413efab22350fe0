using Actors.Mobility.Credentials;
using Actors.Network;

namespace Actors.Mobility.Aaa;

/// <summary>The home AAA server: it checks the credential of a mobile node by the key that both share.</summary>
public class CredentialServer(RoleContext context) : AaaNode(context)
{
    protected override void Received(AaaTransaction transaction, Effects effects)
    {
        if (transaction.Asked.Content is not AccessCredential credential)
            return;
        var key = new SharedKey(transaction.Mobile, Self);
        Decide(transaction, credential.Nonce, key.Verify(credential.Proof, AccessCredential.Covered(transaction.Mobile, credential.Nonce)), effects);
    }

    /// <summary>Answer with the decision, proved by the shared key.</summary>
    protected virtual void Decide(AaaTransaction transaction, ulong nonce, bool granted, Effects effects)
    {
        var proof = new SharedKey(transaction.Mobile, Self).Authenticate(AccessDecision.Covered(transaction.Mobile, nonce, granted));
        Reply(transaction, granted, new AccessDecision(granted, nonce, proof), effects);
    }
}
