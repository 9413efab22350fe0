using System.Formats.Asn1;
using System.Text;
using Actors.Security.Signatures;
using Org.BouncyCastle.Math;

namespace Tests.Actors.Security;

/// <summary>Signatures against vectors of the standards and of Wycheproof.</summary>
public sealed class KnownSignatureTests
{
    /// <summary>RFC 6979, section A.2.5, with SHA-256.</summary>
    [Theory]
    [InlineData("sample", "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716", "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8")]
    [InlineData("test", "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367", "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083")]
    public void Ecdsa_signs_as_RFC_6979_says(string message, string r, string s)
    {
        var signer = EcdsaSignatures.SignerOf(new BigInteger("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", 16));
        var pair = new AsnReader(signer.Sign(Encoding.ASCII.GetBytes(message)), AsnEncodingRules.DER).ReadSequence();
        Assert.Equal(r, Scalar(pair));
        Assert.Equal(s, Scalar(pair));

        static string Scalar(AsnReader reader) => reader.ReadInteger().ToString("X64")[^64..];
    }

    /// <summary>RFC 8032, section 7.1, tests 1 to 3.</summary>
    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "-",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Ed25519_signs_as_RFC_8032_says(string secret, string message, string signature) =>
        Assert.Equal(Golden.Hex(signature), Ed25519Signatures.SignerOf(Golden.Hex(secret)).Sign(Golden.Hex(message)));

    [Theory]
    [InlineData("ml-dsa-44")]
    [InlineData("ml-dsa-65")]
    public void Ml_dsa_signs_as_FIPS_204_says(string name)
    {
        var algorithm = (MlDsaSignatures)SignatureAlgorithm.All.Single(candidate => candidate.Name == name);
        var cases = Golden.Cases($"{name}.txt").ToList();
        Assert.Equal(3, cases.Count);
        foreach (var columns in cases)
        {
            var pair = algorithm.FromSeed(Golden.Hex(columns[0]));
            Assert.EndsWith(columns[1], Convert.ToHexStringLower(pair.PublicKeyInfo.Span), StringComparison.Ordinal);
            Assert.Equal(Golden.Hex(columns[3]), pair.Signer.Sign(Golden.Hex(columns[2])));
            Assert.True(TestKeys.VerifierOf(pair).Verify(Golden.Hex(columns[2]), Golden.Hex(columns[3])));
        }
    }

    [Theory]
    [InlineData("rsa-2048")]
    [InlineData("ecdsa-p256")]
    [InlineData("ed25519")]
    public void Signatures_are_judged_as_Wycheproof_does(string name)
    {
        var algorithm = SignatureAlgorithm.All.Single(candidate => candidate.Name == name);
        IVerifier? key = null;
        var wrong = new List<string>();
        var (valid, invalid) = (0, 0);
        foreach (var columns in Golden.Cases($"{name}.txt"))
        {
            if (columns[0] == "key")
            {
                key = algorithm.ReadPublicKey(Golden.Hex(columns[1]));
                continue;
            }

            if (key is null || columns[1] == "acceptable")
                continue;
            _ = columns[1] == "valid" ? valid++ : invalid++;
            if (key.Verify(Golden.Hex(columns[2]), Golden.Hex(columns[3])) != (columns[1] == "valid"))
                wrong.Add($"{columns[0]} is {columns[1]}");
        }

        Assert.True(wrong.Count == 0, string.Join("; ", wrong));
        Assert.True(valid > 5 && invalid > 50, $"{valid} valid, {invalid} invalid");
    }
}
