using Actors.Security;

namespace Actors.Schemes.IpsecFmipv6;

/// <summary>
/// What each step of an exchange computes, as one operation: in the paper's cost model, where only signatures cost anything,
/// each is the signature or verification in it.
/// </summary>
internal static class Computations
{
    /// <summary>M1: a fresh key share, signed.</summary>
    public static readonly CryptoOperation SignOffer = new("sign-m1", CryptoOperation.KeyExchangeInitiate, CryptoOperation.RsaSign);

    /// <summary>M2: the mobile node's certificate and signature.</summary>
    public static readonly CryptoOperation VerifyOffer = new("verify-m2", CryptoOperation.CertificateVerify, CryptoOperation.RsaVerify);

    /// <summary>M3: the agreed secret and this router's share, signed.</summary>
    public static readonly CryptoOperation SignAnswer = new("sign-m3", CryptoOperation.KeyExchangeRespond, CryptoOperation.RsaSign);

    /// <summary>M4, or M3 on the new link: the router's certificate and signature, then the agreed secret.</summary>
    public static readonly CryptoOperation VerifyAnswer = new(
        "verify-m4", CryptoOperation.CertificateVerify, CryptoOperation.RsaVerify, CryptoOperation.KeyExchangeAgree);

    /// <summary>IKE_AUTH request: the secret agreed on in IKE_SA_INIT, whose share M1 has made, and a signature.</summary>
    public static readonly CryptoOperation SignRequest = new("sign-ike-auth", CryptoOperation.KeyExchangeAgree, CryptoOperation.RsaSign);

    /// <summary>
    /// IKE_AUTH request at the router, with its part of the key exchange: the share has gone out before, but nothing runs in
    /// between, so the exchange takes as long as if it had been charged for then.
    /// </summary>
    public static readonly CryptoOperation VerifyRequest = new(
        "verify-ike-auth", CryptoOperation.KeyExchangeRespond, CryptoOperation.CertificateVerify, CryptoOperation.RsaVerify);

    /// <summary>IKE_AUTH response at the mobile node.</summary>
    public static readonly CryptoOperation VerifyResponse = new(
        "verify-ike-auth-response", CryptoOperation.CertificateVerify, CryptoOperation.RsaVerify);
}
