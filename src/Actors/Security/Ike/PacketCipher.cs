using System.Buffers.Binary;
using System.Security.Cryptography;
using Actors.Wire.Esp;

namespace Actors.Security.Ike;

/// <summary>
/// Protects a message in place: header | initialisation vector | content | integrity check value, where the header is only
/// authenticated and the content encrypted too. ESP and the encrypted payload of IKEv2 both have this shape.
/// Not for use by two threads at once.
/// </summary>
public abstract class PacketCipher : IDisposable
{
    private readonly EspFormat _format;

    private protected PacketCipher(CipherSuite suite) => (Suite, _format) = (suite, suite.Format);

    public CipherSuite Suite { get; }

    private protected int IvBytes => _format.IvBytes;

    private protected int CheckBytes => _format.CheckBytes;

    /// <param name="encryptionKey">With the salt at its end.</param>
    /// <param name="integrityKey">Empty with a combined cipher.</param>
    /// <exception cref="ArgumentException">A key has another length than the suite says.</exception>
    public static PacketCipher Create(CipherSuite suite, ReadOnlySpan<byte> encryptionKey, ReadOnlySpan<byte> integrityKey)
    {
        if (encryptionKey.Length != suite.EncryptionMaterialBytes || integrityKey.Length != suite.IntegrityKeyBytes)
            throw new ArgumentException($"{suite} takes keys of {suite.EncryptionMaterialBytes} and {suite.IntegrityKeyBytes} bytes, not {encryptionKey.Length} and {integrityKey.Length}");
        return suite.IntegrityTransform is null ? new GcmCipher(suite, encryptionKey) : new CbcCipher(suite, encryptionKey, integrityKey);
    }

    /// <summary>Writes vector and check value, and encrypts the content, which is a multiple of the cipher's block.</summary>
    /// <param name="message">The whole message, content in plain text.</param>
    /// <param name="invocation">Never the same twice under one key; the vector comes from it.</param>
    public abstract void Seal(Span<byte> message, int headerBytes, ulong invocation);

    /// <summary>Decrypts the content; false, and nothing told of it, when the message was altered or is malformed.</summary>
    /// <param name="content">Takes <see cref="ContentBytes"/>.</param>
    public abstract bool Open(ReadOnlySpan<byte> message, int headerBytes, Span<byte> content);

    /// <summary>Length of the content of a message; negative when it is too short to be one.</summary>
    public int ContentBytes(int messageBytes, int headerBytes) => messageBytes - headerBytes - IvBytes - CheckBytes;

    public abstract void Dispose();
}

/// <summary>AES-GCM: nonce = salt | vector, and the vector is the invocation's number (RFC 4106, sections 3.1 and 4).</summary>
internal sealed class GcmCipher : PacketCipher
{
    private const int NonceBytes = 12;
    private readonly AesGcm _aes;
    private readonly byte[] _nonce = new byte[NonceBytes];

    public GcmCipher(CipherSuite suite, ReadOnlySpan<byte> key)
        : base(suite)
    {
        _aes = new AesGcm(key[..suite.KeyBytes], suite.Format.CheckBytes);
        key[suite.KeyBytes..].CopyTo(_nonce);
    }

    public override void Seal(Span<byte> message, int headerBytes, ulong invocation)
    {
        var vector = message.Slice(headerBytes, IvBytes);
        BinaryPrimitives.WriteUInt64BigEndian(vector, invocation);
        vector.CopyTo(_nonce.AsSpan(Suite.SaltBytes));
        var content = message[(headerBytes + IvBytes)..^CheckBytes];
        _aes.Encrypt(_nonce, content, content, message[^CheckBytes..], message[..headerBytes]);
    }

    public override bool Open(ReadOnlySpan<byte> message, int headerBytes, Span<byte> content)
    {
        var length = ContentBytes(message.Length, headerBytes);
        if (length < 0)
            return false;
        message.Slice(headerBytes, IvBytes).CopyTo(_nonce.AsSpan(Suite.SaltBytes));
        try
        {
            var encrypted = message.Slice(headerBytes + IvBytes, length);
            _aes.Decrypt(_nonce, encrypted, message[^CheckBytes..], content[..length], message[..headerBytes]);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public override void Dispose() => _aes.Dispose();
}

/// <summary>
/// AES-CBC, then HMAC-SHA-256-128 over everything before it. The vector is the invocation's number encrypted under the same
/// key (NIST SP 800-38A, appendix C), unpredictable and reproducible.
/// </summary>
internal sealed class CbcCipher : PacketCipher
{
    private readonly Aes _aes = Aes.Create();
    private readonly byte[] _integrityKey;

    public CbcCipher(CipherSuite suite, ReadOnlySpan<byte> key, ReadOnlySpan<byte> integrityKey)
        : base(suite)
    {
        _aes.SetKey(key);
        _integrityKey = integrityKey.ToArray();
    }

    public override void Seal(Span<byte> message, int headerBytes, ulong invocation)
    {
        var vector = message.Slice(headerBytes, IvBytes);
        vector.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(vector[sizeof(ulong)..], invocation);
        _aes.EncryptEcb(vector, vector, PaddingMode.None);
        var content = message[(headerBytes + IvBytes)..^CheckBytes];
        _aes.EncryptCbc(content, vector, content, PaddingMode.None);
        CheckValue(message[..^CheckBytes], message[^CheckBytes..]);
    }

    public override bool Open(ReadOnlySpan<byte> message, int headerBytes, Span<byte> content)
    {
        var length = ContentBytes(message.Length, headerBytes);
        if (length <= 0 || length % Suite.Format.AlignmentBytes != 0)
            return false;
        Span<byte> expected = stackalloc byte[CheckBytes];
        CheckValue(message[..^CheckBytes], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, message[^CheckBytes..]))
            return false;
        _aes.DecryptCbc(message.Slice(headerBytes + IvBytes, length), message.Slice(headerBytes, IvBytes), content[..length], PaddingMode.None);
        return true;
    }

    public override void Dispose() => _aes.Dispose();

    private void CheckValue(ReadOnlySpan<byte> message, Span<byte> value)
    {
        Span<byte> full = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_integrityKey, message, full);
        full[..CheckBytes].CopyTo(value);
    }
}
