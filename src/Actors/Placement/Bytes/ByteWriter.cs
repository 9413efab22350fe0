using System.Buffers.Binary;
using System.Text;

namespace Actors.Placement.Bytes;

/// <summary>Writes values one after the other: whole numbers in as few bytes as they need, texts with their length before them.</summary>
/// <param name="room">Bytes that it will hardly need more than.</param>
public class ByteWriter(int room = 256)
{
    private byte[] _bytes = new byte[room];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public byte[] ToArray() => Written.ToArray();

    public void Byte(byte value)
    {
        if (Count == _bytes.Length)
            Array.Resize(ref _bytes, 2 * Count);
        _bytes[Count++] = value;
    }

    public void Bool(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>Seven bits a byte, the lowest first.</summary>
    public void Unsigned(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    /// <summary>Small numbers of either sign are short.</summary>
    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Eight bytes: for what is as likely large as small.</summary>
    public void Fixed(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Unsigned((ulong)length);
        Encoding.UTF8.GetBytes(value, Take(length));
    }

    /// <summary>With their number before them.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Unsigned((ulong)value.Length);
        Append(value);
    }

    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    private Span<byte> Take(int count)
    {
        if (Count + count > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Count + count));
        Count += count;
        return _bytes.AsSpan(Count - count, count);
    }
}
