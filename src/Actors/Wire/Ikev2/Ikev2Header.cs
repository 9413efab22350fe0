namespace Actors.Wire.Ikev2;

/// <summary>The 28 bytes before the payloads of a message over UDP 500 (RFC 7296 section 3.1).</summary>
/// <param name="LengthBytes">Of the whole message; a writer of messages fills it in.</param>
public readonly record struct Ikev2Header(
    ulong InitiatorSpi,
    ulong ResponderSpi,
    Ikev2PayloadType FirstPayload,
    Ikev2Exchange Exchange,
    Ikev2Flags Flags,
    uint MessageId,
    uint LengthBytes = 0) : IWireFormat<Ikev2Header>
{
    public const int SizeBytes = 28;

    internal const int FirstPayloadOffset = 16;

    internal const int LengthOffset = 24;

    /// <summary>Major version 2, minor version 0.</summary>
    private const byte Version = 0x20;

    public static Ikev2Header Read(scoped ref WireReader reader)
    {
        var initiator = reader.UInt64();
        var responder = reader.UInt64();
        var first = (Ikev2PayloadType)reader.Byte();
        if (!reader.Failed && reader.Byte() >> 4 != Version >> 4)
            reader.Fail(ParseFault.BadVersion, 1);
        return new Ikev2Header(
            initiator, responder, first, (Ikev2Exchange)reader.Byte(), (Ikev2Flags)reader.Byte(), reader.UInt32(), reader.UInt32());
    }

    public static void Write(Ikev2Header value, scoped ref WireWriter writer)
    {
        writer.UInt64(value.InitiatorSpi);
        writer.UInt64(value.ResponderSpi);
        writer.Byte((byte)value.FirstPayload);
        writer.Byte(Version);
        writer.Byte((byte)value.Exchange);
        writer.Byte((byte)value.Flags);
        writer.UInt32(value.MessageId);
        writer.UInt32(value.LengthBytes);
    }
}
