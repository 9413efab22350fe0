namespace Actors.Wire.Esp;

/// <summary>An ESP packet (RFC 4303 section 2) as it arrived: its parts, still encrypted.</summary>
public readonly ref struct EspPacket(uint spi, uint sequence, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> check)
{
    /// <summary>SPI and sequence number, which authentication covers too.</summary>
    public const int HeaderBytes = 8;

    public uint Spi { get; } = spi;

    public uint Sequence { get; } = sequence;

    public ReadOnlySpan<byte> Iv { get; } = iv;

    public ReadOnlySpan<byte> Ciphertext { get; } = ciphertext;

    /// <summary>Integrity check value.</summary>
    public ReadOnlySpan<byte> Check { get; } = check;

    /// <summary>The SPI alone, by which the receiver finds the association and its format.</summary>
    public static ParseResult<uint> ReadSpi(ReadOnlySpan<byte> bytes, int originBytes = 0)
    {
        var reader = new WireReader(bytes, originBytes);
        var spi = reader.UInt32();
        return reader.Failed ? new ParseResult<uint>(reader.Error) : new ParseResult<uint>(spi);
    }
}

/// <summary>An ESP packet in the making: where its parts are.</summary>
/// <param name="packet">All of it.</param>
/// <param name="iv">To be filled in.</param>
/// <param name="text">Payload and trailer, to be encrypted in place.</param>
/// <param name="check">To be filled in.</param>
public readonly ref struct EspBuffer(Span<byte> packet, Span<byte> iv, Span<byte> text, Span<byte> check)
{
    public Span<byte> Packet { get; } = packet;

    /// <summary>SPI and sequence number.</summary>
    public ReadOnlySpan<byte> Header => Packet[..EspPacket.HeaderBytes];

    public Span<byte> Iv { get; } = iv;

    public Span<byte> Text { get; } = text;

    public Span<byte> Check { get; } = check;
}

/// <summary>What a decrypted cipher text holds (RFC 4303 sections 2.3 to 2.6).</summary>
public readonly ref struct EspPayload
{
    private EspPayload(ReadOnlySpan<byte> data, byte nextHeader)
    {
        Data = data;
        NextHeader = nextHeader;
    }

    public ReadOnlySpan<byte> Data { get; }

    public byte NextHeader { get; }

    /// <summary>Takes off the trailer; the padding must be 1, 2, 3 ... .</summary>
    public static ParseResult<EspPayload> Read(ReadOnlySpan<byte> plaintext)
    {
        if (plaintext.Length < 2)
            return new ParseResult<EspPayload>(new ParseError(ParseFault.Truncated, plaintext.Length));
        var padBytes = plaintext[^2];
        var dataBytes = plaintext.Length - 2 - padBytes;
        if (dataBytes < 0)
            return new ParseResult<EspPayload>(new ParseError(ParseFault.BadLength, plaintext.Length - 2));
        for (var i = 0; i < padBytes; i++)
        {
            if (plaintext[dataBytes + i] != i + 1)
                return new ParseResult<EspPayload>(new ParseError(ParseFault.BadValue, dataBytes + i));
        }
        return new ParseResult<EspPayload>(new EspPayload(plaintext[..dataBytes], plaintext[^1]));
    }
}
