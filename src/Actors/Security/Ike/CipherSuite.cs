using Actors.Wire.Esp;

namespace Actors.Security.Ike;

/// <summary>How IKE and ESP protect packets: an encryption algorithm of IKEv2, with its integrity algorithm unless it is combined.</summary>
/// <param name="Name">As in profiles and tables of costs.</param>
/// <param name="EncryptionTransform">Of transform type 1: 12 ENCR_AES_CBC, 20 ENCR_AES_GCM_16.</param>
/// <param name="IntegrityTransform">Of transform type 3: 12 AUTH_HMAC_SHA2_256_128; null for a combined algorithm.</param>
/// <param name="KeyBytes">Of the cipher proper: 16 or 32.</param>
/// <param name="SaltBytes">Behind the cipher's key in SK_e and KEYMAT (RFC 4106, section 8.1).</param>
/// <param name="IntegrityKeyBytes">Zero for a combined algorithm.</param>
/// <param name="Format">Layout of its packets, in ESP and but for the alignment in IKE.</param>
public sealed record CipherSuite(
    string Name,
    ushort EncryptionTransform,
    ushort? IntegrityTransform,
    int KeyBytes,
    int SaltBytes,
    int IntegrityKeyBytes,
    EspFormat Format)
{
    /// <summary>AES-GCM with a check value of 16 bytes (RFC 4106; in IKE RFC 5282), key of 128 bits.</summary>
    public static readonly CipherSuite AesGcm128 = new("aes-gcm-128", 20, null, 16, 4, 0, EspFormat.AesGcm16);

    public static readonly CipherSuite AesGcm256 = AesGcm128 with { Name = "aes-gcm-256", KeyBytes = 32 };

    /// <summary>AES-CBC (RFC 3602) with HMAC-SHA-256-128 (RFC 4868), key of 128 bits.</summary>
    public static readonly CipherSuite AesCbc128 = new("aes-cbc-128-hmac-sha256", 12, 12, 16, 0, 32, EspFormat.AesCbcHmacSha256);

    public static readonly CipherSuite AesCbc256 = AesCbc128 with { Name = "aes-cbc-256-hmac-sha256", KeyBytes = 32 };

    public static IReadOnlyList<CipherSuite> All { get; } = [AesGcm128, AesGcm256, AesCbc128, AesCbc256];

    /// <summary>Length of SK_e, or of the encryption part of KEYMAT.</summary>
    public int EncryptionMaterialBytes => KeyBytes + SaltBytes;

    public override string ToString() => Name;
}
