using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Topology.Addressing;

namespace Actors.Wire.Ipv6;

/// <summary>
/// Writes one packet: the fixed header, extension headers, then a payload, whose protocol adds the methods for it as
/// extensions. <see cref="Finish"/> fills in lengths and checksum.
/// </summary>
public ref struct Ipv6PacketWriter
{
    /// <summary>Least MTU of a link (RFC 8200 section 5).</summary>
    public const int MinimumMtuBytes = 1280;

    private WireWriter _writer;
    private int _nextHeaderOffset;
    private int _payloadStart;
    private Address _upperSource;
    private Address _upperDestination;
    private IpProtocol _protocol;

    /// <param name="header">Next header and length are filled in.</param>
    public Ipv6PacketWriter(Span<byte> buffer, Ipv6Header header)
    {
        _writer = new WireWriter(buffer);
        _nextHeaderOffset = Ipv6Header.NextHeaderOffset;
        _payloadStart = Ipv6Header.SizeBytes;
        _upperSource = header.Source;
        _upperDestination = header.Destination;
        _protocol = IpProtocol.NoNextHeader;
        Ipv6Header.Write(header with { NextHeader = _protocol }, ref _writer);
    }

    /// <summary>Where the payload's fields go.</summary>
    [UnscopedRef]
    public ref WireWriter Body => ref _writer;

    /// <summary>Bytes of the payload so far.</summary>
    public readonly int PayloadBytes => _writer.Length - _payloadStart;

    /// <summary>The payload so far, to compute what goes into it.</summary>
    public readonly Span<byte> Payload => _writer.Written[_payloadStart..];

    /// <summary>A routing header of type 2, before <see cref="AddHomeAddress"/>: the owner of the care-of address behind this destination.</summary>
    public void AddRoutingHeader(Address homeAddress)
    {
        BeginHeader(IpProtocol.Routing);
        ExtensionHeaders.WriteRouting(IpProtocol.NoNextHeader, homeAddress, ref _writer);
        _upperDestination = homeAddress;
        _payloadStart = _writer.Length;
    }

    /// <summary>A destination options header with the home address option.</summary>
    public void AddHomeAddress(Address homeAddress)
    {
        BeginHeader(IpProtocol.DestinationOptions);
        ExtensionHeaders.WriteHomeAddress(IpProtocol.NoNextHeader, homeAddress, ref _writer);
        _upperSource = homeAddress;
        _payloadStart = _writer.Length;
    }

    /// <summary>The payload follows.</summary>
    public void Begin(IpProtocol protocol)
    {
        BeginHeader(protocol);
        _payloadStart = _writer.Length;
        _protocol = protocol;
    }

    /// <summary>A payload of these bytes: an inner packet, what another writer has made, ESP.</summary>
    public void Add(IpProtocol protocol, scoped ReadOnlySpan<byte> payload)
    {
        Begin(protocol);
        _writer.Bytes(payload);
    }

    /// <summary>
    /// Fills in lengths and checksum. After a change of the payload's bytes, such as an authenticator computed from them, it
    /// may be called again.
    /// </summary>
    /// <returns>The packet.</returns>
    public ReadOnlySpan<byte> Finish()
    {
        if (_protocol == IpProtocol.Mobility)
            MobilityHeaders.MobilityWriting.End(ref this);
        if (_protocol == IpProtocol.Udp)
            Transport.Udp.End(ref this);
        BinaryPrimitives.WriteUInt16BigEndian(
            _writer.Written[Ipv6Header.PayloadLengthOffset..], checked((ushort)(_writer.Length - Ipv6Header.SizeBytes)));
        var checksumOffset = _protocol switch
        {
            IpProtocol.Icmpv6 => 2,
            IpProtocol.Mobility => 4,
            IpProtocol.Udp => 6,
            _ => -1,
        };
        if (checksumOffset < 0)
            return _writer.Written;
        var field = Payload[checksumOffset..];
        field[..2].Clear();
        var checksum = InternetChecksum.Compute(_upperSource, _upperDestination, _protocol, Payload);
        BinaryPrimitives.WriteUInt16BigEndian(field, checksum == 0 && _protocol == IpProtocol.Udp ? ushort.MaxValue : checksum);
        return _writer.Written;
    }

    private void BeginHeader(IpProtocol protocol)
    {
        _writer.Written[_nextHeaderOffset] = (byte)protocol;
        _nextHeaderOffset = _writer.Length;
    }
}
