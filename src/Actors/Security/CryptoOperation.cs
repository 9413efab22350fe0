using Actors.Security.Profiles;
using Actors.Security.Signatures;

namespace Actors.Security;

/// <summary>A computation whose time is charged in virtual time from a <see cref="CryptoCosts"/> table. Open: compare by reference.</summary>
/// <param name="parts">What it consists of, one after another; none for one that a table may name.</param>
public sealed class CryptoOperation(string name, params IReadOnlyList<CryptoOperation> parts)
{
    /// <summary>Signature with a certified key: RSA in the paper, the profile's algorithm in a measured table.</summary>
    public static readonly CryptoOperation RsaSign = new("rsa-sign");

    /// <summary>Verification of a signature with a certified key: RSA in the paper, the profile's algorithm in a measured table.</summary>
    public static readonly CryptoOperation RsaVerify = new("rsa-verify");

    /// <summary>RSA encryption of a key: with the public key, as a verification.</summary>
    public static readonly CryptoOperation RsaEncrypt = new("rsa-encrypt");

    /// <summary>RSA decryption of a key: with the private key, as a signature.</summary>
    public static readonly CryptoOperation RsaDecrypt = new("rsa-decrypt");

    /// <summary>Identity-based signature: t_s of the paper.</summary>
    public static readonly CryptoOperation IdentitySign = new("identity-sign");

    /// <summary>Verification of an identity-based signature: t_v of the paper.</summary>
    public static readonly CryptoOperation IdentityVerify = new("identity-verify");

    /// <summary>Making the private key of an identity, by the key generator.</summary>
    public static readonly CryptoOperation IdentityExtract = new("identity-extract");

    /// <summary>The initiator's half of a key exchange: a fresh secret and its share.</summary>
    public static readonly CryptoOperation KeyExchangeInitiate = new("key-exchange-initiate");

    /// <summary>The responder's part: its share, and the secret from the initiator's.</summary>
    public static readonly CryptoOperation KeyExchangeRespond = new("key-exchange-respond");

    /// <summary>The initiator's secret from the responder's share.</summary>
    public static readonly CryptoOperation KeyExchangeAgree = new("key-exchange-agree");

    /// <summary>Reading a certificate and verifying its issuer's signature.</summary>
    public static readonly CryptoOperation CertificateVerify = new("certificate-verify");

    /// <summary>ESP of a packet of 1,500 bytes, at either end.</summary>
    public static readonly CryptoOperation ProtectPacket = new("protect-packet");

    public string Name { get; } = name;

    public IReadOnlyList<CryptoOperation> Parts { get; } = parts;

    public override string ToString() => Name;
}

/// <summary>
/// Virtual time per operation. Always a fixed table, never a live timing, so that results can be reproduced; an operation
/// that is not in the table (a MAC, a key derivation) costs nothing, as in the paper's cost model.
/// </summary>
public sealed class CryptoCosts(IReadOnlyDictionary<CryptoOperation, TimeSpan> table)
{
    public static readonly CryptoCosts Free = new(new Dictionary<CryptoOperation, TimeSpan>());

    /// <summary>The time of an operation: its own, or the sum of its parts'.</summary>
    public TimeSpan this[CryptoOperation operation]
    {
        get
        {
            if (table.TryGetValue(operation, out var cost))
                return cost;
            foreach (var part in operation.Parts)
                cost += this[part];
            return cost;
        }
    }

    /// <summary>The paper's cost model (assumption A4).</summary>
    /// <param name="sign">t_s, one identity-based signature.</param>
    /// <param name="verify">t_v, one verification of it; 5 t_s in the paper.</param>
    /// <param name="rsa">t_RSA, one RSA signature together with its verification; t_s in the paper.</param>
    /// <param name="signatureShare">Part of <paramref name="rsa"/> that the signer spends, 0 to 1.</param>
    public static CryptoCosts Paper(TimeSpan sign, TimeSpan verify, TimeSpan rsa, double signatureShare)
    {
        var rsaSign = TimeSpan.FromTicks((long)Math.Round(rsa.Ticks * signatureShare));
        return new CryptoCosts(new Dictionary<CryptoOperation, TimeSpan>
        {
            [CryptoOperation.RsaSign] = rsaSign,
            [CryptoOperation.RsaVerify] = rsa - rsaSign,
            [CryptoOperation.RsaEncrypt] = rsa - rsaSign,
            [CryptoOperation.RsaDecrypt] = rsaSign,
            [CryptoOperation.IdentitySign] = sign,
            [CryptoOperation.IdentityVerify] = verify,
        });
    }

    /// <summary>
    /// A table that was measured, for nodes of this profile. RSA encryption and decryption of a key cost what verification
    /// and signature of RSA-2048 do: the same operations with the public and the private key.
    /// </summary>
    /// <param name="medians">Time of each computation of a <see cref="CryptoWorkload"/>, by name.</param>
    /// <exception cref="KeyNotFoundException">The table lacks a computation of the profile.</exception>
    public static CryptoCosts Calibrated(IReadOnlyDictionary<string, TimeSpan> medians, CryptoProfile profile) =>
        new(Measured(profile).ToDictionary(pair => pair.Key, pair => medians[pair.Value]));

    /// <summary>The computation of a <see cref="CryptoWorkload"/> that each operation is, for nodes of this profile.</summary>
    public static IReadOnlyDictionary<CryptoOperation, string> Measured(CryptoProfile profile) => new Dictionary<CryptoOperation, string>
    {
        [CryptoOperation.RsaSign] = profile.Signature.Sign.Name,
        [CryptoOperation.RsaVerify] = profile.Signature.Verify.Name,
        [CryptoOperation.RsaEncrypt] = SignatureAlgorithm.Rsa2048.Verify.Name,
        [CryptoOperation.RsaDecrypt] = SignatureAlgorithm.Rsa2048.Sign.Name,
        [CryptoOperation.IdentityExtract] = IdentityBased.Extract.Name,
        [CryptoOperation.IdentitySign] = IdentityBased.Sign.Name,
        [CryptoOperation.IdentityVerify] = IdentityBased.Verify.Name,
        [CryptoOperation.CertificateVerify] = profile.Signature.VerifyCertificate.Name,
        [CryptoOperation.KeyExchangeInitiate] = profile.KeyExchange.InitiateOperation.Name,
        [CryptoOperation.KeyExchangeRespond] = profile.KeyExchange.RespondOperation.Name,
        [CryptoOperation.KeyExchangeAgree] = profile.KeyExchange.AgreeOperation.Name,
        [CryptoOperation.ProtectPacket] = CryptoWorkload.ProtectPacket(profile.Suite),
    };
}
