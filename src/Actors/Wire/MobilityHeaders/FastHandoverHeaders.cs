namespace Actors.Wire.MobilityHeaders;

/// <summary>Fast Binding Update (RFC 5568 section 6.2.2): a Binding Update of another type.</summary>
/// <param name="Lifetime">In seconds, which is what section 6.2.2 says; a Binding Update counts units of 4 s.</param>
public readonly record struct FastBindingUpdateHeader(ushort Sequence, BindingUpdateFlags Flags, ushort Lifetime)
    : IMobilityMessage<FastBindingUpdateHeader>
{
    public static MobilityType Type => MobilityType.FastBindingUpdate;

    public static FastBindingUpdateHeader Read(scoped ref WireReader reader) =>
        new(reader.UInt16(), (BindingUpdateFlags)reader.UInt16(), reader.UInt16());

    public static void Write(FastBindingUpdateHeader value, scoped ref WireWriter writer)
    {
        writer.UInt16(value.Sequence);
        writer.UInt16((ushort)value.Flags);
        writer.UInt16(value.Lifetime);
    }
}

/// <summary>Fast Binding Acknowledgment (RFC 5568 section 6.2.3): a Binding Acknowledgement of another type.</summary>
/// <param name="Lifetime">In seconds, as that of the update.</param>
public readonly record struct FastBindingAcknowledgmentHeader(byte Status, BindingAcknowledgementFlags Flags, ushort Sequence, ushort Lifetime)
    : IMobilityMessage<FastBindingAcknowledgmentHeader>
{
    public static MobilityType Type => MobilityType.FastBindingAcknowledgment;

    public static FastBindingAcknowledgmentHeader Read(scoped ref WireReader reader) =>
        new(reader.Byte(), (BindingAcknowledgementFlags)reader.Byte(), reader.UInt16(), reader.UInt16());

    public static void Write(FastBindingAcknowledgmentHeader value, scoped ref WireWriter writer)
    {
        writer.Byte(value.Status);
        writer.Byte((byte)value.Flags);
        writer.UInt16(value.Sequence);
        writer.UInt16(value.Lifetime);
    }
}

/// <summary>Flags of Handover Initiate (RFC 5568 section 6.2.1.1; P and F of RFC 5949 section 6.1.1).</summary>
[Flags]
public enum HandoverInitiateFlags : byte
{
    None = 0,

    /// <summary>S: the new router shall assign the new care-of address.</summary>
    AssignAddress = 0x80,

    /// <summary>U: the new router shall buffer.</summary>
    Buffer = 0x40,

    /// <summary>P: between mobile access gateways.</summary>
    Proxy = 0x20,

    /// <summary>F: forwarding is asked for.</summary>
    Forward = 0x10,
}

/// <summary>Flags of Handover Acknowledge (RFC 5949 section 6.1.2); none in RFC 5568.</summary>
[Flags]
public enum HandoverAcknowledgeFlags : byte
{
    None = 0,

    /// <summary>U: the other side shall buffer.</summary>
    Buffer = 0x80,

    /// <summary>P: between mobile access gateways.</summary>
    Proxy = 0x40,

    /// <summary>F: forwarding is set up.</summary>
    Forward = 0x20,
}

/// <summary>Handover Initiate (RFC 5568 section 6.2.1.1).</summary>
/// <param name="Code">0 for the previous care-of address as source of the FBU, 1 for the new one.</param>
public readonly record struct HandoverInitiateHeader(ushort Sequence, HandoverInitiateFlags Flags, byte Code)
    : IMobilityMessage<HandoverInitiateHeader>
{
    public static MobilityType Type => MobilityType.HandoverInitiate;

    public static HandoverInitiateHeader Read(scoped ref WireReader reader) =>
        new(reader.UInt16(), (HandoverInitiateFlags)reader.Byte(), reader.Byte());

    public static void Write(HandoverInitiateHeader value, scoped ref WireWriter writer)
    {
        writer.UInt16(value.Sequence);
        writer.Byte((byte)value.Flags);
        writer.Byte(value.Code);
    }
}

/// <summary>Handover Acknowledge (RFC 5568 section 6.2.1.2).</summary>
/// <param name="Sequence">Of the initiation.</param>
/// <param name="Code">Below 128 accepted.</param>
public readonly record struct HandoverAcknowledgeHeader(ushort Sequence, byte Code, HandoverAcknowledgeFlags Flags = HandoverAcknowledgeFlags.None)
    : IMobilityMessage<HandoverAcknowledgeHeader>
{
    public static MobilityType Type => MobilityType.HandoverAcknowledge;

    public static HandoverAcknowledgeHeader Read(scoped ref WireReader reader)
    {
        var sequence = reader.UInt16();
        var flags = (HandoverAcknowledgeFlags)reader.Byte();
        return new HandoverAcknowledgeHeader(sequence, reader.Byte(), flags);
    }

    public static void Write(HandoverAcknowledgeHeader value, scoped ref WireWriter writer)
    {
        writer.UInt16(value.Sequence);
        writer.Byte((byte)value.Flags);
        writer.Byte(value.Code);
    }
}
