namespace Actors.Security;

/// <summary>A computation whose time is charged in virtual time from a <see cref="CryptoCosts"/> table. Open: compare by reference.</summary>
public sealed class CryptoOperation(string name)
{
    public static readonly CryptoOperation RsaSign = new("rsa-sign");
    public static readonly CryptoOperation RsaVerify = new("rsa-verify");

    /// <summary>RSA encryption of a key: with the public key, as a verification.</summary>
    public static readonly CryptoOperation RsaEncrypt = new("rsa-encrypt");

    /// <summary>RSA decryption of a key: with the private key, as a signature.</summary>
    public static readonly CryptoOperation RsaDecrypt = new("rsa-decrypt");

    /// <summary>Identity-based signature: t_s of the paper.</summary>
    public static readonly CryptoOperation IdentitySign = new("identity-sign");

    /// <summary>Verification of an identity-based signature: t_v of the paper.</summary>
    public static readonly CryptoOperation IdentityVerify = new("identity-verify");

    public string Name { get; } = name;

    public override string ToString() => Name;
}

/// <summary>
/// Virtual time per operation. Always a fixed table, never a live timing, so that results can be reproduced; an operation
/// that is not in the table (a MAC, a key derivation) costs nothing, as in the paper's cost model.
/// </summary>
public sealed class CryptoCosts(IReadOnlyDictionary<CryptoOperation, TimeSpan> table)
{
    public static readonly CryptoCosts Free = new(new Dictionary<CryptoOperation, TimeSpan>());

    public TimeSpan this[CryptoOperation operation] => table.GetValueOrDefault(operation);

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
}
