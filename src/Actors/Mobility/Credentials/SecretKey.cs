using Topology.Plans;

namespace Actors.Mobility.Credentials;

/// <summary>
/// A symmetric key of model mode that comes to be during a run: made by a node, sent <see cref="Wrap">wrapped</see>, or
/// derived. Whoever does not hold it can neither make its authenticators nor open what is wrapped in it.
/// </summary>
public readonly record struct SecretKey
{
    private readonly Digest _value;

    /// <param name="value">Fresh random bits, or what the key is derived from.</param>
    public SecretKey(Digest value) => _value = value;

    /// <summary>The key that two nodes share before the run, the same for both.</summary>
    public static SecretKey Provisioned(NodeId one, NodeId other) => one.Index <= other.Index
        ? new SecretKey(default(Digest).With(one).With(other))
        : new SecretKey(default(Digest).With(other).With(one));

    internal Digest Value => _value;

    /// <summary>Another key, which tells nothing about this one.</summary>
    public SecretKey Derive(ulong purpose) => new(_value.With(purpose));

    public Authenticator Authenticate(Digest content) => new(content.With(_value.Value));

    public bool Verify(Authenticator authenticator, Digest content) => authenticator == Authenticate(content);

    /// <summary>The key in a form that only the holder of this one can read.</summary>
    public WrappedKey Wrap(SecretKey key) => new(this, key);

    /// <summary>The key that was wrapped in this one; null when it was wrapped in another.</summary>
    public SecretKey? Unwrap(WrappedKey wrapped) => wrapped.OpenWith(this);

    public override string ToString() => "key";
}

/// <summary>A key in transit, encrypted under another one.</summary>
public readonly record struct WrappedKey
{
    private readonly SecretKey _under;
    private readonly SecretKey _content;

    internal WrappedKey(SecretKey under, SecretKey content) => (_under, _content) = (under, content);

    /// <summary>The cipher text, as a signature or authenticator covers it.</summary>
    public Digest Digest => _under.Authenticate(_content.Authenticate(default).Value).Value;

    /// <summary>Its bits, which only a form may look at.</summary>
    internal (ulong Under, ulong Content) Symbol => (_under.Value.Value, _content.Value.Value);

    internal static WrappedKey Of(ulong under, ulong content) => new(new SecretKey(new Digest(under)), new SecretKey(new Digest(content)));

    internal SecretKey? OpenWith(SecretKey key) => key == _under ? _content : null;

    public override string ToString() => "wrapped key";
}
