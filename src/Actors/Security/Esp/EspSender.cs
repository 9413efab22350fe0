using Actors.Security.Ike;
using Actors.Wire.Esp;

namespace Actors.Security.Esp;

/// <summary>The sending end of a security association. Allocates nothing per packet of its own.</summary>
public sealed class EspSender(SecurityAssociation association) : IDisposable
{
    private readonly PacketCipher _cipher = association.CreateCipher();

    public SecurityAssociation Association { get; } = association;

    /// <summary>Number of the packet protected last; the first is 1 (RFC 4303, section 2.2).</summary>
    public uint Sequence { get; private set; }

    /// <summary>Writes the packet of this data; returns its length, which the suite's format tells.</summary>
    /// <param name="nextHeader">Protocol of the data: 41, IPv6, in tunnel mode.</param>
    /// <exception cref="ArgumentException">The mode does not carry such data, or the packet does not fit.</exception>
    /// <exception cref="InvalidOperationException">The sequence numbers are used up: the association must have been replaced.</exception>
    public int Protect(ReadOnlySpan<byte> data, byte nextHeader, Span<byte> packet)
    {
        var format = Association.Suite.Format;
        var length = format.PacketBytes(data.Length);
        if (!Association.Carries(nextHeader))
            throw new ArgumentException($"{Association.Mode} mode does not carry next header {nextHeader}", nameof(nextHeader));
        if (packet.Length < length)
            throw new ArgumentException($"the packet takes {length} bytes, there are {packet.Length}", nameof(packet));
        if (Sequence == uint.MaxValue)
            throw new InvalidOperationException($"the security association 0x{Association.Spi:x8} has no sequence number left");
        var buffer = format.Write(packet[..length], Association.Spi, ++Sequence, data, nextHeader);
        _cipher.Seal(buffer.Packet, EspPacket.HeaderBytes, Sequence);
        return length;
    }

    public void Dispose() => _cipher.Dispose();
}
