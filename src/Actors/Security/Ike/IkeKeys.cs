using System.Buffers.Binary;
using Actors.Security.KeyExchange;

namespace Actors.Security.Ike;

/// <summary>Ni, Nr, SPIi and SPIr of an exchange: what its keys depend on besides the secret.</summary>
/// <param name="InitiatorNonce">Nonce data without its payload header, 16 to 256 bytes (RFC 7296, section 3.9).</param>
/// <param name="ResponderNonce">Likewise.</param>
public sealed record IkeExchange(ReadOnlyMemory<byte> InitiatorNonce, ReadOnlyMemory<byte> ResponderNonce, ulong InitiatorSpi, ulong ResponderSpi)
{
    /// <summary>Ni | Nr.</summary>
    internal byte[] Nonces => [.. InitiatorNonce.Span, .. ResponderNonce.Span];

    /// <summary>Ni | Nr | SPIi | SPIr.</summary>
    internal byte[] NoncesAndSpis
    {
        get
        {
            Span<byte> spis = stackalloc byte[2 * sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(spis, InitiatorSpi);
            BinaryPrimitives.WriteUInt64BigEndian(spis[sizeof(ulong)..], ResponderSpi);
            return [.. Nonces, .. spis];
        }
    }
}

/// <summary>The keys of an IKE security association (RFC 7296, section 2.14); i is the initiator's direction, r the responder's.</summary>
/// <param name="Seed">SKEYSEED, of the last key exchange when there were several.</param>
/// <param name="Derivation">SK_d, from which children and later associations are derived.</param>
/// <param name="InitiatorIntegrity">SK_ai; empty with a combined cipher.</param>
/// <param name="ResponderIntegrity">SK_ar; empty with a combined cipher.</param>
/// <param name="InitiatorEncryption">SK_ei, with the salt at its end.</param>
/// <param name="ResponderEncryption">SK_er, with the salt at its end.</param>
/// <param name="InitiatorAuthentication">SK_pi.</param>
/// <param name="ResponderAuthentication">SK_pr.</param>
public sealed record IkeKeys(
    CipherSuite Suite,
    ReadOnlyMemory<byte> Seed,
    ReadOnlyMemory<byte> Derivation,
    ReadOnlyMemory<byte> InitiatorIntegrity,
    ReadOnlyMemory<byte> ResponderIntegrity,
    ReadOnlyMemory<byte> InitiatorEncryption,
    ReadOnlyMemory<byte> ResponderEncryption,
    ReadOnlyMemory<byte> InitiatorAuthentication,
    ReadOnlyMemory<byte> ResponderAuthentication)
{
    /// <summary>
    /// SKEYSEED = prf(Ni | Nr, g^ir), and the keys from it; then, for each additional key exchange, the keys anew from
    /// prf(SK_d, SK(n) | Ni | Nr) (RFC 9370, section 2.2.2).
    /// </summary>
    public static IkeKeys Derive(CipherSuite suite, IkeExchange exchange, SharedSecret secret)
    {
        var keys = FromSeed(suite, exchange, Prf.Compute(exchange.Nonces, secret.Parts[0].Span));
        return secret.Parts.Skip(1).Aggregate(keys, (before, part) => before.Rekey(exchange, part.Span));
    }

    /// <summary>
    /// The keys of an association that replaces this one: SKEYSEED = prf(SK_d, g^ir | Ni | Nr) (RFC 7296, section 2.18).
    /// </summary>
    /// <param name="exchange">The new nonces and SPIs.</param>
    public IkeKeys Rekey(IkeExchange exchange, ReadOnlySpan<byte> secret) =>
        FromSeed(Suite, exchange, Prf.Compute(Derivation.Span, [.. secret, .. exchange.Nonces]));

    /// <summary>KEYMAT of a child security association: prf+(SK_d, Ni | Nr), or prf+(SK_d, g^ir | Ni | Nr) with a secret of its own.</summary>
    /// <param name="secret">g^ir of the child's own key exchange; empty when it has none.</param>
    public ChildKeys Child(CipherSuite suite, IkeExchange exchange, ReadOnlySpan<byte> secret = default)
    {
        var perDirection = suite.EncryptionMaterialBytes + suite.IntegrityKeyBytes;
        var material = new Material(Prf.Plus(Derivation.Span, [.. secret, .. exchange.Nonces], 2 * perDirection));
        return new ChildKeys(
            suite,
            material.Next(suite.EncryptionMaterialBytes),
            material.Next(suite.IntegrityKeyBytes),
            material.Next(suite.EncryptionMaterialBytes),
            material.Next(suite.IntegrityKeyBytes));
    }

    private static IkeKeys FromSeed(CipherSuite suite, IkeExchange exchange, byte[] seed)
    {
        var length = 3 * Prf.Bytes + 2 * (suite.IntegrityKeyBytes + suite.EncryptionMaterialBytes);
        var material = new Material(Prf.Plus(seed, exchange.NoncesAndSpis, length));
        return new IkeKeys(
            suite,
            seed,
            material.Next(Prf.Bytes),
            material.Next(suite.IntegrityKeyBytes),
            material.Next(suite.IntegrityKeyBytes),
            material.Next(suite.EncryptionMaterialBytes),
            material.Next(suite.EncryptionMaterialBytes),
            material.Next(Prf.Bytes),
            material.Next(Prf.Bytes));
    }

    private sealed class Material(byte[] bytes)
    {
        private int _taken;

        public ReadOnlyMemory<byte> Next(int length) => bytes.AsMemory((_taken += length) - length, length);
    }
}

/// <summary>The keys of a child security association, taken from KEYMAT in the order of RFC 7296, section 2.17.</summary>
/// <param name="InitiatorEncryption">For packets from initiator to responder, with the salt at its end.</param>
/// <param name="InitiatorIntegrity">Empty with a combined cipher.</param>
/// <param name="ResponderEncryption">For packets from responder to initiator, with the salt at its end.</param>
/// <param name="ResponderIntegrity">Empty with a combined cipher.</param>
public sealed record ChildKeys(
    CipherSuite Suite,
    ReadOnlyMemory<byte> InitiatorEncryption,
    ReadOnlyMemory<byte> InitiatorIntegrity,
    ReadOnlyMemory<byte> ResponderEncryption,
    ReadOnlyMemory<byte> ResponderIntegrity);
