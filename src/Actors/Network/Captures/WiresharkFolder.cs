using System.Globalization;
using Actors.Security.Ike;
using Actors.Security.Keys;

namespace Actors.Network.Captures;

/// <summary>
/// A configuration folder of Wireshark with the keys of runs: with WIRESHARK_CONFIG_DIR set to it, Wireshark and tshark decrypt the
/// ESP and IKE of their captures and check every integrity value. Sequence numbers are not looked at: a packet is in a capture once
/// for each link that it crosses.
/// </summary>
public static class WiresharkFolder
{
    /// <summary>Its files, by name.</summary>
    public static IReadOnlyDictionary<string, string> Files(IReadOnlyList<KeyRing> rings) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["preferences"] = """
            esp.enable_encryption_decode: TRUE
            esp.enable_authentication_check: TRUE
            esp.do_esp_sequence_analysis: FALSE
            nameres.network_name: TRUE
            nameres.dns_pkt_addr_resolution: FALSE
            nameres.use_external_name_resolver: FALSE

            """,
        ["esp_sa"] = Lines(rings.SelectMany(ring => ring.Associations).Select(Association)),
        ["ikev2_decryption_table"] = Lines(rings.SelectMany(ring => ring.Sessions).Select(Session)),
    };

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Distinct().Select(line => line + "\n"));

    private static string Association(RunAssociation both)
    {
        var association = both.Association;
        var (cipher, integrity) = association.Suite.IntegrityTransform is null
            ? ("AES-GCM with 16 octet ICV [RFC4106]", "NULL")
            : ("AES-CBC [RFC3602]", "HMAC-SHA-256-128 [RFC4868]");
        return Line(
            "IPv6", "*", "*", string.Create(CultureInfo.InvariantCulture, $"0x{association.Spi:x8}"), cipher, Hex(association.EncryptionKey), integrity, Hex(association.IntegrityKey));
    }

    private static string Session(IkeSession session)
    {
        var keys = session.Keys;
        return string.Join(
            ',',
            session.InitiatorSpi.ToString("x16", CultureInfo.InvariantCulture),
            session.ResponderSpi.ToString("x16", CultureInfo.InvariantCulture),
            Convert.ToHexStringLower(keys.InitiatorEncryption.Span),
            Convert.ToHexStringLower(keys.ResponderEncryption.Span),
            Quoted(Cipher(keys.Suite)),
            Convert.ToHexStringLower(keys.InitiatorIntegrity.Span),
            Convert.ToHexStringLower(keys.ResponderIntegrity.Span),
            Quoted(keys.Suite.IntegrityTransform is null ? "NONE [RFC4306]" : "HMAC_SHA2_256_128 [RFC4868]"));
    }

    private static string Cipher(CipherSuite suite) => suite.IntegrityTransform is null
        ? string.Create(CultureInfo.InvariantCulture, $"AES-GCM-{suite.KeyBytes * 8} with 16 octet ICV [RFC5282]")
        : string.Create(CultureInfo.InvariantCulture, $"AES-CBC-{suite.KeyBytes * 8} [RFC3602]");

    private static string Hex(ReadOnlyMemory<byte> key) => key.IsEmpty ? "" : "0x" + Convert.ToHexStringLower(key.Span);

    private static string Line(params IEnumerable<string> fields) => string.Join(',', fields.Select(Quoted));

    private static string Quoted(string field) => $"\"{field}\"";
}
