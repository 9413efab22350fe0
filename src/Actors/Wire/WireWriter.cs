using System.Buffers.Binary;
using Topology.Addressing;

namespace Actors.Wire;

/// <summary>
/// Writes fields in network order into the caller's bytes. Too small a buffer is the caller's mistake and throws
/// <see cref="ArgumentException"/>; 2,048 bytes hold any message of this product.
/// </summary>
public ref struct WireWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>All that has been written, to fill in what was not known at its time.</summary>
    public readonly Span<byte> Written => _buffer[..Length];

    public void Byte(byte value) => Reserve(1)[0] = value;

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Reserve(2), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), value);

    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Reserve(8), value);

    public void Address(Address value) => value.CopyTo(Reserve(16));

    public void Bytes(scoped ReadOnlySpan<byte> value) => value.CopyTo(Reserve(value.Length));

    public void Zeros(int count) => Reserve(count).Clear();

    /// <summary>The next <paramref name="count"/> bytes, with whatever they hold, for the caller to fill.</summary>
    public Span<byte> Reserve(int count)
    {
        if ((uint)count > (uint)(_buffer.Length - Length))
            throw new ArgumentException($"A packet needs more than the {_buffer.Length} bytes of its buffer: give it a larger one.");
        var field = _buffer.Slice(Length, count);
        Length += count;
        return field;
    }
}
