using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Experiments.Cluster.Protocol;

/// <summary>Writes the fields of a message: whole numbers in as few bytes as they need, texts with their length before them.</summary>
/// <param name="room">Bytes that it will hardly need more than.</param>
internal sealed class MessageWriter(int room = 256)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(room);

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
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
    public void Fixed(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Unsigned((ulong)length);
        Encoding.UTF8.GetBytes(value, _bytes.GetSpan(length));
        _bytes.Advance(length);
    }

    /// <summary>With their number before them.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Unsigned((ulong)value.Length);
        _bytes.Write(value);
    }

    public void OptionalText(string? value)
    {
        Bool(value is not null);
        if (value is not null)
            Text(value);
    }

    public void OptionalBytes(byte[]? value)
    {
        Bool(value is not null);
        if (value is null)
            return;
        Unsigned((ulong)value.Length);
        _bytes.Write(value);
    }

    public void List<T>(IReadOnlyList<T> items, Action<T> write)
    {
        Unsigned((ulong)items.Count);
        foreach (var item in items)
            write(item);
    }
}
