using Actors.Security.Ike;
using Actors.Security.KeyExchange;

namespace Tests.Actors.Security;

public sealed class IkeKeysTests
{
    // OpenSSL, test/recipes/30-test_evp_data/evpkdf_ikev2.txt, "self_test_data.c" (Apache License 2.0), from NIST's ACVP.
    private const string Secret = "D084A30166A50FB7325C3960874A839449EF9741C2F4F947D0201DD8C1269273D79509F37E3CA3EB4FA2FE2A28254E289CD3F34DAD4EB4DF1A07685A4B8A94FA61E2491F7598B3CE65547FF133B3F63D1AC4175EAA695033F3CEDB026A6873A36455172A8540B8A5D23A0143BED0390EE49B168269D75FFFEE9FB62BE965993C";
    private const string NewSecret = "52F00AB174C25D5B7139AE5FF4E8E9EDDEE5992D2E36ADF8A559FFD90DAB1442E4FBE429D320C0F33552A17D1557FA41EA70E8FB916C4FA27ED52B5F8EBD8461AFA78F1159159A64055AC5F6319E29C28EAE58CBC6847770F32C3FED1D04750484F854790F95E9EC01BC5BC461F24966462E359511329305038E94DEB6DD42C2";
    private const string Seed = "EFAA7AB0EAA85A3D0BE2100CD4B6FE00FF5025A9EAFDDB3EF518E9F0D3FE60E6";
    private const string Derived = "462B9DD525D4FD71169174272779E704BAF62C6231779AE9EFE8C58B21916B42010164AF2111EBD762F6916CA9A6F0EE05C8B320E4EE27705521DE2589ADEA1878F1A551738AF7C88DC4F0BB0C096A3F7D1F1A670FC79F49F678D60D665BB3710C8657F03BA9F62B9A818D7A228968C506E237AE9502AA6DB395C61EA6A3E79504F86B7368BFB5423DF79E48809BBCCD49FD826D024F63D7C2A5566400A12E736AA034510428F5EA008FE2FC16886FA388274EA6C2B4FCFC6141BF04F8207EF8AFC224EA1059CB220DC0B23AC0E4CCDA495A4E131B1D56E223ABA5A48E8ED1F5";
    private const string ChildMaterial = "23647677E7D403FA1E3006F19840AEE18AD9FECC4215814C4131BDEBA98433D8B0E31BFBBDDF822ABCCE5E06486AA388022B75E27E1E68AA5983028B65282C730C5D49EF7606770376CFDEC41F7CC435D816029989BC353D3B67B9FD1168DDCB";
    private const string ChildWithSecret = "6A919387A5FA2835FE8A8237E4A14845BD2B9930DB87EFF7ADF268F62186004902DBA9AA942D0259A0EDC4120B932A503865B57BA8FB88117EF5DF7B26799CD8BA37AA5438108CB1A4FE117907C9D0597B708C3F11151FEFD624D2317202B7C8";
    private const string RekeyedSeed = "90722C42BD849E9B72D240FC254174270FA8295DE6F0338DAFC303A9EC104F12";

    private static readonly IkeExchange Exchange =
        new(Golden.Hex("3651FEF5C9C35E93"), Golden.Hex("C09A8B90A3F04D59"), 0x8E5C3AE507221684, 0xB1F201BB155C3ACD);

    private static readonly IkeKeys Keys = IkeKeys.Derive(CipherSuite.AesCbc256, Exchange, new SharedSecret([Golden.Hex(Secret)]));

    /// <summary>RFC 4231, sections 4.2 to 4.4, 4.7 and 4.8.</summary>
    [Theory]
    [InlineData("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")]
    [InlineData("4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData(
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd",
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe")]
    [InlineData(
        "0102030405060708090a0b0c0d0e0f10111213141516171819",
        "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b")]
    public void The_prf_is_HMAC_SHA_256(string key, string data, string output) =>
        Assert.Equal(Golden.Hex(output), Prf.Compute(Golden.Hex(key), Golden.Hex(data)));

    [Fact]
    public void A_key_longer_than_a_block_is_hashed_first() => Assert.Equal(
        Golden.Hex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        Prf.Compute([.. Enumerable.Repeat((byte)0xAA, 131)], "Test Using Larger Than Block-Size Key - Hash Key First"u8));

    [Fact]
    public void Keys_are_those_of_OpenSSL()
    {
        Assert.Equal(Seed, Text(Keys.Seed));
        Assert.Equal(
            Derived,
            Text(Keys.Derivation) + Text(Keys.InitiatorIntegrity) + Text(Keys.ResponderIntegrity)
            + Text(Keys.InitiatorEncryption) + Text(Keys.ResponderEncryption) + Text(Keys.InitiatorAuthentication) + Text(Keys.ResponderAuthentication));
        Assert.Equal([32, 32, 32, 32, 32, 32, 32], Lengths(Keys));
    }

    [Fact]
    public void Keys_of_children_are_those_of_OpenSSL()
    {
        // OpenSSL's vectors are longer than KEYMAT of this suite: prf+ does not depend on how much is asked for.
        var one = Keys.Child(CipherSuite.AesCbc128, Exchange);
        Assert.Equal(ChildMaterial, Text(one.InitiatorEncryption) + Text(one.InitiatorIntegrity) + Text(one.ResponderEncryption) + Text(one.ResponderIntegrity));
        var other = Keys.Child(CipherSuite.AesCbc128, Exchange, Golden.Hex(NewSecret));
        Assert.Equal(ChildWithSecret, Text(other.InitiatorEncryption) + Text(other.InitiatorIntegrity) + Text(other.ResponderEncryption) + Text(other.ResponderIntegrity));
    }

    [Fact]
    public void A_rekeyed_association_starts_from_the_seed_of_OpenSSL() =>
        Assert.Equal(RekeyedSeed, Text(Keys.Rekey(Exchange, Golden.Hex(NewSecret)).Seed));

    [Fact]
    public void An_additional_key_exchange_is_stirred_in_as_RFC_9370_says()
    {
        var hybrid = IkeKeys.Derive(CipherSuite.AesCbc256, Exchange, new SharedSecret([Golden.Hex(Secret), Golden.Hex(NewSecret)]));
        Assert.Equal(RekeyedSeed, Text(hybrid.Seed));
        Assert.NotEqual(Text(Keys.Derivation), Text(hybrid.Derivation));
    }

    [Fact]
    public void A_combined_cipher_has_salts_and_no_integrity_keys() =>
        Assert.Equal([32, 0, 0, 20, 20, 32, 32], Lengths(IkeKeys.Derive(CipherSuite.AesGcm128, Exchange, new SharedSecret([Golden.Hex(Secret)]))));

    [Fact]
    public void Prf_plus_yields_at_most_255_blocks()
    {
        Assert.Equal(255 * 32, Prf.Plus([1], [2], 255 * 32).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => Prf.Plus([1], [2], 255 * 32 + 1));
    }

    private static int[] Lengths(IkeKeys keys) =>
    [
        keys.Derivation.Length, keys.InitiatorIntegrity.Length, keys.ResponderIntegrity.Length, keys.InitiatorEncryption.Length,
        keys.ResponderEncryption.Length, keys.InitiatorAuthentication.Length, keys.ResponderAuthentication.Length,
    ];

    private static string Text(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(bytes.Span);
}
