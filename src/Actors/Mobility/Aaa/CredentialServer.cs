using Actors.Mobility.Credentials;
using Actors.Network;

namespace Actors.Mobility.Aaa;

/// <summary>The home AAA server: it checks the credential of a mobile node by the key that both share.</summary>
public sealed class CredentialServer(RoleContext context) : AaaNode(context)
{
    protected override void Received(AaaTransaction transaction, Effects effects)
    {
        if (transaction.Asked.Content is not AccessCredential credential)
            return;
        var key = new SharedKey(transaction.Mobile, Self);
        var granted = key.Verify(credential.Proof, AccessCredential.Covered(transaction.Mobile, credential.Nonce));
        var proof = key.Authenticate(AccessDecision.Covered(transaction.Mobile, credential.Nonce, granted));
        Reply(transaction, granted, new AccessDecision(granted, credential.Nonce, proof), effects);
    }
}
