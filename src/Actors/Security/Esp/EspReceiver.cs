using Actors.Security.Ike;
using Actors.Wire.Esp;

namespace Actors.Security.Esp;

/// <summary>What a receiver makes of an ESP packet; everything but <see cref="Accepted"/> drops it.</summary>
public enum EspVerdict : byte
{
    Accepted,

    /// <summary>Too short, or not of whole blocks.</summary>
    Malformed,

    /// <summary>Of another association.</summary>
    OtherSpi,

    /// <summary>Seen already, or too old to know.</summary>
    Replayed,

    /// <summary>Altered, or made with another key.</summary>
    BadCheckValue,

    /// <summary>Authentic, but its padding is not 1, 2, 3 and so on.</summary>
    BadPadding,

    /// <summary>Authentic, but of a protocol that the association's mode does not carry.</summary>
    OtherMode,
}

/// <summary>The receiving end of a security association. Allocates nothing per packet of its own, but for altered ones.</summary>
public sealed class EspReceiver(SecurityAssociation association) : IDisposable
{
    private readonly PacketCipher _cipher = association.CreateCipher();
    private ReplayWindow _window;

    public SecurityAssociation Association { get; } = association;

    /// <summary>The highest sequence number accepted so far.</summary>
    public uint Highest => _window.Highest;

    /// <summary>Opens a packet, from the SPI to the check value; the order of checks is RFC 4303's, section 3.4.</summary>
    /// <param name="content">Takes the data, its padding and trailer: the packet's length is always enough.</param>
    /// <param name="dataBytes">Length of the data at the start of <paramref name="content"/>.</param>
    public EspVerdict Open(ReadOnlySpan<byte> packet, Span<byte> content, out int dataBytes, out byte nextHeader)
    {
        (dataBytes, nextHeader) = (0, 0);
        if (!Association.Suite.Format.Read(packet).TryGet(out var parts))
            return EspVerdict.Malformed;
        if (parts.Spi != Association.Spi)
            return EspVerdict.OtherSpi;
        if (!_window.Admits(parts.Sequence))
            return EspVerdict.Replayed;
        content = content[..parts.Ciphertext.Length];
        if (!_cipher.Open(packet, EspPacket.HeaderBytes, content))
            return EspVerdict.BadCheckValue;
        _window.Slide(parts.Sequence);
        if (!EspPayload.Read(content).TryGet(out var payload))
            return EspVerdict.BadPadding;
        if (!Association.Carries(payload.NextHeader))
            return EspVerdict.OtherMode;
        (dataBytes, nextHeader) = (payload.Data.Length, payload.NextHeader);
        return EspVerdict.Accepted;
    }

    /// <summary>Whether the check value of a packet holds, whatever its number.</summary>
    public bool IsAuthentic(ReadOnlySpan<byte> packet) =>
        Association.Suite.Format.Read(packet).TryGet(out var parts) && _cipher.Open(packet, EspPacket.HeaderBytes, new byte[parts.Ciphertext.Length]);

    public void Dispose() => _cipher.Dispose();
}
