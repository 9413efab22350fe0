using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Actors.Security.Keys;

/// <summary>
/// Bytes for values that model mode knows only as symbols: nonces, authenticators and keys by which nodes that trust each other
/// speak. A token is as unpredictable as what it stands for, and altered bits are found out when it is read; its content is the
/// symbol, so that it is checked by whoever holds the symbolic key.
/// </summary>
public sealed partial class KeyRing
{
    /// <summary>Of a token that holds a symbol and nothing to check it by.</summary>
    public const int LeastTokenBytes = 8;

    private const int BlockBytes = 16;
    private readonly byte[] _secret;
    private readonly Aes _blocks;

    /// <summary>Fills a field of at least 8 bytes; of at least 16 for two values.</summary>
    public void WriteToken(Span<byte> field, ulong first, ulong second = 0)
    {
        if (field.Length < BlockBytes)
        {
            Span<byte> plain = stackalloc byte[LeastTokenBytes];
            BinaryPrimitives.WriteUInt64BigEndian(plain, first ^ Mask);
            plain.CopyTo(field);
            Fill(plain, field[LeastTokenBytes..]);
            return;
        }

        Span<byte> block = stackalloc byte[BlockBytes];
        BinaryPrimitives.WriteUInt64BigEndian(block, first);
        BinaryPrimitives.WriteUInt64BigEndian(block[8..], second);
        lock (_blocks)
            _blocks.EncryptEcb(block, block, PaddingMode.None);
        Fill(block, field[..^BlockBytes]);
        block.CopyTo(field[^BlockBytes..]);
    }

    /// <summary>The values of a token; false for bytes that are none, or altered ones.</summary>
    public bool TryReadToken(ReadOnlySpan<byte> field, out ulong first, out ulong second)
    {
        (first, second) = (0, 0);
        if (field.Length < LeastTokenBytes)
            return false;
        if (field.Length < BlockBytes)
        {
            first = BinaryPrimitives.ReadUInt64BigEndian(field) ^ Mask;
            return IsFilled(field[..LeastTokenBytes], field[LeastTokenBytes..]);
        }

        Span<byte> block = stackalloc byte[BlockBytes];
        lock (_blocks)
            _blocks.DecryptEcb(field[^BlockBytes..], block, PaddingMode.None);
        first = BinaryPrimitives.ReadUInt64BigEndian(block);
        second = BinaryPrimitives.ReadUInt64BigEndian(block[8..]);
        return IsFilled(field[^BlockBytes..], field[..^BlockBytes]);
    }

    private ulong Mask => BinaryPrimitives.ReadUInt64BigEndian(_secret);

    private bool IsFilled(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> filling)
    {
        Span<byte> expected = stackalloc byte[filling.Length];
        Fill(seed, expected);
        return filling.SequenceEqual(expected);
    }

    /// <summary>HMAC of the seed and a counter, as often as it takes.</summary>
    private void Fill(ReadOnlySpan<byte> seed, Span<byte> field)
    {
        Span<byte> input = stackalloc byte[BlockBytes + 1];
        Span<byte> output = stackalloc byte[HMACSHA256.HashSizeInBytes];
        seed.CopyTo(input);
        for (byte counter = 1; !field.IsEmpty; counter++)
        {
            input[^1] = counter;
            HMACSHA256.HashData(_secret, input, output);
            var taken = Math.Min(field.Length, output.Length);
            output[..taken].CopyTo(field);
            field = field[taken..];
        }
    }
}
