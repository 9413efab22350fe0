using System.Buffers.Binary;
using Topology.Addressing;

namespace Actors.Wire;

/// <summary>
/// Reads fields in network order. The first field that goes beyond the end, or that the caller refuses, is remembered as the
/// error; from then on nothing is left to read and every field is zero, so a decoder reads straight on and asks once.
/// </summary>
public ref struct WireReader
{
    private readonly int _origin;
    private ReadOnlySpan<byte> _rest;
    private int _offset;

    /// <param name="bytes">What is to be read.</param>
    /// <param name="originBytes">Where they start in the packet, for the offset of an error.</param>
    public WireReader(ReadOnlySpan<byte> bytes, int originBytes = 0)
    {
        _rest = bytes;
        _origin = originBytes;
    }

    /// <summary>Bytes not yet read.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>Of the next field, from the start of the packet.</summary>
    public readonly int OffsetBytes => _origin + _offset;

    public ParseError Error { get; private set; }

    public readonly bool Failed => Error.Fault != ParseFault.None;

    public byte Byte() => TryTake(1, out var field) ? field[0] : (byte)0;

    public ushort UInt16() => TryTake(2, out var field) ? BinaryPrimitives.ReadUInt16BigEndian(field) : (ushort)0;

    public uint UInt32() => TryTake(4, out var field) ? BinaryPrimitives.ReadUInt32BigEndian(field) : 0;

    public ulong UInt64() => TryTake(8, out var field) ? BinaryPrimitives.ReadUInt64BigEndian(field) : 0;

    public Address Address()
    {
        if (!TryTake(16, out var field))
            return default;
        return new Address(BinaryPrimitives.ReadUInt64BigEndian(field), BinaryPrimitives.ReadUInt64BigEndian(field[8..]));
    }

    public ReadOnlySpan<byte> Bytes(int count) => TryTake(count, out var field) ? field : default;

    public ReadOnlySpan<byte> Rest() => Bytes(_rest.Length);

    public void Skip(int count) => TryTake(count, out _);

    /// <summary>A reader of the next <paramref name="count"/> bytes, which this one skips.</summary>
    public WireReader Part(int count)
    {
        var origin = OffsetBytes;
        return new WireReader(Bytes(count), origin);
    }

    /// <summary>The bytes read so far are wrong; the first complaint is the one that stays.</summary>
    /// <param name="backBytes">How far before the next field the wrong one starts.</param>
    public void Fail(ParseFault fault, int backBytes = 0)
    {
        if (!Failed)
            Error = new ParseError(fault, OffsetBytes - backBytes);
        _rest = default;
    }

    /// <summary>Takes over the error of a reader of a part.</summary>
    public void Fail(ParseError error)
    {
        if (!Failed)
            Error = error;
        _rest = default;
    }

    private bool TryTake(int count, out ReadOnlySpan<byte> field)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            Fail(ParseFault.Truncated);
            field = default;
            return false;
        }
        field = _rest[..count];
        _rest = _rest[count..];
        _offset += count;
        return true;
    }
}
