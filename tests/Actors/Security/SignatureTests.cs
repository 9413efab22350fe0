using Actors.Security.Keys;
using Actors.Security.Signatures;

namespace Tests.Actors.Security;

public sealed class SignatureTests
{
    private static readonly byte[] Message = "M1: RtSolPr with SAi, KEi, CERT, Ni"u8.ToArray();

    public static TheoryData<string> Algorithms => TestKeys.Algorithms;

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_signature_holds_for_its_key_and_message_and_reproduces_bit_for_bit(string name)
    {
        var pair = TestKeys.Of(name);
        var signature = pair.Signer.Sign(Message);
        var verifier = TestKeys.VerifierOf(pair);
        Assert.True(verifier.Verify(Message, signature));
        Assert.True(verifier.Verify([], pair.Signer.Sign([])));
        Assert.Equal(signature, pair.Signer.Sign(Message));
        Assert.True(signature.Length <= pair.Algorithm.SignatureBytes);
        Assert.False(verifier.Verify([.. Message, 0], signature));
        Assert.False(verifier.Verify(Message, []));
        Assert.False(verifier.Verify(Message, [.. signature, 0]));
        Assert.False(verifier.Verify(Message, signature.AsSpan(..^1)));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Every_altered_byte_of_a_signature_or_message_is_noticed(string name)
    {
        var pair = TestKeys.Of(name);
        var verifier = TestKeys.VerifierOf(pair);
        var signature = pair.Signer.Sign(Message);
        Assert.DoesNotContain(Enumerable.Range(0, signature.Length), i => verifier.Verify(Message, TestKeys.Flip(signature, i)));
        Assert.DoesNotContain(Enumerable.Range(0, Message.Length), i => verifier.Verify(TestKeys.Flip(Message, i), signature));
        Assert.True(verifier.Verify(Message, signature));
    }

    [Theory]
    [InlineData("rsa-2048")]
    [InlineData("ecdsa-p256")]
    [InlineData("ed25519")]
    [InlineData("ml-dsa-44")]
    [InlineData("ml-dsa-65")]
    public void The_seed_decides_the_key_and_signatures(string name)
    {
        var algorithm = TestKeys.Of(name).Algorithm;
        var again = algorithm.GenerateKeyPair(SimulationRandom.For(11, 0, 1));
        var other = algorithm.GenerateKeyPair(SimulationRandom.For(12, 0, 1));
        Assert.Equal(TestKeys.Of(name).PublicKeyInfo, again.PublicKeyInfo, Bytes);
        Assert.Equal(TestKeys.Of(name).Signer.Sign(Message), again.Signer.Sign(Message));
        Assert.NotEqual(again.PublicKeyInfo, other.PublicKeyInfo, Bytes);
        Assert.False(TestKeys.VerifierOf(other).Verify(Message, again.Signer.Sign(Message)));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_public_key_is_read_by_its_algorithm_alone_and_only_whole(string name)
    {
        var pair = TestKeys.Of(name);
        Assert.Equal([pair.Algorithm], SignatureAlgorithm.All.Where(algorithm => algorithm.ReadPublicKey(pair.PublicKeyInfo.Span) is not null));
        Assert.Null(pair.Algorithm.ReadPublicKey([.. pair.PublicKeyInfo.Span, 0]));
        Assert.DoesNotContain(
            Enumerable.Range(0, Math.Min(200, pair.PublicKeyInfo.Length)),
            length => pair.Algorithm.ReadPublicKey(pair.PublicKeyInfo.Span[..length]) is not null);
    }

    private static bool Bytes(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other) => one.Span.SequenceEqual(other.Span);
}
