using Org.BouncyCastle.Security;

namespace Actors.Security.KeyExchange;

/// <summary>Two exchanges at once, the second as an additional key exchange (RFC 9370): requests, answers and secrets side by side.</summary>
internal sealed class HybridKeyExchange(IKeyExchange first, IKeyExchange second) : IKeyExchange
{
    private readonly int _firstRequestBytes = first.Parts.Sum(part => part.RequestBytes);
    private readonly int _firstAnswerBytes = first.Parts.Sum(part => part.AnswerBytes);

    public string Name { get; } = $"{first.Name}-{second.Name}";

    public IReadOnlyList<KeyExchangePart> Parts { get; } = [.. first.Parts, .. second.Parts];

    public CryptoOperation InitiateOperation { get; } = new($"{first.Name}-{second.Name}-initiate");

    public CryptoOperation RespondOperation { get; } = new($"{first.Name}-{second.Name}-respond");

    public CryptoOperation AgreeOperation { get; } = new($"{first.Name}-{second.Name}-agree");

    public IKeyExchangeInitiation Initiate(SecureRandom random) =>
        new Half(first.Initiate(random), second.Initiate(random), _firstAnswerBytes);

    public KeyExchangeResponse? Respond(ReadOnlySpan<byte> request, SecureRandom random) =>
        request.Length >= _firstRequestBytes
        && first.Respond(request[.._firstRequestBytes], random) is { } one
        && second.Respond(request[_firstRequestBytes..], random) is { } other
            ? new KeyExchangeResponse(Join(one.Answer, other.Answer), Join(one.Secret, other.Secret))
            : null;

    private static ReadOnlyMemory<byte> Join(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other) => (byte[])[.. one.Span, .. other.Span];

    private static SharedSecret Join(SharedSecret one, SharedSecret other) => new([.. one.Parts, .. other.Parts]);

    private sealed class Half(IKeyExchangeInitiation first, IKeyExchangeInitiation second, int firstAnswerBytes) : IKeyExchangeInitiation
    {
        public ReadOnlyMemory<byte> Request { get; } = Join(first.Request, second.Request);

        public SharedSecret? Agree(ReadOnlySpan<byte> answer) =>
            answer.Length >= firstAnswerBytes
            && first.Agree(answer[..firstAnswerBytes]) is { } one
            && second.Agree(answer[firstAnswerBytes..]) is { } other
                ? Join(one, other)
                : null;
    }
}
