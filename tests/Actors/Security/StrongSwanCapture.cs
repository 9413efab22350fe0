using System.Buffers.Binary;
using System.Text.RegularExpressions;

namespace Tests.Actors.Security;

/// <summary>The recorded association of golden/strongswan: UDP payloads in order, and what the initiator logged.</summary>
internal static partial class StrongSwanCapture
{
    private const int PcapHeaderBytes = 24;
    private const int RecordHeaderBytes = 16;
    private const int EthernetBytes = 14;
    private const int Ipv4Bytes = 20;
    private const int UdpBytes = 8;
    private const byte Udp = 17;

    /// <summary>IKE messages without the non-ESP marker, in order: IKE_SA_INIT and IKE_AUTH, request and response.</summary>
    public static IReadOnlyList<byte[]> IkeMessages { get; } =
        [.. Payloads().Where(udp => udp.Port == 500 || IsMarked(udp.Data)).Select(udp => udp.Port == 500 ? udp.Data : udp.Data[4..])];

    /// <summary>ESP packets from the SPI on, in order.</summary>
    public static IReadOnlyList<byte[]> EspPackets { get; } = [.. Payloads().Where(udp => udp.Port == 4500 && !IsMarked(udp.Data)).Select(udp => udp.Data)];

    /// <summary>The bytes that the log shows under a label, the n-th time that it stands there.</summary>
    public static byte[] Logged(string label, int occurrence = 0)
    {
        var lines = Golden.Lines("strongswan/charon_keys.log");
        var start = Array.FindIndex(lines, line => line.Contains($"] {label} => ", StringComparison.Ordinal) && occurrence-- == 0);
        return Convert.FromHexString(string.Concat(lines.Skip(start + 1).Select(line => Octets().Match(line))
            .TakeWhile(match => match.Success).Select(match => match.Groups[1].Value)).Replace(" ", "", StringComparison.Ordinal));
    }

    private static IEnumerable<(int Port, byte[] Data)> Payloads()
    {
        var file = Golden.Bytes("strongswan/cap.pcap");
        for (var at = PcapHeaderBytes; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 8));
            var ip = file.AsSpan(at + RecordHeaderBytes, length)[EthernetBytes..];
            if (ip[0] == 0x45 && ip[9] == Udp)
            {
                var udp = ip[Ipv4Bytes..BinaryPrimitives.ReadUInt16BigEndian(ip[2..])];
                yield return (BinaryPrimitives.ReadUInt16BigEndian(udp[2..]), udp[UdpBytes..].ToArray());
            }

            at += RecordHeaderBytes + length;
        }
    }

    private static bool IsMarked(byte[] data) => BinaryPrimitives.ReadUInt32BigEndian(data) == 0;

    [GeneratedRegex(@"^\[\w+\] +\d+: ((?:[0-9A-F]{2} )+) ")]
    private static partial Regex Octets();
}
