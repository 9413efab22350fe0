using System.Buffers.Binary;
using System.Runtime.Serialization;
using System.Text;

namespace Actors.Placement.Bytes;

/// <summary>
/// Reads what a <see cref="ByteWriter"/> wrote. Whatever the bytes, it reads nothing beyond their end, allocates no more than a
/// small multiple of their number, and throws <see cref="ByteFormatException"/> for anything else than values of the types asked for.
/// </summary>
public class ByteReader(byte[] bytes, int from, int to)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private int _next = from;

    public int Left => to - _next;

    public byte Byte() => _next < to ? bytes[_next++] : throw Bad("the end");

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
    public int Natural()
    {
        var value = Unsigned();
        return value <= int.MaxValue ? (int)value : throw Bad("a number beyond 31 bits");
    }

    /// <summary>A number of things that take at least a byte each.</summary>
    public int Count()
    {
        var value = Unsigned();
        return value <= (ulong)Left ? (int)value : throw Bad("a list longer than what is left");
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

    public ByteFormatException Bad(string what) => new($"{what} before byte {_next} of {to}");

    /// <summary>Pass over some bytes; returns where they begin.</summary>
    protected int Skip(int count)
    {
        Take(count);
        return _next - count;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > Left)
            throw Bad("the end");
        _next += count;
        return bytes.AsSpan(_next - count, count);
    }
}

/// <summary>Bytes that are not what they should be.</summary>
public sealed class ByteFormatException(string message) : SerializationException(message);
