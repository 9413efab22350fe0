using System.Buffers.Binary;
using Topology.Addressing;

namespace Actors.Wire.Diameter;

/// <summary>Writes a Diameter message (RFC 6733 section 3) attribute by attribute.</summary>
public ref struct DiameterWriter
{
    internal const int AttributeHeaderBytes = 8;
    internal const uint VendorFlag = 0x80;
    internal const uint MandatoryFlag = 0x40;

    /// <summary>Address family of IPv6 in an attribute of type Address (RFC 6733 section 4.3.1).</summary>
    private const ushort Ipv6Family = 2;

    private WireWriter _writer;

    /// <param name="header">Its length is filled in.</param>
    public DiameterWriter(Span<byte> buffer, DiameterHeader header)
    {
        _writer = new WireWriter(buffer);
        DiameterHeader.Write(header, ref _writer);
    }

    /// <summary>An attribute of bytes or text, padded to 4 bytes.</summary>
    public void Add(uint code, scoped ReadOnlySpan<byte> data, bool isMandatory = true)
    {
        _writer.UInt32(code);
        _writer.UInt32((isMandatory ? MandatoryFlag << 24 : 0) | (uint)(AttributeHeaderBytes + data.Length));
        _writer.Bytes(data);
        _writer.Zeros(-data.Length & 3);
    }

    /// <summary>An attribute that is a number.</summary>
    public void Add(uint code, uint value, bool isMandatory = true)
    {
        Span<byte> data = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(data, value);
        Add(code, data, isMandatory);
    }

    /// <summary>An attribute that is an IPv6 address.</summary>
    public void Add(uint code, Address value, bool isMandatory = true)
    {
        Span<byte> data = stackalloc byte[18];
        BinaryPrimitives.WriteUInt16BigEndian(data, Ipv6Family);
        value.CopyTo(data[2..]);
        Add(code, data, isMandatory);
    }

    /// <summary>Fills in the length.</summary>
    /// <returns>The message.</returns>
    public ReadOnlySpan<byte> Finish()
    {
        BinaryPrimitives.WriteUInt32BigEndian(_writer.Written, 1U << 24 | (uint)_writer.Length);
        return _writer.Written;
    }
}
