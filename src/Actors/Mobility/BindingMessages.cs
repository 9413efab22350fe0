using Actors.Network;
using Topology.Addressing;

namespace Actors.Mobility;

/// <summary>
/// Binding Update (RFC 3775 section 6.1.7; mobility header type 5), flags A and H set: a mobile node registers its care-of
/// address with its home agent.
/// </summary>
/// <param name="HomeAddress">Of the home address option.</param>
/// <param name="CareOfAddress">Of the alternate care-of address option.</param>
/// <param name="LifetimeUnits">Of 4 s; 0 ends the binding.</param>
public sealed record BindingUpdate(Address HomeAddress, Address CareOfAddress, ushort Sequence, ushort LifetimeUnits) : Message, IRefusable
{
    /// <summary>
    /// M flag instead of H (RFC 5380 section 4.1): the binding of a regional care-of address, in the place of the home
    /// address, to the on-link one, for a mobility anchor point.
    /// </summary>
    public bool IsLocal { get; init; }

    /// <summary>Mobility header: 6 + sequence 2 + flags 2 + lifetime 2 + padding 2 + alternate care-of address option 18.</summary>
    public const int HeaderBytes = 32;

    /// <summary>Mobility header of a local update, whose care-of address is its source: no option, padding 4.</summary>
    public const int LocalHeaderBytes = 16;

    /// <summary>Destination options header with the home address option (24), mobility header.</summary>
    public override int SizeBytes => 24 + (IsLocal ? LocalHeaderBytes : HeaderBytes);

    public override string Name => IsLocal ? "LBU" : "BU";

    public Packet Refused(Packet request, byte status) => new(
        request.Destination,
        CareOfAddress,
        new BindingAcknowledgement((BindingStatus)status, Sequence, 0),
        request.Handover,
        request.EspBytes > 0 ? EspOverhead.Bytes(EspMode.Transport, BindingAcknowledgement.HeaderBytes) : 0);
}

/// <summary>Binding Acknowledgement (RFC 3775 section 6.1.8; mobility header type 6).</summary>
/// <param name="Sequence">Of the update; with <see cref="BindingStatus.SequenceOutOfWindow"/> the last one accepted.</param>
/// <param name="LifetimeUnits">Granted, of 4 s.</param>
public sealed record BindingAcknowledgement(BindingStatus Status, ushort Sequence, ushort LifetimeUnits) : Message
{
    /// <summary>Mobility header: 6 + status 1 + flags 1 + sequence 2 + lifetime 2 + padding 4.</summary>
    public const int HeaderBytes = 16;

    /// <summary>Routing header type 2 (24), mobility header.</summary>
    public override int SizeBytes => 24 + HeaderBytes;

    public override string Name => "BA";
}

/// <summary>Status of a binding acknowledgement; 128 and above is a refusal (RFC 3775 section 6.1.8).</summary>
public enum BindingStatus : byte
{
    Accepted = 0,
    ReasonUnspecified = 128,
    AdministrativelyProhibited = 129,
    InsufficientResources = 130,
    HomeRegistrationNotSupported = 131,
    NotHomeSubnet = 132,
    NotHomeAgentForThisMobileNode = 133,
    DuplicateAddressDetectionFailed = 134,
    SequenceOutOfWindow = 135,
    ExpiredHomeNonce = 136,
    ExpiredCareOfNonce = 137,
    ExpiredNonces = 138,
}
