using Actors.Mobility;
using Actors.Mobility.Credentials;
using CsCheck;
using Topology.Plans;

namespace Tests.Actors.Mobility;

public class CredentialTests
{
    private static readonly NodeId Mobile = new(9);
    private static readonly NodeId Authority = new(7);
    private static readonly Digest Content = default(Digest).With(1UL).With(2UL);

    [Fact]
    public void A_signature_holds_for_its_signer_authority_and_content_only()
    {
        var signature = new SigningKey(Mobile, Authority).Sign(Content);
        Assert.True(signature.Verify(Mobile, Authority, Content));
        Assert.False(signature.Verify(new NodeId(8), Authority, Content));
        Assert.False(signature.Verify(Mobile, new NodeId(6), Content));
        Assert.False(signature.Verify(Mobile, Authority, default(Digest).With(2UL).With(1UL)));
        Assert.False(default(Signature).Verify(default, default, Content));
    }

    [Fact]
    public void An_authenticator_holds_under_the_same_pair_of_nodes_only()
    {
        var authenticator = new SharedKey(Mobile, Authority).Authenticate(Content);
        Assert.True(new SharedKey(Mobile, Authority).Verify(authenticator, Content));
        Assert.False(new SharedKey(Authority, Mobile).Verify(authenticator, Content));
        Assert.False(new SharedKey(Mobile, Authority).Verify(authenticator, Content.With(0UL)));
    }

    [Fact]
    public void A_wrapped_key_opens_with_the_key_it_is_wrapped_in_only()
    {
        var under = SecretKey.Provisioned(Mobile, Authority);
        var content = new SecretKey(Content);
        var wrapped = under.Wrap(content);
        Assert.Equal(content, SecretKey.Provisioned(Authority, Mobile).Unwrap(wrapped));
        Assert.Null(content.Unwrap(wrapped));
        Assert.Null(under.Derive(1).Unwrap(wrapped));
        Assert.NotEqual(wrapped.Digest, under.Wrap(content.Derive(1)).Digest);
        Assert.NotEqual(wrapped.Digest, under.Derive(1).Wrap(content).Digest);
    }

    [Fact]
    public void A_secret_keys_authenticator_holds_for_its_content_only()
    {
        var key = new SecretKey(Content);
        Assert.True(key.Verify(key.Authenticate(Content), Content));
        Assert.False(key.Verify(key.Authenticate(Content), Content.With(1UL)));
        Assert.False(key.Verify(key.Derive(1).Authenticate(Content), Content));
        Assert.False(key.Verify(default, Content));
    }

    [Fact]
    public void Both_ends_of_a_key_agreement_arrive_at_the_same_value() =>
        Gen.Select(Gen.ULong, Gen.ULong).Sample((x, y) =>
            KeyAgreement.Agree(x, KeyAgreement.Share(y)) == KeyAgreement.Agree(y, KeyAgreement.Share(x)));

    [Theory]
    [InlineData(EspMode.None, 220, 0)]
    [InlineData(EspMode.Transport, 220, 36)]
    [InlineData(EspMode.Transport, 217, 35)]
    [InlineData(EspMode.Transport, 218, 34)]
    [InlineData(EspMode.Transport, 219, 37)]
    [InlineData(EspMode.Tunnel, 220, 76)]
    public void ESP_pads_its_trailer_to_four_bytes_and_adds_a_header_in_tunnel_mode(EspMode mode, int payloadBytes, int bytes) =>
        Assert.Equal(bytes, EspOverhead.Bytes(mode, payloadBytes));
}
