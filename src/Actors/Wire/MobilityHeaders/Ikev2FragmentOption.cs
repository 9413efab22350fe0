using Actors.Wire.Ikev2;

namespace Actors.Wire.MobilityHeaders;

/// <summary>
/// A piece of an IKEv2 payload chain in the experimental mobility option (RFC 5096 section 4): an option holds 255 bytes, so
/// a chain is split over several, which carry index and count. The form is this project's own.
/// </summary>
/// <param name="first">Type of the chain's first payload, the same in every piece.</param>
/// <param name="index">From 0.</param>
/// <param name="count">Pieces of the chain, at least 1.</param>
public readonly ref struct Ikev2FragmentOption(Ikev2PayloadType first, byte index, byte count, ReadOnlySpan<byte> data)
    : IMobilityOption<Ikev2FragmentOption>
{
    /// <summary>Bytes of the chain that one option holds.</summary>
    public const int MaximumDataBytes = 255 - 4;

    private const byte Version = 1;

    public static byte Type => 18;

    public Ikev2PayloadType First { get; } = first;

    public byte Index { get; } = index;

    public byte Count { get; } = count;

    public ReadOnlySpan<byte> Data { get; } = data;

    public static Ikev2FragmentOption Read(scoped ref WireReader reader)
    {
        if (reader.Byte() != Version)
            reader.Fail(ParseFault.BadVersion, 1);
        var first = (Ikev2PayloadType)reader.Byte();
        var index = reader.Byte();
        var count = reader.Byte();
        if (index >= count)
            reader.Fail(ParseFault.BadValue, 2);
        return new Ikev2FragmentOption(first, index, count, reader.Rest());
    }

    public static void Write(scoped Ikev2FragmentOption value, scoped ref WireWriter writer)
    {
        writer.Byte(Version);
        writer.Byte((byte)value.First);
        writer.Byte(value.Index);
        writer.Byte(value.Count);
        writer.Bytes(value.Data);
    }
}
