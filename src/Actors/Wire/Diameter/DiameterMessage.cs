namespace Actors.Wire.Diameter;

/// <summary>One attribute (RFC 6733 section 4.1).</summary>
/// <param name="offsetBytes">Where the data start in the packet.</param>
public readonly ref struct DiameterAttribute(uint code, bool isMandatory, ReadOnlySpan<byte> data, int offsetBytes)
{
    public uint Code { get; } = code;

    /// <summary>M flag: who does not know the code must refuse the message.</summary>
    public bool IsMandatory { get; } = isMandatory;

    public ReadOnlySpan<byte> Data { get; } = data;

    public int OffsetBytes { get; } = offsetBytes;
}

/// <summary>A Diameter message: header, and attributes that have been checked to fill it.</summary>
public readonly ref struct DiameterMessage
{
    private readonly ReadOnlySpan<byte> _attributes;
    private readonly int _originBytes;

    private DiameterMessage(DiameterHeader header, ReadOnlySpan<byte> attributes, int originBytes)
    {
        Header = header;
        _attributes = attributes;
        _originBytes = originBytes;
    }

    public DiameterHeader Header { get; }

    public static ParseResult<DiameterMessage> Read(ReadOnlySpan<byte> bytes, int originBytes = 0)
    {
        var reader = new WireReader(bytes, originBytes);
        var header = DiameterHeader.Read(ref reader);
        if (!reader.Failed && header.LengthBytes != bytes.Length)
            reader.Fail(ParseFault.BadLength, DiameterHeader.SizeBytes - 1);
        var check = reader;
        while (check.Remaining > 0)
            ReadAttribute(ref check);
        if (check.Failed)
            return new ParseResult<DiameterMessage>(check.Error);
        var start = reader.OffsetBytes;
        return new ParseResult<DiameterMessage>(new DiameterMessage(header, reader.Rest(), start));
    }

    /// <summary>The first attribute of this code.</summary>
    public bool TryFind(uint code, out DiameterAttribute attribute)
    {
        foreach (var candidate in this)
        {
            if (candidate.Code == code)
            {
                attribute = candidate;
                return true;
            }
        }
        attribute = default;
        return false;
    }

    public Enumerator GetEnumerator() => new(_attributes, _originBytes);

    private static DiameterAttribute ReadAttribute(scoped ref WireReader reader)
    {
        var code = reader.UInt32();
        var flagsAndLength = reader.UInt32();
        var flags = flagsAndLength >> 24;
        var length = (int)(flagsAndLength & 0xFFFFFF) - DiameterWriter.AttributeHeaderBytes;
        if ((flags & DiameterWriter.VendorFlag) != 0)
        {
            reader.Skip(4);
            length -= 4;
        }
        if (!reader.Failed && length < 0)
            reader.Fail(ParseFault.BadLength, 3);
        var start = reader.OffsetBytes;
        var data = reader.Bytes(length);
        reader.Skip(-length & 3);
        return new DiameterAttribute(code, (flags & DiameterWriter.MandatoryFlag) != 0, data, start);
    }

    /// <summary>Walks the attributes without allocating.</summary>
    public ref struct Enumerator
    {
        private WireReader _reader;

        internal Enumerator(ReadOnlySpan<byte> attributes, int originBytes) => _reader = new WireReader(attributes, originBytes);

        public DiameterAttribute Current { get; private set; }

        public bool MoveNext()
        {
            if (_reader.Remaining == 0)
                return false;
            Current = ReadAttribute(ref _reader);
            return true;
        }
    }
}
