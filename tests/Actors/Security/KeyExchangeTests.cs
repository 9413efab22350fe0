using Actors.Security.KeyExchange;
using Actors.Security.Keys;
using Org.BouncyCastle.Math;

namespace Tests.Actors.Security;

public sealed class KeyExchangeTests
{
    public static TheoryData<string> Exchanges => [.. KeyExchanges.All.Select(exchange => exchange.Name)];

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void Both_peers_agree_and_another_exchange_gives_another_secret(string name)
    {
        var exchange = Of(name);
        var (request, answer, secret) = Run(exchange, seed: 1);
        var (_, _, other) = Run(exchange, seed: 2);
        Assert.Equal(exchange.Parts.Count, secret.Count);
        Assert.All(secret.Zip(other), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.Equal(exchange.Parts.Sum(part => part.RequestBytes), request.Length);
        Assert.Equal(exchange.Parts.Sum(part => part.AnswerBytes), answer.Length);
        var again = Run(exchange, seed: 1);
        Assert.Equal(request, again.Request);
        Assert.Equal(answer, again.Answer);
        Assert.Equal(secret, again.Secret);
    }

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void Shares_of_the_wrong_length_are_refused(string name)
    {
        var exchange = Of(name);
        var initiation = exchange.Initiate(SimulationRandom.For(1, 0, 0));
        var (request, answer, _) = Run(exchange, seed: 1);
        Assert.All<byte[]>([[], request[..^1], [.. request, 0]], wrong => Assert.Null(exchange.Respond(wrong, SimulationRandom.For(1, 0, 1))));
        Assert.All<byte[]>([[], answer[..^1], [.. answer, 0]], wrong => Assert.Null(initiation.Agree(wrong)));
    }

    [Fact]
    public void Degenerate_shares_are_refused()
    {
        var modp = KeyExchanges.Modp2048.Initiate(SimulationRandom.For(1, 0, 0));
        var one = new byte[256];
        one[^1] = 1;
        Assert.All<byte[]>([new byte[256], one, [.. Enumerable.Repeat((byte)0xFF, 256)]], share => Assert.Null(modp.Agree(share)));
        Assert.Null(KeyExchanges.P256.Initiate(SimulationRandom.For(1, 0, 0)).Agree(new byte[64]));
        Assert.Null(KeyExchanges.X25519.Initiate(SimulationRandom.For(1, 0, 0)).Agree(new byte[32]));
    }

    [Fact]
    public void An_altered_encapsulation_gives_another_secret()
    {
        var initiation = KeyExchanges.MlKem768.Initiate(SimulationRandom.For(1, 0, 0));
        var response = KeyExchanges.MlKem768.Respond(initiation.Request.Span, SimulationRandom.For(1, 0, 1))!;
        var altered = initiation.Agree(TestKeys.Flip(response.Answer.Span, 500))!;
        Assert.False(altered.Parts[0].Span.SequenceEqual(response.Secret.Parts[0].Span));
    }

    [Theory]
    [InlineData("x25519")]
    [InlineData("ecdh-p256")]
    public void Secrets_are_those_of_Wycheproof(string name)
    {
        var wrong = new List<string>();
        var agreed = 0;
        foreach (var columns in Golden.Cases($"{name}.txt"))
        {
            var secret = name == "x25519"
                ? X25519KeyExchange.Initiate(Golden.Hex(columns[3])).Agree(Golden.Hex(columns[2]))
                : P256KeyExchange.Initiate(new BigInteger(columns[3], 16)).Agree(Golden.Hex(columns[2]).AsSpan(1));

            // The secret of a point of small order is zero: the library may compute it, a peer refuses it.
            var expected = columns[1] == "invalid" || (name == "x25519" && columns[4].All(digit => digit == '0')) ? null : columns[4];
            agreed += expected is null ? 0 : 1;
            if (expected != (secret is null ? null : Convert.ToHexStringLower(secret.Parts[0].Span)))
                wrong.Add(columns[0]);
        }

        Assert.True(wrong.Count == 0, string.Join(' ', wrong));
        Assert.True(agreed > 100, $"{agreed}");
    }

    [Fact]
    public void Ml_kem_is_that_of_FIPS_203()
    {
        foreach (var columns in Golden.Cases("ml-kem-768.txt"))
        {
            var initiation = MlKemKeyExchange.Initiate(Golden.Hex(columns[2]));
            Assert.Equal(Golden.Hex(columns[3]), initiation.Request.ToArray());
            Assert.Equal(Golden.Hex(columns[5]), initiation.Agree(Golden.Hex(columns[4]))!.Parts[0].ToArray());
        }

        foreach (var columns in Golden.Cases("ml-kem-768-keys.txt"))
            Assert.Equal(columns[1] == "valid", KeyExchanges.MlKem768.Respond(Golden.Hex(columns[2]), SimulationRandom.For(1, 0, 0)) is not null);
    }

    private static IKeyExchange Of(string name) => KeyExchanges.All.Single(exchange => exchange.Name == name);

    private static (byte[] Request, byte[] Answer, List<string> Secret) Run(IKeyExchange exchange, ulong seed)
    {
        var initiation = exchange.Initiate(SimulationRandom.For(seed, 0, 0));
        var response = exchange.Respond(initiation.Request.Span, SimulationRandom.For(seed, 0, 1))!;
        var secret = Texts(initiation.Agree(response.Answer.Span)!);
        Assert.Equal(Texts(response.Secret), secret);
        return (initiation.Request.ToArray(), response.Answer.ToArray(), secret);
    }

    private static List<string> Texts(SharedSecret secret) => [.. secret.Parts.Select(part => Convert.ToHexString(part.Span))];
}
