using Actors.Wire.Ikev2;

namespace Actors.Wire.Icmpv6;

/// <summary>
/// An IKEv2 payload chain in the experimental neighbor discovery option (RFC 4727 section 5.1.3), which holds up to 2,032
/// bytes of it. The form is this project's own: version, type of the first payload, length of the chain, two bytes reserved.
/// </summary>
public readonly ref struct Ikev2ChainOption(Ikev2PayloadType first, ReadOnlySpan<byte> chain) : INeighborDiscoveryOption<Ikev2ChainOption>
{
    private const byte Version = 1;

    public static byte Type => 253;

    public Ikev2PayloadType First { get; } = first;

    public ReadOnlySpan<byte> Chain { get; } = chain;

    public static Ikev2ChainOption Read(scoped ref WireReader reader)
    {
        if (reader.Byte() != Version)
            reader.Fail(ParseFault.BadVersion, 1);
        var first = (Ikev2PayloadType)reader.Byte();
        var length = reader.UInt16();
        reader.Skip(2);
        return new Ikev2ChainOption(first, reader.Bytes(length));
    }

    public static void Write(scoped Ikev2ChainOption value, scoped ref WireWriter writer)
    {
        writer.Byte(Version);
        writer.Byte((byte)value.First);
        writer.UInt16(checked((ushort)value.Chain.Length));
        writer.Zeros(2);
        writer.Bytes(value.Chain);
    }

    /// <summary>The payloads.</summary>
    public ParseResult<Ikev2Chain> ReadChain() => Ikev2Chain.Read(First, Chain);
}
