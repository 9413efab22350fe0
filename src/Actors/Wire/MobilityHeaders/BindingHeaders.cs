using Topology.Addressing;

namespace Actors.Wire.MobilityHeaders;

/// <summary>Flags of a Binding Update (RFC 6275 section 6.1.7, M of RFC 5380, R of RFC 3963, P of RFC 5213) or Fast Binding Update.</summary>
[Flags]
public enum BindingUpdateFlags : ushort
{
    None = 0,
    Acknowledge = 0x8000,
    HomeRegistration = 0x4000,
    LinkLocalCompatibility = 0x2000,
    KeyManagementMobility = 0x1000,
    MobilityAnchorPoint = 0x0800,
    MobileRouter = 0x0400,
    ProxyRegistration = 0x0200,
}

/// <summary>Flags of a Binding Acknowledgement (RFC 6275 section 6.1.8, RFC 3963, RFC 5213).</summary>
[Flags]
public enum BindingAcknowledgementFlags : byte
{
    None = 0,
    KeyManagementMobility = 0x80,
    MobileRouter = 0x40,
    ProxyRegistration = 0x20,
}

/// <summary>Binding Refresh Request (RFC 6275 section 6.1.2).</summary>
public readonly record struct BindingRefreshRequestHeader : IMobilityMessage<BindingRefreshRequestHeader>
{
    public static MobilityType Type => MobilityType.BindingRefreshRequest;

    public static BindingRefreshRequestHeader Read(scoped ref WireReader reader)
    {
        reader.Skip(2);
        return default;
    }

    public static void Write(BindingRefreshRequestHeader value, scoped ref WireWriter writer) => writer.Zeros(2);
}

/// <summary>Binding Update (RFC 6275 section 6.1.7); Proxy Binding Update (RFC 5213 section 8.1) with flag P.</summary>
/// <param name="LifetimeUnits">Of 4 s; 0 ends the binding.</param>
public readonly record struct BindingUpdateHeader(ushort Sequence, BindingUpdateFlags Flags, ushort LifetimeUnits)
    : IMobilityMessage<BindingUpdateHeader>
{
    public static MobilityType Type => MobilityType.BindingUpdate;

    public static BindingUpdateHeader Read(scoped ref WireReader reader) =>
        new(reader.UInt16(), (BindingUpdateFlags)reader.UInt16(), reader.UInt16());

    public static void Write(BindingUpdateHeader value, scoped ref WireWriter writer)
    {
        writer.UInt16(value.Sequence);
        writer.UInt16((ushort)value.Flags);
        writer.UInt16(value.LifetimeUnits);
    }
}

/// <summary>Binding Acknowledgement (RFC 6275 section 6.1.8); Proxy Binding Acknowledgement (RFC 5213 section 8.2) with flag P.</summary>
/// <param name="Status">Below 128 accepted.</param>
/// <param name="LifetimeUnits">Granted, of 4 s.</param>
public readonly record struct BindingAcknowledgementHeader(byte Status, BindingAcknowledgementFlags Flags, ushort Sequence, ushort LifetimeUnits)
    : IMobilityMessage<BindingAcknowledgementHeader>
{
    public static MobilityType Type => MobilityType.BindingAcknowledgement;

    public static BindingAcknowledgementHeader Read(scoped ref WireReader reader) =>
        new(reader.Byte(), (BindingAcknowledgementFlags)reader.Byte(), reader.UInt16(), reader.UInt16());

    public static void Write(BindingAcknowledgementHeader value, scoped ref WireWriter writer)
    {
        writer.Byte(value.Status);
        writer.Byte((byte)value.Flags);
        writer.UInt16(value.Sequence);
        writer.UInt16(value.LifetimeUnits);
    }
}

/// <summary>Binding Error (RFC 6275 section 6.1.9).</summary>
/// <param name="Status">1: no binding for the home address option; 2: unknown type of mobility header.</param>
public readonly record struct BindingErrorHeader(byte Status, Address HomeAddress) : IMobilityMessage<BindingErrorHeader>
{
    public static MobilityType Type => MobilityType.BindingError;

    public static BindingErrorHeader Read(scoped ref WireReader reader)
    {
        var status = reader.Byte();
        reader.Skip(1);
        return new BindingErrorHeader(status, reader.Address());
    }

    public static void Write(BindingErrorHeader value, scoped ref WireWriter writer)
    {
        writer.Byte(value.Status);
        writer.Byte(0);
        writer.Address(value.HomeAddress);
    }
}
