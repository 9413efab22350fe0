using Org.BouncyCastle.Security;

namespace Actors.Security.KeyExchange;

/// <summary>
/// A method by which two peers come to share a secret in one round trip. The roles differ, since a key encapsulation has
/// no share of the responder's that is independent of the initiator's.
/// </summary>
public interface IKeyExchange
{
    /// <summary>As in profiles and tables of costs.</summary>
    string Name { get; }

    /// <summary>The key exchanges of IKEv2 that make it up, the first in KE, others as additional ones (RFC 9370).</summary>
    IReadOnlyList<KeyExchangePart> Parts { get; }

    CryptoOperation InitiateOperation { get; }

    CryptoOperation RespondOperation { get; }

    CryptoOperation AgreeOperation { get; }

    /// <summary>The initiator begins: a fresh secret and what goes to the responder.</summary>
    IKeyExchangeInitiation Initiate(SecureRandom random);

    /// <summary>The responder's answer and its secret; null when the request is malformed or weak.</summary>
    KeyExchangeResponse? Respond(ReadOnlySpan<byte> request, SecureRandom random);
}

/// <summary>The initiator's half of an exchange under way. Its secret serves one exchange.</summary>
public interface IKeyExchangeInitiation
{
    ReadOnlyMemory<byte> Request { get; }

    /// <summary>The shared secret; null when the answer is malformed or weak.</summary>
    SharedSecret? Agree(ReadOnlySpan<byte> answer);
}

/// <param name="TransformId">Of transform type 4 of IKEv2, as IANA numbers it.</param>
/// <param name="RequestBytes">Length of what the initiator sends.</param>
/// <param name="AnswerBytes">Length of what the responder sends.</param>
public sealed record KeyExchangePart(ushort TransformId, int RequestBytes, int AnswerBytes);

/// <summary>What both peers know after the exchange.</summary>
/// <param name="Parts">g^ir, then SK(1), SK(2) and so on of RFC 9370, one per <see cref="IKeyExchange.Parts"/>.</param>
public sealed record SharedSecret(IReadOnlyList<ReadOnlyMemory<byte>> Parts);

/// <param name="Answer">What goes to the initiator.</param>
public sealed record KeyExchangeResponse(ReadOnlyMemory<byte> Answer, SharedSecret Secret);

/// <summary>The key exchanges there are.</summary>
public static class KeyExchanges
{
    public static readonly IKeyExchange Modp2048 = new ModpKeyExchange();
    public static readonly IKeyExchange P256 = new P256KeyExchange();
    public static readonly IKeyExchange X25519 = new X25519KeyExchange();
    public static readonly IKeyExchange MlKem768 = new MlKemKeyExchange();

    /// <summary>X25519, then ML-KEM-768 as an additional key exchange: safe as long as either is.</summary>
    public static readonly IKeyExchange X25519MlKem768 = new HybridKeyExchange(X25519, MlKem768);

    public static IReadOnlyList<IKeyExchange> All { get; } = [Modp2048, P256, X25519, MlKem768, X25519MlKem768];
}

/// <summary>An exchange that is one key exchange of IKEv2.</summary>
internal abstract class SingleKeyExchange(string name, KeyExchangePart part) : IKeyExchange
{
    public string Name { get; } = name;

    public IReadOnlyList<KeyExchangePart> Parts { get; } = [part];

    public CryptoOperation InitiateOperation { get; } = new($"{name}-initiate");

    public CryptoOperation RespondOperation { get; } = new($"{name}-respond");

    public CryptoOperation AgreeOperation { get; } = new($"{name}-agree");

    public abstract IKeyExchangeInitiation Initiate(SecureRandom random);

    public abstract KeyExchangeResponse? Respond(ReadOnlySpan<byte> request, SecureRandom random);

    protected static SharedSecret Secret(byte[] secret) => new([secret]);
}

/// <summary>A Diffie-Hellman exchange: the responder does as the initiator does, and agrees at once.</summary>
internal abstract class DiffieHellmanExchange(string name, ushort transformId, int shareBytes)
    : SingleKeyExchange(name, new KeyExchangePart(transformId, shareBytes, shareBytes))
{
    public sealed override KeyExchangeResponse? Respond(ReadOnlySpan<byte> request, SecureRandom random)
    {
        var half = Initiate(random);
        return half.Agree(request) is { } secret ? new KeyExchangeResponse(half.Request, secret) : null;
    }
}
