using Actors.Mobility.Credentials;
using Actors.Network.Forms;
using Actors.Security.Keys;
using Actors.Wire.Diameter;
using Topology.Plans;

namespace Actors.Mobility.Aaa;

/// <summary>What the form of a content may know of the exchange around it.</summary>
/// <param name="User">The mobile node it is about.</param>
/// <param name="IsRequest">Else an answer, with <paramref name="Success"/> as its result.</param>
public sealed record AaaExchange(NodeId User, bool IsRequest, bool Success, FormScope Scope)
{
    public KeyRing Keys => Scope.Keys;

    /// <summary>The home AAA server of the user.</summary>
    public NodeId HomeServer => Scope.Codec.Plan.Mobiles[User.Index - Scope.Codec.Plan.WiredCount].HomeAaa ?? default;
}

/// <summary>The attributes of a content, the same over Diameter and on the link. Found as forms of messages are.</summary>
public interface IAaaContentForm : IFormPart
{
    Type Content { get; }

    void Write(AaaContent content, AaaExchange exchange, ref DiameterWriter attributes);

    /// <summary>The content; null for one of another form.</summary>
    AaaContent? Read(DiameterMessage attributes, AaaExchange exchange);
}

/// <summary>Attributes that several contents have.</summary>
public static class AaaAttributes
{
    /// <summary>MIP-Nonce (RFC 4004 section 7.7), here of 16 bytes.</summary>
    public const uint Nonce = 335;

    /// <summary>Of a nonce, and of an authenticator.</summary>
    public const int TokenBytes = 16;

    public static void AddNonce(this ref DiameterWriter attributes, KeyRing keys, ulong nonce)
    {
        Span<byte> field = stackalloc byte[TokenBytes];
        keys.WriteToken(field, nonce);
        attributes.Add(Nonce, field);
    }

    public static void AddAuthenticator(this ref DiameterWriter attributes, KeyRing keys, Authenticator proof)
    {
        Span<byte> field = stackalloc byte[TokenBytes];
        keys.Write(proof, field);
        attributes.Add(DiameterAttributeCode.Authenticator, field);
    }

    /// <summary>The nonce; null where there is none.</summary>
    public static ulong? ReadNonce(this DiameterMessage attributes, KeyRing keys) =>
        attributes.TryFind(Nonce, out var nonce) ? keys.ReadNumber(nonce.Data) : null;

    /// <summary>The authenticator, or what is in its place; empty for none.</summary>
    public static ReadOnlySpan<byte> ReadProof(this DiameterMessage attributes) =>
        attributes.TryFind(DiameterAttributeCode.Authenticator, out var proof) ? proof.Data : default;

    /// <summary>What the signature of a content covers: who it is about, and the nonce.</summary>
    public static byte[] Signed(NodeId user, scoped ReadOnlySpan<byte> before) =>
        [.. System.Text.Encoding.ASCII.GetBytes(KeyRing.NameOf(user)), .. before];
}

public sealed class AccessCredentialForm : IAaaContentForm
{
    public Type Content => typeof(AccessCredential);

    public void Write(AaaContent content, AaaExchange exchange, ref DiameterWriter attributes)
    {
        var credential = (AccessCredential)content;
        attributes.AddNonce(exchange.Keys, credential.Nonce);
        attributes.AddAuthenticator(exchange.Keys, credential.Proof);
    }

    public AaaContent? Read(DiameterMessage attributes, AaaExchange exchange) =>
        exchange.IsRequest && attributes.ReadNonce(exchange.Keys) is { } nonce && attributes.ReadProof() is { Length: AaaAttributes.TokenBytes } proof
            ? new AccessCredential(nonce, exchange.Keys.ReadAuthenticator(proof))
            : null;
}

public sealed class AccessDecisionForm : IAaaContentForm
{
    public Type Content => typeof(AccessDecision);

    public void Write(AaaContent content, AaaExchange exchange, ref DiameterWriter attributes)
    {
        var decision = (AccessDecision)content;
        attributes.AddNonce(exchange.Keys, decision.Nonce);
        attributes.AddAuthenticator(exchange.Keys, decision.Proof);
    }

    public AaaContent? Read(DiameterMessage attributes, AaaExchange exchange) =>
        !exchange.IsRequest && attributes.ReadNonce(exchange.Keys) is { } nonce && attributes.ReadProof() is { Length: AaaAttributes.TokenBytes } proof
            ? new AccessDecision(exchange.Success, nonce, exchange.Keys.ReadAuthenticator(proof))
            : null;
}
