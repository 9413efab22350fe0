namespace Actors.Wire.Ikev2;

/// <summary>One algorithm of a proposal (RFC 7296 section 3.3.2).</summary>
/// <param name="Id">Of IANA's registry for the type: encryption 20 AES-GCM-16, 12 AES-CBC; prf 5 HMAC-SHA2-256; integrity 12 HMAC-SHA2-256-128.</param>
/// <param name="KeyBits">The Key Length attribute (section 3.3.5), the only one there is; 0 for none.</param>
public readonly record struct Ikev2Transform(Ikev2TransformType Type, ushort Id, ushort KeyBits = 0)
{
    private const ushort KeyLengthAttribute = 14;
    private const ushort FixedLengthForm = 0x8000;
    private const int HeaderBytes = 8;
    private const int AttributeBytes = 4;

    /// <summary>Length on the wire.</summary>
    public int SizeBytes => KeyBits == 0 ? HeaderBytes : HeaderBytes + AttributeBytes;

    /// <summary>Reads a transform, with its header; attributes other than Key Length are passed over.</summary>
    internal static Ikev2Transform Read(scoped ref WireReader reader, bool isLast)
    {
        if (reader.Byte() != (isLast ? 0 : Ikev2Proposal.MoreTransforms))
            reader.Fail(ParseFault.BadValue, 1);
        reader.Skip(1);
        var length = reader.UInt16();
        if (!reader.Failed && length < HeaderBytes)
            reader.Fail(ParseFault.BadLength, 2);
        var type = (Ikev2TransformType)reader.Byte();
        reader.Skip(1);
        var id = reader.UInt16();
        var attributes = reader.Part(length - HeaderBytes);
        ushort keyBits = 0;
        while (attributes.Remaining > 0)
        {
            var attribute = attributes.UInt16();
            var value = attributes.UInt16();
            if ((attribute & FixedLengthForm) == 0)
                attributes.Skip(value);
            else if ((attribute & ~FixedLengthForm) == KeyLengthAttribute)
                keyBits = value;
        }
        if (attributes.Failed)
            reader.Fail(attributes.Error);
        return new Ikev2Transform(type, id, keyBits);
    }

    internal static void Write(Ikev2Transform value, bool isLast, scoped ref WireWriter writer)
    {
        writer.Byte(isLast ? (byte)0 : Ikev2Proposal.MoreTransforms);
        writer.Byte(0);
        writer.UInt16((ushort)value.SizeBytes);
        writer.Byte((byte)value.Type);
        writer.Byte(0);
        writer.UInt16(value.Id);
        if (value.KeyBits == 0)
            return;
        writer.UInt16(FixedLengthForm | KeyLengthAttribute);
        writer.UInt16(value.KeyBits);
    }
}
