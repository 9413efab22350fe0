using Actors.Security.Keys;
using Actors.Security.Signatures;

namespace Tests.Actors.Security;

public sealed class IdentityBasedTests
{
    private static readonly byte[] Message = "handover of mn to nar"u8.ToArray();
    private static readonly IdentityKeyGenerator Generator = new(SimulationRandom.For(3, 0, 0));
    private static readonly ISigner Signer = Generator.Extract("mn", SimulationRandom.For(3, 0, 1));

    [Fact]
    public void A_signature_holds_for_its_identity_generator_and_message_only()
    {
        var signature = Signer.Sign(Message);
        Assert.Equal(IdentityBased.SignatureBytes, signature.Length);
        Assert.True(Verifier("mn").Verify(Message, signature));
        Assert.False(Verifier("nm").Verify(Message, signature));
        Assert.False(Verifier("mn").Verify([.. Message, 0], signature));
        Assert.False(Verifier("mn", new IdentityKeyGenerator(SimulationRandom.For(4, 0, 0))).Verify(Message, signature));
    }

    [Fact]
    public void Every_altered_byte_is_noticed()
    {
        var signature = Signer.Sign(Message);
        Assert.DoesNotContain(Enumerable.Range(0, 8 * signature.Length), i => Verifier("mn").Verify(Message, TestKeys.Flip(signature, i / 8, i % 8)));
        Assert.False(Verifier("mn").Verify(Message, [.. signature, 0]));
    }

    [Fact]
    public void Equal_sources_give_equal_bytes_and_messages_do_not_share_a_nonce()
    {
        var again = new IdentityKeyGenerator(SimulationRandom.For(3, 0, 0)).Extract("mn", SimulationRandom.For(3, 0, 1));
        Assert.Equal(Signer.Sign(Message), again.Sign(Message));
        Assert.NotEqual(Signer.Sign(Message)[33..], Signer.Sign([1])[33..]);
        var other = Generator.Extract("mn", SimulationRandom.For(3, 0, 2));
        Assert.NotEqual(Signer.Sign(Message), other.Sign(Message));
        Assert.True(Verifier("mn").Verify(Message, other.Sign(Message)));
    }

    [Fact]
    public void What_is_no_point_is_no_key_and_no_signature()
    {
        Assert.Null(IdentityVerifier.For("mn", [0]));
        Assert.Null(IdentityVerifier.For("mn", [2, .. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.False(Verifier("mn").Verify(Message, new byte[IdentityBased.SignatureBytes]));
    }

    private static IdentityVerifier Verifier(string identity, IdentityKeyGenerator? generator = null) =>
        IdentityVerifier.For(identity, (generator ?? Generator).PublicKey.Span)!;
}
