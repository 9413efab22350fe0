using Topology.Addressing;

namespace Actors.Wire.Ikev2;

/// <summary>A range of IPv6 addresses and ports (RFC 7296 section 3.13.1, type 8).</summary>
/// <param name="Protocol">An IP protocol number; 0 for any.</param>
public readonly record struct Ikev2TrafficSelector(byte Protocol, ushort StartPort, ushort EndPort, Address Start, Address End)
{
    internal const byte Ipv6Range = 8;
    internal const ushort SizeBytes = 40;

    /// <summary>All ports and protocols of one address.</summary>
    public static Ikev2TrafficSelector Of(Address address) => new(0, 0, ushort.MaxValue, address, address);

    internal static void Write(Ikev2TrafficSelector value, scoped ref WireWriter writer)
    {
        writer.Byte(Ipv6Range);
        writer.Byte(value.Protocol);
        writer.UInt16(SizeBytes);
        writer.UInt16(value.StartPort);
        writer.UInt16(value.EndPort);
        writer.Address(value.Start);
        writer.Address(value.End);
    }
}

/// <summary>Body of TSi and TSr (RFC 7296 section 3.13): enumerates the IPv6 ranges and passes over selectors of other types.</summary>
public readonly ref struct Ikev2TrafficSelectors : IWireFormat<Ikev2TrafficSelectors>
{
    private const int HeaderBytes = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private Ikev2TrafficSelectors(byte count, ReadOnlySpan<byte> bytes)
    {
        Count = count;
        _bytes = bytes;
    }

    /// <summary>Of all types.</summary>
    public byte Count { get; }

    public static Ikev2TrafficSelectors Read(scoped ref WireReader reader)
    {
        var count = reader.Byte();
        reader.Skip(3);
        var check = reader;
        for (var i = 0; i < count && !check.Failed; i++)
            ReadSelector(ref check, out _);
        if (check.Remaining > 0)
            check.Fail(ParseFault.TrailingBytes);
        if (check.Failed)
            reader.Fail(check.Error);
        return new Ikev2TrafficSelectors(count, reader.Rest());
    }

    public static void Write(scoped Ikev2TrafficSelectors value, scoped ref WireWriter writer)
    {
        writer.Byte(value.Count);
        writer.Zeros(3);
        writer.Bytes(value._bytes);
    }

    public Enumerator GetEnumerator() => new(_bytes);

    private static bool ReadSelector(scoped ref WireReader reader, out Ikev2TrafficSelector selector)
    {
        var type = reader.Byte();
        var protocol = reader.Byte();
        var length = reader.UInt16();
        if (!reader.Failed && (length < HeaderBytes || (type == Ikev2TrafficSelector.Ipv6Range && length != Ikev2TrafficSelector.SizeBytes)))
            reader.Fail(ParseFault.BadLength, 2);
        var content = reader.Part(length - HeaderBytes);
        selector = type == Ikev2TrafficSelector.Ipv6Range
            ? new Ikev2TrafficSelector(protocol, content.UInt16(), content.UInt16(), content.Address(), content.Address())
            : default;
        return type == Ikev2TrafficSelector.Ipv6Range;
    }

    /// <summary>Walks the selectors without allocating.</summary>
    public ref struct Enumerator
    {
        private WireReader _reader;

        internal Enumerator(ReadOnlySpan<byte> selectors) => _reader = new WireReader(selectors);

        public Ikev2TrafficSelector Current { get; private set; }

        public bool MoveNext()
        {
            while (_reader.Remaining > 0)
            {
                if (ReadSelector(ref _reader, out var selector))
                {
                    Current = selector;
                    return true;
                }
            }
            return false;
        }
    }
}
