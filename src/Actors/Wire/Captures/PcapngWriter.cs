using System.Buffers.Binary;
using System.Text;
using Topology.Addressing;

namespace Actors.Wire.Captures;

/// <summary>
/// Writes packets as a pcapng file, one section, little-endian (draft-ietf-opsawg-pcapng section 4). Interfaces carry raw IP
/// packets (link type 101) and count time in ticks of 100 ns since virtual time zero, which a reader shows as 1970.
/// The stream stays open.
/// </summary>
public sealed class PcapngWriter
{
    private const uint SectionHeaderBlock = 0x0A0D0D0A;
    private const uint InterfaceBlock = 1;
    private const uint NameResolutionBlock = 4;
    private const uint EnhancedPacketBlock = 6;
    private const ushort Comment = 1;
    private const ushort UserApplication = 4;
    private const ushort InterfaceName = 2;
    private const ushort TimestampResolution = 9;
    private const ushort RawIp = 101;
    private const ushort Ipv6Record = 2;

    private readonly Stream _output;
    private byte[] _block = new byte[4096];
    private int _length;
    private int _interfaces;

    /// <param name="application">What has written the file.</param>
    public PcapngWriter(Stream output, string application)
    {
        _output = output;
        Begin(SectionHeaderBlock);
        UInt32(0x1A2B3C4D);
        UInt16(1);
        UInt16(0);
        UInt32(uint.MaxValue);
        UInt32(uint.MaxValue);
        Option(UserApplication, Encoding.UTF8.GetBytes(application));
        End();
    }

    /// <summary>An interface, for one link.</summary>
    /// <returns>Its number, from 0.</returns>
    public int AddInterface(string name)
    {
        Begin(InterfaceBlock);
        UInt16(RawIp);
        UInt16(0);
        UInt32(0);
        Option(InterfaceName, Encoding.UTF8.GetBytes(name));
        Option(TimestampResolution, [7]);
        End();
        return _interfaces++;
    }

    /// <summary>Names of addresses, for all of the file.</summary>
    public void AddNames(IEnumerable<(Address Address, string Name)> names)
    {
        Begin(NameResolutionBlock);
        foreach (var (address, name) in names)
        {
            var text = Encoding.UTF8.GetBytes(name);
            UInt16(Ipv6Record);
            UInt16(checked((ushort)(16 + text.Length + 1)));
            address.CopyTo(Reserve(16));
            text.CopyTo(Reserve(text.Length));
            Reserve(1);
            Reserve(-_length & 3);
        }
        UInt32(0);
        End();
    }

    /// <summary>A packet.</summary>
    /// <param name="interfaceNumber">As <see cref="AddInterface"/> returned it.</param>
    /// <param name="ticks">Of 100 ns, virtual time.</param>
    /// <param name="comment">What the packet is; null for none.</param>
    public void Write(int interfaceNumber, long ticks, ReadOnlySpan<byte> packet, string? comment = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ticks);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)interfaceNumber, (uint)_interfaces);
        Begin(EnhancedPacketBlock);
        UInt32((uint)interfaceNumber);
        UInt32((uint)(ticks >> 32));
        UInt32((uint)ticks);
        UInt32((uint)packet.Length);
        UInt32((uint)packet.Length);
        packet.CopyTo(Reserve(packet.Length));
        Reserve(-_length & 3);
        if (comment is not null)
            Option(Comment, Encoding.UTF8.GetBytes(comment));
        End();
    }

    private void Begin(uint type)
    {
        _length = 0;
        UInt32(type);
        UInt32(0);
    }

    /// <summary>Ends the options, fills in the length, which stands at both ends, and writes the block.</summary>
    private void End()
    {
        UInt32(0);
        UInt32((uint)_length + 4);
        BinaryPrimitives.WriteUInt32LittleEndian(_block.AsSpan(4), (uint)_length);
        _output.Write(_block, 0, _length);
    }

    private void Option(ushort code, ReadOnlySpan<byte> value)
    {
        UInt16(code);
        UInt16(checked((ushort)value.Length));
        value.CopyTo(Reserve(value.Length));
        Reserve(-_length & 3);
    }

    private void UInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Reserve(2), value);

    private void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);

    private Span<byte> Reserve(int count)
    {
        if (_length + count > _block.Length)
            Array.Resize(ref _block, Math.Max(2 * _block.Length, _length + count));
        var field = _block.AsSpan(_length, count);
        field.Clear();
        _length += count;
        return field;
    }
}
