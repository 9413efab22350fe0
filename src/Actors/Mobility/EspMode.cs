namespace Actors.Mobility;

/// <summary>How a packet is protected by ESP (RFC 4303), with AES-GCM and an integrity check value of 16 bytes (RFC 4106).</summary>
public enum EspMode : byte
{
    None,
    Transport,
    Tunnel,
}

/// <summary>The bytes that ESP adds.</summary>
public static class EspOverhead
{
    private const int FixedHeaderBytes = 40;

    /// <summary>
    /// SPI and sequence number 8, initialisation vector 8, padding to 4 bytes with its length and next header, check value
    /// 16; in tunnel mode also the outer IPv6 header.
    /// </summary>
    /// <param name="payloadBytes">What is encrypted, without the inner IPv6 header of tunnel mode.</param>
    public static int Bytes(EspMode mode, int payloadBytes)
    {
        if (mode == EspMode.None)
            return 0;
        var inner = mode == EspMode.Tunnel ? payloadBytes + FixedHeaderBytes : payloadBytes;
        var trailer = 2 + ((4 - ((inner + 2) & 3)) & 3);
        return 8 + 8 + trailer + 16 + (mode == EspMode.Tunnel ? FixedHeaderBytes : 0);
    }
}
