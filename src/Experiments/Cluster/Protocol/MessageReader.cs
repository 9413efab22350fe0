using System.Buffers.Binary;
using System.Text;

namespace Experiments.Cluster.Protocol;

/// <summary>
/// Reads what <see cref="MessageWriter"/> wrote. Whatever the bytes, it reads nothing beyond their end, allocates no more than a
/// small multiple of their number, and throws <see cref="MessageFormatException"/> for anything else than a message.
/// </summary>
internal sealed class MessageReader(byte[] bytes)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private int _next;

    private int Left => bytes.Length - _next;

    public byte Byte() => Take(1)[0];

    public bool Bool() => Byte() switch
    {
        0 => false,
        1 => true,
        _ => throw Bad("no truth value"),
    };

    public ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte();
            if (shift == 63 && part > 1)
                break;
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }

        throw Bad("a number of more than 64 bits");
    }

    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A number that is not negative.</summary>
    public int Count()
    {
        var value = Unsigned();
        return value <= int.MaxValue ? (int)value : throw Bad("a count beyond 31 bits");
    }

    public ulong Fixed() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public string Text()
    {
        try
        {
            return Utf8.GetString(Take(Count()));
        }
        catch (DecoderFallbackException)
        {
            throw Bad("text that is not UTF-8");
        }
    }

    public byte[] Bytes() => Take(Count()).ToArray();

    public string? OptionalText() => Bool() ? Text() : null;

    public byte[]? OptionalBytes() => Bool() ? Take(Count()).ToArray() : null;

    /// <param name="leastBytes">Of an item: a list cannot have more items than the bytes that are left allow.</param>
    public IReadOnlyList<T> List<T>(Func<T> read, int leastBytes = 1)
    {
        var count = Count();
        if ((long)count * leastBytes > Left)
            throw Bad("a list longer than the message");
        var items = new T[count];
        for (var i = 0; i < count; i++)
            items[i] = read();
        return items;
    }

    public void End()
    {
        if (Left != 0)
            throw Bad($"{Left} bytes too many");
    }

    public MessageFormatException Bad(string what) => new($"{what} before byte {_next} of {bytes.Length}");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left)
            throw Bad("the end");
        _next += count;
        return bytes.AsSpan(_next - count, count);
    }
}

/// <summary>Bytes that are no message of this protocol.</summary>
internal sealed class MessageFormatException(string message) : System.Runtime.Serialization.SerializationException(message);
