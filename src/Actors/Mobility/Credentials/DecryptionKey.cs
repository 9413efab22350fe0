namespace Actors.Mobility.Credentials;

/// <summary>The private key of an encryption key pair of model mode; only its holder reads what is encrypted to the pair.</summary>
/// <param name="secret">Fresh random bits.</param>
public readonly struct DecryptionKey(ulong secret)
{
    private readonly SecretKey _secret = new(default(Digest).With(secret));

    public EncryptionKey PublicKey => new(_secret);

    /// <summary>The key that was encrypted to this pair; null when it was to another.</summary>
    public SecretKey? Decrypt(WrappedKey encrypted) => _secret.Unwrap(encrypted);
}

/// <summary>The public key of a pair.</summary>
public readonly record struct EncryptionKey
{
    private readonly SecretKey _pair;

    internal EncryptionKey(SecretKey pair) => _pair = pair;

    internal ulong Symbol => _pair.Value.Value;

    internal static EncryptionKey Of(ulong symbol) => new(new SecretKey(new Digest(symbol)));

    /// <summary>The key's bits, as a signature covers them.</summary>
    public Digest Digest => _pair.Authenticate(default).Value;

    public WrappedKey Encrypt(SecretKey key) => _pair.Wrap(key);
}
