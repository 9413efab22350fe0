using Actors.Wire.Ipv6;

namespace Actors.Wire.MobilityHeaders;

/// <summary>One option: type and content (RFC 6275 section 6.2.1).</summary>
/// <param name="offsetBytes">Where the content starts in the packet.</param>
public readonly ref struct MobilityOption(byte type, ReadOnlySpan<byte> content, int offsetBytes)
{
    public byte Type { get; } = type;

    public ReadOnlySpan<byte> Content { get; } = content;

    public int OffsetBytes { get; } = offsetBytes;

    /// <summary>The content as what the type says.</summary>
    public ParseResult<T> Read<T>()
        where T : IMobilityOption<T>, allows ref struct
        => Type == T.Type
            ? WireFormat.Read<T>(Content, OffsetBytes)
            : new ParseResult<T>(new ParseError(ParseFault.WrongType, OffsetBytes - 2));
}

/// <summary>
/// The options of a mobility header; enumerates all but padding. Those of unknown type are there to be passed over (RFC 6275
/// section 6.2.1).
/// </summary>
public readonly ref struct MobilityOptions
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _originBytes;

    private MobilityOptions(ReadOnlySpan<byte> bytes, int originBytes)
    {
        _bytes = bytes;
        _originBytes = originBytes;
    }

    /// <summary>The first option of this type that holds what it should.</summary>
    public bool TryFind<T>(out T option)
        where T : IMobilityOption<T>, allows ref struct
    {
        foreach (var candidate in this)
        {
            if (candidate.Type == T.Type && candidate.Read<T>().TryGet(out option))
                return true;
        }
        option = default!;
        return false;
    }

    public Enumerator GetEnumerator() => new(_bytes, _originBytes);

    /// <summary>Takes the rest of a header, and checks that options fill it.</summary>
    internal static MobilityOptions Read(scoped ref WireReader reader)
    {
        var check = reader;
        while (check.Remaining > 0)
            TryReadOption(ref check, out _);
        if (check.Failed)
            reader.Fail(check.Error);
        var start = reader.OffsetBytes;
        return new MobilityOptions(reader.Rest(), start);
    }

    private static bool TryReadOption(scoped ref WireReader reader, out MobilityOption option)
    {
        var type = reader.Byte();
        option = default;
        if (type == OptionAlignment.Pad1)
            return false;
        var length = reader.Byte();
        var start = reader.OffsetBytes;
        option = new MobilityOption(type, reader.Bytes(length), start);
        return type != OptionAlignment.PadN;
    }

    /// <summary>Walks the options without allocating.</summary>
    public ref struct Enumerator
    {
        private WireReader _reader;

        internal Enumerator(ReadOnlySpan<byte> bytes, int originBytes) => _reader = new WireReader(bytes, originBytes);

        public MobilityOption Current { get; private set; }

        public bool MoveNext()
        {
            while (_reader.Remaining > 0)
            {
                if (TryReadOption(ref _reader, out var option))
                {
                    Current = option;
                    return true;
                }
            }
            return false;
        }
    }
}
