using Actors.Mobility;
using Actors.Mobility.Credentials;
using Topology.Addressing;

namespace Actors.Schemes.Mipv6Rr;

/// <summary>
/// A keygen token (RFC 3775 section 5.2.3), symbolic: only a <see cref="CorrespondentSecret"/> makes one. Who holds it has
/// received a packet at the address that it was made for.
/// </summary>
public readonly record struct KeygenToken
{
    internal KeygenToken(Digest value) => Value = value;

    internal Digest Value { get; }
}

/// <summary>The first 96 bits of HMAC_SHA1 by a binding management key (RFC 3775 section 6.2.7), symbolic.</summary>
public readonly record struct BindingAuthorization
{
    internal BindingAuthorization(Digest value) => Value = value;

    internal Digest Value { get; }
}

/// <summary>Kbm, the key that follows from both tokens: SHA1(home keygen token | care-of keygen token) (RFC 3775 section 5.2.5).</summary>
public readonly struct BindingManagementKey(KeygenToken home, KeygenToken careOf)
{
    private readonly Digest _key = default(Digest).With(home.Value.Value).With(careOf.Value.Value);

    /// <summary>The authenticator of an update.</summary>
    public BindingAuthorization Authorize(Address careOfAddress, Address correspondent, Address homeAddress, ushort sequence, ushort lifetimeUnits) =>
        new(Begin(careOfAddress, correspondent).With(homeAddress).With(sequence).With(lifetimeUnits));

    /// <summary>The authenticator of an acknowledgement.</summary>
    public BindingAuthorization Authorize(Address careOfAddress, Address correspondent, BindingStatus status, ushort sequence, ushort lifetimeUnits) =>
        new(Begin(careOfAddress, correspondent).With((ulong)status).With(sequence).With(lifetimeUnits));

    private Digest Begin(Address careOfAddress, Address correspondent) => _key.With(careOfAddress).With(correspondent);
}

/// <summary>
/// Kcn, which a correspondent tells nobody, and its nonces (RFC 3775 sections 5.2.1 and 5.2.2). From them and an address it
/// makes that address's token anew whenever it needs it, so that it keeps no state for those who only ask.
/// </summary>
public readonly struct CorrespondentSecret(ulong key)
{
    public KeygenToken HomeToken(Address home, ushort nonceIndex) => Token(home, nonceIndex, 0);

    public KeygenToken CareOfToken(Address careOf, ushort nonceIndex) => Token(careOf, nonceIndex, 1);

    /// <summary>First(64, HMAC_SHA1(Kcn, (address | nonce | kind))); the nonce of an index follows from the key.</summary>
    private KeygenToken Token(Address address, ushort nonceIndex, ulong kind) =>
        new(default(Digest).With(key).With(address).With(nonceIndex).With(kind));
}
