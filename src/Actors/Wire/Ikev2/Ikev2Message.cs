namespace Actors.Wire.Ikev2;

/// <summary>Header and payloads: what a UDP datagram to port 500 holds (RFC 7296 section 3).</summary>
public readonly ref struct Ikev2Message
{
    private Ikev2Message(Ikev2Header header, Ikev2Chain payloads)
    {
        Header = header;
        Payloads = payloads;
    }

    public Ikev2Header Header { get; }

    public Ikev2Chain Payloads { get; }

    /// <summary>Writes a header before a chain that exists: what another carrier holds, in the form that every dissector reads.</summary>
    /// <param name="header">First payload and length are filled in.</param>
    /// <returns>The message.</returns>
    public static ReadOnlySpan<byte> Write(Span<byte> buffer, Ikev2Header header, Ikev2PayloadType first, scoped ReadOnlySpan<byte> chain)
    {
        var writer = new WireWriter(buffer);
        Ikev2Header.Write(header with { FirstPayload = first, LengthBytes = (uint)(Ikev2Header.SizeBytes + chain.Length) }, ref writer);
        writer.Bytes(chain);
        return writer.Written;
    }

    public static ParseResult<Ikev2Message> Read(ReadOnlySpan<byte> bytes, int originBytes = 0)
    {
        var reader = new WireReader(bytes, originBytes);
        var header = Ikev2Header.Read(ref reader);
        if (!reader.Failed && header.LengthBytes != (uint)bytes.Length)
            reader.Fail(ParseFault.BadLength, Ikev2Header.SizeBytes - Ikev2Header.LengthOffset);
        if (reader.Failed)
            return new ParseResult<Ikev2Message>(reader.Error);
        var start = reader.OffsetBytes;
        var payloads = Ikev2Chain.Read(header.FirstPayload, reader.Rest(), start);
        return payloads.TryGet(out var chain, out var error)
            ? new ParseResult<Ikev2Message>(new Ikev2Message(header, chain))
            : new ParseResult<Ikev2Message>(error);
    }
}
