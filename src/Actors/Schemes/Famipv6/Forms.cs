using Actors.Mobility.Aaa;
using Actors.Mobility.Credentials;
using Actors.Wire.Diameter;

namespace Actors.Schemes.Famipv6;

public sealed class ChallengeRequestForm : IAaaContentForm
{
    public Type Content => typeof(ChallengeRequest);

    public void Write(AaaContent content, AaaExchange exchange, ref DiameterWriter attributes)
    {
    }

    public AaaContent? Read(DiameterMessage attributes, AaaExchange exchange) =>
        exchange.IsRequest && attributes.ReadNonce(exchange.Keys) is null ? new ChallengeRequest() : null;
}

public sealed class ChallengeForm : IAaaContentForm
{
    public Type Content => typeof(Challenge);

    public void Write(AaaContent content, AaaExchange exchange, ref DiameterWriter attributes) =>
        attributes.AddNonce(exchange.Keys, ((Challenge)content).Nonce);

    public AaaContent? Read(DiameterMessage attributes, AaaExchange exchange) =>
        !exchange.IsRequest && attributes.ReadProof().IsEmpty && attributes.ReadNonce(exchange.Keys) is { } nonce ? new Challenge(nonce) : null;
}

/// <summary>Signed with the mobile node's key, which the home AAA server knows.</summary>
public sealed class SignedCredentialForm : IAaaContentForm
{
    public Type Content => typeof(SignedCredential);

    public void Write(AaaContent content, AaaExchange exchange, ref DiameterWriter attributes)
    {
        var credential = (SignedCredential)content;
        var covered = AccessCredential.Covered(exchange.User, credential.Nonce);
        attributes.AddNonce(exchange.Keys, credential.Nonce);
        attributes.Add(
            DiameterAttributeCode.Authenticator,
            exchange.Keys.Seal(credential.Signature, exchange.User, exchange.HomeServer, covered, SignedContent.Of(exchange, credential.Nonce, true)));
    }

    public AaaContent? Read(DiameterMessage attributes, AaaExchange exchange)
    {
        if (!exchange.IsRequest || attributes.ReadNonce(exchange.Keys) is not { } nonce || attributes.ReadProof() is not { Length: > AaaAttributes.TokenBytes } signature)
            return null;
        var covered = AccessCredential.Covered(exchange.User, nonce);
        return new SignedCredential(nonce, CredentialBytes.Unseal(
            exchange.Keys.CredentialOf(exchange.User).Certificate, exchange.User, exchange.HomeServer, covered, SignedContent.Of(exchange, nonce, true), signature));
    }
}

/// <summary>Signed with the home AAA server's key, which its users know.</summary>
public sealed class SignedDecisionForm : IAaaContentForm
{
    public Type Content => typeof(SignedDecision);

    public void Write(AaaContent content, AaaExchange exchange, ref DiameterWriter attributes)
    {
        var decision = (SignedDecision)content;
        var covered = AccessDecision.Covered(exchange.User, decision.Nonce, decision.Granted);
        attributes.AddNonce(exchange.Keys, decision.Nonce);
        attributes.Add(
            DiameterAttributeCode.Authenticator,
            exchange.Keys.Seal(
                decision.Signature, exchange.HomeServer, exchange.HomeServer, covered, SignedContent.Of(exchange, decision.Nonce, decision.Granted)));
    }

    public AaaContent? Read(DiameterMessage attributes, AaaExchange exchange)
    {
        if (exchange.IsRequest || attributes.ReadNonce(exchange.Keys) is not { } nonce || attributes.ReadProof() is not { Length: > AaaAttributes.TokenBytes } signature)
            return null;
        var covered = AccessDecision.Covered(exchange.User, nonce, exchange.Success);
        return new SignedDecision(exchange.Success, nonce, CredentialBytes.Unseal(
            exchange.Keys.CredentialOf(exchange.HomeServer).Certificate,
            exchange.HomeServer,
            exchange.HomeServer,
            covered,
            SignedContent.Of(exchange, nonce, exchange.Success),
            signature));
    }
}

/// <summary>What signatures of this scheme cover, as bytes.</summary>
internal static class SignedContent
{
    public static byte[] Of(AaaExchange exchange, ulong nonce, bool granted)
    {
        Span<byte> field = stackalloc byte[AaaAttributes.TokenBytes + 1];
        exchange.Keys.WriteToken(field[..^1], nonce);
        field[^1] = granted ? (byte)1 : (byte)0;
        return AaaAttributes.Signed(exchange.User, field);
    }
}
