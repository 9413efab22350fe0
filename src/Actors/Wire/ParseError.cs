namespace Actors.Wire;

/// <summary>Why bytes are not what they should be.</summary>
public enum ParseFault : byte
{
    None,

    /// <summary>They end before the field does.</summary>
    Truncated,

    /// <summary>A length field contradicts what contains it, or what it contains.</summary>
    BadLength,

    /// <summary>A version that the RFC does not know.</summary>
    BadVersion,

    /// <summary>A value that the RFC forbids in this place.</summary>
    BadValue,

    /// <summary>Of another type than the one asked for.</summary>
    WrongType,

    /// <summary>The checksum does not fit the bytes.</summary>
    BadChecksum,

    /// <summary>Bytes are left over.</summary>
    TrailingBytes,
}

/// <summary>What is wrong, and where.</summary>
/// <param name="OffsetBytes">Of the field at fault, from the start of what was to be parsed.</param>
public readonly record struct ParseError(ParseFault Fault, int OffsetBytes)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Fault} at byte {OffsetBytes}");
}
