namespace Actors.Wire.Esp;

/// <summary>
/// How an algorithm lays out an ESP packet (RFC 4303 section 2): the bytes only, the secrets belong to Security. Sizes are of
/// the whole packet from the SPI to the check value.
/// </summary>
/// <param name="IvBytes">Explicit initialisation vector before the cipher text.</param>
/// <param name="AlignmentBytes">The cipher text is a multiple of it, at least 4.</param>
/// <param name="CheckBytes">Integrity check value.</param>
public readonly record struct EspFormat(int IvBytes, int AlignmentBytes, int CheckBytes)
{
    /// <summary>AES-GCM with a check value of 16 bytes (RFC 4106).</summary>
    public static readonly EspFormat AesGcm16 = new(8, 4, 16);

    /// <summary>AES-CBC (RFC 3602) with HMAC-SHA-256-128 (RFC 4868).</summary>
    public static readonly EspFormat AesCbcHmacSha256 = new(16, 16, 16);

    /// <summary>Pad length and next header.</summary>
    private const int TrailerBytes = 2;

    /// <summary>Padding, pad length and next header included.</summary>
    public int CiphertextBytes(int payloadBytes) => (payloadBytes + TrailerBytes + AlignmentBytes - 1) / AlignmentBytes * AlignmentBytes;

    /// <summary>The whole packet.</summary>
    public int PacketBytes(int payloadBytes) => EspPacket.HeaderBytes + IvBytes + CiphertextBytes(payloadBytes) + CheckBytes;

    /// <summary>
    /// Writes SPI and sequence number and, not yet encrypted, the payload with padding 1, 2, 3 ... (RFC 4303 section 2.4),
    /// pad length and next header. Initialisation vector, encryption and check value are the caller's.
    /// </summary>
    /// <param name="nextHeader">What the payload is: 41 in tunnel mode.</param>
    public EspBuffer Write(Span<byte> buffer, uint spi, uint sequence, scoped ReadOnlySpan<byte> payload, byte nextHeader)
    {
        var writer = new WireWriter(buffer);
        writer.UInt32(spi);
        writer.UInt32(sequence);
        var iv = writer.Reserve(IvBytes);
        var text = writer.Reserve(CiphertextBytes(payload.Length));
        var padBytes = text.Length - payload.Length - TrailerBytes;
        payload.CopyTo(text);
        for (var i = 1; i <= padBytes; i++)
            text[payload.Length + i - 1] = (byte)i;
        text[^2] = (byte)padBytes;
        text[^1] = nextHeader;
        var check = writer.Reserve(CheckBytes);
        return new EspBuffer(writer.Written, iv, text, check);
    }

    /// <summary>The parts of a packet as it arrived.</summary>
    public ParseResult<EspPacket> Read(ReadOnlySpan<byte> bytes, int originBytes = 0)
    {
        var reader = new WireReader(bytes, originBytes);
        var spi = reader.UInt32();
        var sequence = reader.UInt32();
        var iv = reader.Bytes(IvBytes);
        var textBytes = reader.Remaining - CheckBytes;
        if (!reader.Failed && (textBytes < TrailerBytes || textBytes % AlignmentBytes != 0))
            reader.Fail(ParseFault.BadLength);
        var text = reader.Bytes(textBytes);
        var check = reader.Rest();
        return reader.Failed
            ? new ParseResult<EspPacket>(reader.Error)
            : new ParseResult<EspPacket>(new EspPacket(spi, sequence, iv, text, check));
    }
}
