using Topology.Plans;

namespace Actors.Mobility.Credentials;

/// <summary>
/// A symbolic signature of model mode: who signed, under which authority, what. Only a <see cref="SigningKey"/> makes one,
/// and it cannot be altered, so whoever lacks the key cannot forge it.
/// </summary>
public readonly struct Signature : IEquatable<Signature>
{
    private readonly NodeId _signer;
    private readonly NodeId _authority;
    private readonly Digest _content;

    internal Signature(NodeId signer, NodeId authority, Digest content) => (_signer, _authority, _content) = (signer, authority, content);

    /// <summary>Whether <paramref name="signer"/>, vouched for by <paramref name="authority"/>, has signed this content.</summary>
    public bool Verify(NodeId signer, NodeId authority, Digest content) =>
        _signer == signer && _authority == authority && _content == content;

    public bool Equals(Signature other) => Verify(other._signer, other._authority, other._content);

    public override bool Equals(object? obj) => obj is Signature other && Equals(other);

    public override int GetHashCode() => _content.GetHashCode();

    public static bool operator ==(Signature left, Signature right) => left.Equals(right);

    public static bool operator !=(Signature left, Signature right) => !left.Equals(right);
}

/// <summary>
/// A private key. Its authority is the issuer of the owner's certificate, or the key generator that an identity-based key
/// comes from.
/// </summary>
public readonly struct SigningKey(NodeId owner, NodeId authority)
{
    public Signature Sign(Digest content) => new(owner, authority, content);
}

/// <summary>An authenticator made with a key that two nodes share; only a <see cref="SharedKey"/> makes one.</summary>
public readonly record struct Authenticator
{
    internal Authenticator(Digest value) => Value = value;

    internal Digest Value { get; }
}

/// <summary>A symmetric key of a mobile node and its home AAA server, provisioned before the run: equal pairs have equal keys.</summary>
public readonly struct SharedKey(NodeId mobile, NodeId server)
{
    private readonly Digest _key = default(Digest).With(mobile).With(server);

    public Authenticator Authenticate(Digest content) => new(content.With(_key.Value));

    public bool Verify(Authenticator authenticator, Digest content) => authenticator.Value == content.With(_key.Value);
}
