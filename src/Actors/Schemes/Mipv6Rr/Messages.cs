using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;

namespace Actors.Schemes.Mipv6Rr;

/// <summary>Home Test Init (RFC 3775 section 6.1.3; mobility header type 1), from the home address, through the home agent.</summary>
public sealed record HomeTestInit(ulong Cookie) : Message
{
    /// <summary>Mobility header 6 + reserved 2 + cookie 8.</summary>
    public override int SizeBytes => 16;

    public override string Name => "HoTI";
}

/// <summary>Care-of Test Init (RFC 3775 section 6.1.4; mobility header type 2), from the care-of address.</summary>
public sealed record CareOfTestInit(ulong Cookie) : Message
{
    /// <summary>Mobility header 6 + reserved 2 + cookie 8.</summary>
    public override int SizeBytes => 16;

    public override string Name => "CoTI";
}

/// <summary>Home Test (RFC 3775 section 6.1.5; mobility header type 3), to the home address.</summary>
/// <param name="NonceIndex">Of the nonce that the token was made with.</param>
/// <param name="Cookie">Of the init.</param>
public sealed record HomeTest(ushort NonceIndex, ulong Cookie, KeygenToken Token) : Message
{
    /// <summary>Mobility header 6 + nonce index 2 + cookie 8 + token 8.</summary>
    public override int SizeBytes => 24;

    public override string Name => "HoT";
}

/// <summary>Care-of Test (RFC 3775 section 6.1.6; mobility header type 4), to the care-of address.</summary>
public sealed record CareOfTest(ushort NonceIndex, ulong Cookie, KeygenToken Token) : Message
{
    /// <summary>Mobility header 6 + nonce index 2 + cookie 8 + token 8.</summary>
    public override int SizeBytes => 24;

    public override string Name => "CoT";
}

/// <summary>
/// A binding update to a correspondent (RFC 3775 section 6.1.7), A flag set, with nonce indices and authorization data; its
/// care-of address is its source.
/// </summary>
public sealed record CorrespondentUpdate(
    Address HomeAddress, ushort Sequence, ushort LifetimeUnits, ushort HomeNonceIndex, ushort CareOfNonceIndex, BindingAuthorization Authorization)
    : Message
{
    /// <summary>
    /// Destination options header with the home address option 24; mobility header 6 + sequence 2 + flags 2 + lifetime 2 +
    /// nonce indices option 6 + binding authorization data option 14.
    /// </summary>
    public override int SizeBytes => 24 + 32;

    public override string Name => "BU to CN";
}

/// <summary>The correspondent's acknowledgement (RFC 3775 section 6.1.8).</summary>
/// <param name="Authorization">Null with a status that says the nonces are not known any more (RFC 3775 section 6.2.7).</param>
/// <param name="AcceptedAt">When the update took effect: for the measurement, no byte on the wire.</param>
public sealed record CorrespondentAcknowledgement(
    BindingStatus Status, ushort Sequence, ushort LifetimeUnits, BindingAuthorization? Authorization, SimTime AcceptedAt) : Message
{
    /// <summary>
    /// Routing header type 2 24; mobility header 6 + status 1 + flags 1 + sequence 2 + lifetime 2 + padding 6 + binding
    /// authorization data option 14, or without that option padding 4.
    /// </summary>
    public override int SizeBytes => 24 + (Authorization is null ? 16 : 32);

    public override string Name => "BA of CN";
}
