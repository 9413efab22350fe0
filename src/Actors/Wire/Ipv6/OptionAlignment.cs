namespace Actors.Wire.Ipv6;

/// <summary>Where an option may start, x n + y (RFC 8200 section 4.2).</summary>
/// <param name="Multiple">x: 1, 2, 4 or 8 bytes.</param>
/// <param name="OffsetBytes">y, from the start of the header that holds the options.</param>
public readonly record struct OptionAlignment(byte Multiple, byte OffsetBytes)
{
    /// <summary>Type of one byte of padding, which has no length.</summary>
    internal const byte Pad1 = 0;

    /// <summary>Type of padding with a length.</summary>
    internal const byte PadN = 1;

    /// <summary>Anywhere.</summary>
    public static readonly OptionAlignment None = new(1, 0);

    /// <summary>Padding that an option needs which would otherwise start here.</summary>
    /// <param name="positionBytes">From the start of the header.</param>
    public int PaddingBytes(int positionBytes) => (OffsetBytes - positionBytes) & (Multiple - 1);

    /// <summary>Pad1 or PadN; the two have the same form in IPv6 options and in mobility options (RFC 6275 section 6.2.2 and 6.2.3).</summary>
    internal static void WritePadding(int paddingBytes, scoped ref WireWriter writer)
    {
        if (paddingBytes == 0)
            return;
        if (paddingBytes == 1)
        {
            writer.Byte(Pad1);
            return;
        }
        writer.Byte(PadN);
        writer.Byte((byte)(paddingBytes - 2));
        writer.Zeros(paddingBytes - 2);
    }
}
