namespace Actors.Wire.Ikev2;

/// <summary>One payload: the generic header (RFC 7296 section 3.2) and what follows it.</summary>
/// <param name="type">Which the payload, or header, before it has told.</param>
/// <param name="next">Type of the next payload; of <see cref="Ikev2PayloadType.Encrypted"/>, of the first one inside.</param>
/// <param name="isCritical">The C flag: who does not know the type must refuse the message.</param>
/// <param name="body">What follows the generic header.</param>
/// <param name="offsetBytes">Where the body starts in the packet.</param>
public readonly ref struct Ikev2Payload(Ikev2PayloadType type, Ikev2PayloadType next, bool isCritical, ReadOnlySpan<byte> body, int offsetBytes)
{
    public const int HeaderBytes = 4;

    public Ikev2PayloadType Type { get; } = type;

    public Ikev2PayloadType Next { get; } = next;

    public bool IsCritical { get; } = isCritical;

    public ReadOnlySpan<byte> Body { get; } = body;

    public int OffsetBytes { get; } = offsetBytes;

    /// <summary>The body as what its type says.</summary>
    public ParseResult<T> Read<T>()
        where T : IWireFormat<T>, allows ref struct
        => WireFormat.Read<T>(Body, OffsetBytes);
}

/// <summary>
/// Payloads, one after the other, each naming the type of the next (RFC 7296 section 3.2). The framing of a chain that was
/// read is sound; the bodies are checked when they are read.
/// </summary>
public readonly ref struct Ikev2Chain
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _originBytes;

    private Ikev2Chain(Ikev2PayloadType first, ReadOnlySpan<byte> bytes, int originBytes)
    {
        First = first;
        _bytes = bytes;
        _originBytes = originBytes;
    }

    /// <summary>Type of the first payload.</summary>
    public Ikev2PayloadType First { get; }

    /// <summary>All of the chain.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Checks that payloads fill these bytes, and that nothing follows the last one.</summary>
    /// <param name="first">Type of the first payload, as the header or carrier before it says.</param>
    /// <param name="originBytes">Where the chain starts in the packet, for the offset of an error.</param>
    public static ParseResult<Ikev2Chain> Read(Ikev2PayloadType first, ReadOnlySpan<byte> bytes, int originBytes = 0)
    {
        var reader = new WireReader(bytes, originBytes);
        for (var type = first; type != Ikev2PayloadType.None && !reader.Failed;)
            type = Following(ReadPayload(type, ref reader));
        if (reader.Remaining > 0)
            reader.Fail(ParseFault.TrailingBytes);
        return reader.Failed
            ? new ParseResult<Ikev2Chain>(reader.Error)
            : new ParseResult<Ikev2Chain>(new Ikev2Chain(first, bytes, originBytes));
    }

    /// <summary>The first payload of this type.</summary>
    public bool TryFind(Ikev2PayloadType type, out Ikev2Payload payload)
    {
        foreach (var candidate in this)
        {
            if (candidate.Type == type)
            {
                payload = candidate;
                return true;
            }
        }
        payload = default;
        return false;
    }

    /// <summary>Reads the body of every payload of a type that is known here.</summary>
    /// <returns>The first error; none when all are sound.</returns>
    public ParseError Check()
    {
        foreach (var payload in this)
        {
            var error = payload.Type switch
            {
                Ikev2PayloadType.SecurityAssociation => payload.Read<Ikev2SecurityAssociation>().Error,
                Ikev2PayloadType.KeyExchange => payload.Read<Ikev2KeyExchange>().Error,
                Ikev2PayloadType.IdentificationInitiator or Ikev2PayloadType.IdentificationResponder => payload.Read<Ikev2Identification>().Error,
                Ikev2PayloadType.Certificate or Ikev2PayloadType.CertificateRequest => payload.Read<Ikev2Certificate>().Error,
                Ikev2PayloadType.Authentication => payload.Read<Ikev2Authentication>().Error,
                Ikev2PayloadType.Nonce => payload.Read<Ikev2Nonce>().Error,
                Ikev2PayloadType.Notify => payload.Read<Ikev2Notify>().Error,
                Ikev2PayloadType.TrafficSelectorsInitiator or Ikev2PayloadType.TrafficSelectorsResponder => payload.Read<Ikev2TrafficSelectors>().Error,
                _ => default,
            };
            if (error.Fault != ParseFault.None)
                return error;
        }
        return default;
    }

    public Enumerator GetEnumerator() => new(this);

    private static Ikev2Payload ReadPayload(Ikev2PayloadType type, scoped ref WireReader reader)
    {
        var next = (Ikev2PayloadType)reader.Byte();
        var isCritical = (reader.Byte() & 0x80) != 0;
        var length = reader.UInt16();
        if (!reader.Failed && length < Ikev2Payload.HeaderBytes)
            reader.Fail(ParseFault.BadLength, 2);
        var offset = reader.OffsetBytes;
        return new Ikev2Payload(type, next, isCritical, reader.Bytes(length - Ikev2Payload.HeaderBytes), offset);
    }

    private static Ikev2PayloadType Following(scoped Ikev2Payload payload) =>
        payload.Type == Ikev2PayloadType.Encrypted ? Ikev2PayloadType.None : payload.Next;

    /// <summary>Walks the payloads without allocating.</summary>
    public ref struct Enumerator
    {
        private WireReader _reader;
        private Ikev2PayloadType _type;

        internal Enumerator(Ikev2Chain chain)
        {
            _reader = new WireReader(chain._bytes, chain._originBytes);
            _type = chain.First;
        }

        public Ikev2Payload Current { get; private set; }

        public bool MoveNext()
        {
            if (_type == Ikev2PayloadType.None)
                return false;
            Current = ReadPayload(_type, ref _reader);
            _type = Following(Current);
            return true;
        }
    }
}
