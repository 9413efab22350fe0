namespace Actors.Wire.Icmpv6;

/// <summary>One option: type and content, padding included (RFC 4861 section 4.6).</summary>
/// <param name="offsetBytes">Where the content starts in the packet.</param>
public readonly ref struct NeighborDiscoveryOption(byte type, ReadOnlySpan<byte> content, int offsetBytes)
{
    public byte Type { get; } = type;

    public ReadOnlySpan<byte> Content { get; } = content;

    public int OffsetBytes { get; } = offsetBytes;

    /// <summary>The content as what the type says; up to 7 bytes after it are padding.</summary>
    public ParseResult<T> Read<T>()
        where T : INeighborDiscoveryOption<T>, allows ref struct
    {
        var reader = new WireReader(Content, OffsetBytes);
        if (Type != T.Type)
            reader.Fail(ParseFault.WrongType, 2);
        var value = T.Read(ref reader);
        if (reader.Remaining > 7)
            reader.Fail(ParseFault.TrailingBytes);
        return reader.Failed ? new ParseResult<T>(reader.Error) : new ParseResult<T>(value);
    }
}

/// <summary>
/// The options of a neighbor discovery message. Those of unknown type are there to be passed over, one of length 0 spoils
/// the packet (RFC 4861 section 4.6).
/// </summary>
public readonly ref struct NeighborDiscoveryOptions
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _originBytes;

    private NeighborDiscoveryOptions(ReadOnlySpan<byte> bytes, int originBytes)
    {
        _bytes = bytes;
        _originBytes = originBytes;
    }

    /// <summary>The first option of this type that holds what it should.</summary>
    public bool TryFind<T>(out T option)
        where T : INeighborDiscoveryOption<T>, allows ref struct
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

    /// <summary>Takes the rest of a message, and checks that options fill it.</summary>
    internal static NeighborDiscoveryOptions Read(scoped ref WireReader reader)
    {
        var check = reader;
        while (check.Remaining > 0)
            ReadOption(ref check);
        if (check.Failed)
            reader.Fail(check.Error);
        var start = reader.OffsetBytes;
        return new NeighborDiscoveryOptions(reader.Rest(), start);
    }

    private static NeighborDiscoveryOption ReadOption(scoped ref WireReader reader)
    {
        var type = reader.Byte();
        var length = reader.Byte() * 8;
        if (!reader.Failed && length == 0)
            reader.Fail(ParseFault.BadLength, 1);
        var start = reader.OffsetBytes;
        return new NeighborDiscoveryOption(type, reader.Bytes(length - 2), start);
    }

    /// <summary>Walks the options without allocating.</summary>
    public ref struct Enumerator
    {
        private WireReader _reader;

        internal Enumerator(ReadOnlySpan<byte> bytes, int originBytes) => _reader = new WireReader(bytes, originBytes);

        public NeighborDiscoveryOption Current { get; private set; }

        public bool MoveNext()
        {
            if (_reader.Remaining == 0)
                return false;
            Current = ReadOption(ref _reader);
            return true;
        }
    }
}
