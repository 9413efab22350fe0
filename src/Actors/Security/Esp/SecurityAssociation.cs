using Actors.Security.Ike;

namespace Actors.Security.Esp;

/// <summary>What ESP encapsulates: the data above the IPv6 header, or a whole packet in a new one (RFC 4303, section 3.1).</summary>
public enum EncapsulationMode : byte
{
    Transport,
    Tunnel,
}

/// <summary>One direction of traffic protected by ESP.</summary>
/// <param name="Spi">Security parameters index, chosen by the receiver; 0 to 255 are reserved (RFC 4303, section 2.1).</param>
/// <param name="EncryptionKey">With the salt at its end.</param>
/// <param name="IntegrityKey">Empty with a combined cipher.</param>
public sealed record SecurityAssociation(
    uint Spi,
    CipherSuite Suite,
    EncapsulationMode Mode,
    ReadOnlyMemory<byte> EncryptionKey,
    ReadOnlyMemory<byte> IntegrityKey)
{
    /// <summary>The association for packets from initiator to responder, who chose <paramref name="spi"/>.</summary>
    public static SecurityAssociation FromInitiator(ChildKeys keys, uint spi, EncapsulationMode mode) =>
        new(spi, keys.Suite, mode, keys.InitiatorEncryption, keys.InitiatorIntegrity);

    /// <summary>The association for packets from responder to initiator, who chose <paramref name="spi"/>.</summary>
    public static SecurityAssociation FromResponder(ChildKeys keys, uint spi, EncapsulationMode mode) =>
        new(spi, keys.Suite, mode, keys.ResponderEncryption, keys.ResponderIntegrity);

    private const byte Ipv4 = 4;
    private const byte Ipv6 = 41;

    /// <summary>Whether the mode carries data of this protocol: packets in tunnel mode, anything else in transport mode.</summary>
    internal bool Carries(byte nextHeader) => Mode == EncapsulationMode.Tunnel == nextHeader is Ipv4 or Ipv6;

    internal PacketCipher CreateCipher() => PacketCipher.Create(Suite, EncryptionKey.Span, IntegrityKey.Span);
}
