namespace Actors.Wire;

/// <summary>
/// A run of fields that has one form on the wire. Reading what was written gives the same value. A form with bytes of
/// variable length is a view: it holds the packet's own bytes, not a copy.
/// </summary>
public interface IWireFormat<TSelf>
    where TSelf : IWireFormat<TSelf>, allows ref struct
{
    /// <summary>Reads the fields; what is wrong with them is the reader's error.</summary>
    static abstract TSelf Read(scoped ref WireReader reader);

    static abstract void Write(scoped TSelf value, scoped ref WireWriter writer);
}

/// <summary>Reads and writes one value that fills all of its bytes.</summary>
public static class WireFormat
{
    /// <summary>The value that these bytes hold, no more and no less.</summary>
    /// <param name="originBytes">Where they start in the packet, for the offset of an error.</param>
    public static ParseResult<T> Read<T>(ReadOnlySpan<byte> bytes, int originBytes = 0)
        where T : IWireFormat<T>, allows ref struct
    {
        var reader = new WireReader(bytes, originBytes);
        var value = T.Read(ref reader);
        if (reader.Remaining > 0)
            reader.Fail(ParseFault.TrailingBytes);
        return reader.Failed ? new ParseResult<T>(reader.Error) : new ParseResult<T>(value);
    }

    /// <summary>Writes a value.</summary>
    /// <returns>Its length in bytes.</returns>
    public static int Write<T>(scoped T value, Span<byte> buffer)
        where T : IWireFormat<T>, allows ref struct
    {
        var writer = new WireWriter(buffer);
        T.Write(value, ref writer);
        return writer.Length;
    }
}
