using Topology.Addressing;

namespace Actors.Wire.Ipv6;

/// <summary>What the extension headers of a packet say (RFC 8200 section 4), as far as it concerns a node of this network.</summary>
/// <param name="HomeAddress">Of the home address option (RFC 6275 section 6.3): the source as the layers above see it.</param>
/// <param name="RoutedTo">Of a routing header of type 2 (RFC 6275 section 6.4): the destination as they see it.</param>
internal readonly record struct ExtensionHeaders(Address? HomeAddress, Address? RoutedTo)
{
    /// <summary>Type of the home address option.</summary>
    public const byte HomeAddressOption = 201;

    /// <summary>Alignment of the home address option, from the start of its header.</summary>
    public static readonly OptionAlignment HomeAddressAlignment = new(8, 6);

    /// <summary>Type of the routing header that leads a packet from a care-of address to its owner.</summary>
    public const byte RoutingType = 2;

    private const byte RoutingHeaderLength = 2;

    /// <summary>Reads all extension headers up to ESP, a fragment or a layer above.</summary>
    /// <param name="next">Of the fixed header; then that of the last extension header.</param>
    public static ExtensionHeaders Read(ref IpProtocol next, scoped ref WireReader reader)
    {
        var found = default(ExtensionHeaders);
        while (next is IpProtocol.HopByHopOptions or IpProtocol.DestinationOptions or IpProtocol.Routing && !reader.Failed)
        {
            var kind = next;
            next = (IpProtocol)reader.Byte();
            var content = reader.Part(reader.Byte() * 8 + 6);
            if (kind == IpProtocol.Routing)
                found = ReadRouting(found, ref content);
            else
                found = ReadOptions(found, kind, ref content);
            if (content.Failed)
                reader.Fail(content.Error);
        }
        return found;
    }

    public static void WriteHomeAddress(IpProtocol next, Address homeAddress, scoped ref WireWriter writer)
    {
        writer.Byte((byte)next);
        writer.Byte(2);
        OptionAlignment.WritePadding(HomeAddressAlignment.PaddingBytes(2), ref writer);
        writer.Byte(HomeAddressOption);
        writer.Byte(16);
        writer.Address(homeAddress);
    }

    public static void WriteRouting(IpProtocol next, Address homeAddress, scoped ref WireWriter writer)
    {
        writer.Byte((byte)next);
        writer.Byte(RoutingHeaderLength);
        writer.Byte(RoutingType);
        writer.Byte(1);
        writer.Zeros(4);
        writer.Address(homeAddress);
    }

    /// <summary>An unknown option is passed over, unless the two highest bits of its type ask to discard the packet (RFC 8200 section 4.2).</summary>
    private static ExtensionHeaders ReadOptions(ExtensionHeaders found, IpProtocol kind, scoped ref WireReader options)
    {
        while (options.Remaining > 0)
        {
            var type = options.Byte();
            if (type == OptionAlignment.Pad1)
                continue;
            var length = options.Byte();
            if (type == HomeAddressOption && kind == IpProtocol.DestinationOptions)
            {
                if (length != 16)
                    options.Fail(ParseFault.BadLength, 1);
                found = found with { HomeAddress = options.Address() };
                continue;
            }
            if (type >> 6 != 0)
                options.Fail(ParseFault.WrongType, 2);
            options.Skip(length);
        }
        return found;
    }

    /// <summary>A routing header of another type is passed over when no segment is left (RFC 8200 section 4.4).</summary>
    private static ExtensionHeaders ReadRouting(ExtensionHeaders found, scoped ref WireReader header)
    {
        var type = header.Byte();
        var segmentsLeft = header.Byte();
        if (type != RoutingType)
        {
            if (segmentsLeft != 0)
                header.Fail(ParseFault.WrongType, 2);
            return found;
        }
        if (segmentsLeft > 1)
            header.Fail(ParseFault.BadValue, 1);
        header.Skip(4);
        found = found with { RoutedTo = header.Address() };
        if (header.Remaining > 0)
            header.Fail(ParseFault.BadLength);
        return found;
    }
}
