using Actors.Security.Esp;
using Actors.Security.Ike;
using Actors.Security.Keys;
using CsCheck;

namespace Tests.Actors.Security;

public sealed class EspTests
{
    private const byte Ipv6 = 41;
    private const byte Udp = 17;

    public static TheoryData<string> Suites => [.. CipherSuite.All.Select(suite => suite.Name)];

    [Theory]
    [MemberData(nameof(Suites))]
    public void Data_of_any_length_arrives_in_either_mode_and_padding_counts_up(string name) =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Bool).Sample((data, isTunnel) =>
        {
            var association = Association(name, isTunnel ? EncapsulationMode.Tunnel : EncapsulationMode.Transport);
            using var sender = new EspSender(association);
            using var receiver = new EspReceiver(association);
            var protocol = isTunnel ? Ipv6 : Udp;
            var packet = Protect(sender, data, protocol);
            var content = new byte[packet.Length];
            Assert.Equal(EspVerdict.Accepted, receiver.Open(packet, content, out var dataBytes, out var nextHeader));
            Assert.Equal(data, content[..dataBytes]);
            Assert.Equal(protocol, nextHeader);
            var padding = packet.Length - association.Suite.Format.IvBytes - 26 - dataBytes;
            Assert.Equal(Enumerable.Range(1, padding).Select(octet => (byte)octet), content.AsSpan(dataBytes, padding).ToArray());
            Assert.Equal(padding, content[dataBytes + padding]);
        }, iter: 300);

    [Theory]
    [MemberData(nameof(Suites))]
    public void Every_altered_byte_of_a_packet_is_rejected_and_leaves_the_window_as_it_was(string name)
    {
        var association = Association(name);
        using var sender = new EspSender(association);
        using var receiver = new EspReceiver(association);
        var packet = Protect(sender, new byte[100], Ipv6);
        for (var i = 0; i < 8 * packet.Length; i++)
        {
            var verdict = receiver.Open(TestKeys.Flip(packet, i / 8, i % 8), new byte[packet.Length], out _, out _);
            Assert.True(verdict is EspVerdict.BadCheckValue || (i < 32 && verdict is EspVerdict.OtherSpi) || (i == 56 && verdict is EspVerdict.Replayed), $"bit {i}: {verdict}");
        }

        for (var length = 0; length < packet.Length; length++)
            Assert.NotEqual(EspVerdict.Accepted, receiver.Open(packet.AsSpan(0, length), new byte[packet.Length], out _, out _));
        Assert.Equal(0u, receiver.Highest);
        Assert.Equal(EspVerdict.Accepted, receiver.Open(packet, new byte[packet.Length], out _, out _));
    }

    [Fact]
    public void The_first_packet_has_number_1_and_equal_associations_make_equal_bytes()
    {
        foreach (var suite in CipherSuite.All)
        {
            using EspSender one = new(Association(suite.Name)), other = new(Association(suite.Name));
            Assert.Equal(Protect(one, [1, 2, 3], Ipv6), Protect(other, [1, 2, 3], Ipv6));
            Assert.Equal(1u, one.Sequence);
            Assert.NotEqual(Protect(one, [1, 2, 3], Ipv6)[8..], Protect(new EspSender(Association(suite.Name)), [1, 2, 3], Ipv6)[8..]);
        }
    }

    [Fact]
    public void A_packet_of_another_mode_is_neither_sent_nor_accepted()
    {
        using var tunnel = new EspSender(Association("aes-gcm-128", EncapsulationMode.Tunnel));
        using var transport = new EspReceiver(Association("aes-gcm-128", EncapsulationMode.Transport));
        Assert.Throws<ArgumentException>(() => Protect(tunnel, [1], Udp));
        Assert.Equal(0u, tunnel.Sequence);
        Assert.Equal(EspVerdict.OtherMode, transport.Open(Protect(tunnel, [1], Ipv6), new byte[100], out _, out _));
        Assert.Throws<ArgumentException>(() => tunnel.Protect(new byte[10], Ipv6, new byte[20]));
    }

    [Fact]
    public void Authentic_padding_that_does_not_count_up_is_rejected()
    {
        var association = Association("aes-gcm-128");
        using var receiver = new EspReceiver(association);
        using var cipher = PacketCipher.Create(association.Suite, association.EncryptionKey.Span, []);
        var packet = new byte[8 + 8 + 8 + 16];
        packet[2] = 1;
        packet[7] = 1;
        byte[] content = [9, 9, 9, 1, 2, 4, 3, Ipv6];
        content.CopyTo(packet, 16);
        cipher.Seal(packet, 8, 1);
        Assert.Equal(EspVerdict.BadPadding, receiver.Open(packet, new byte[40], out _, out _));
    }

    [Fact]
    public void Protecting_and_opening_with_aes_gcm_allocates_nothing()
    {
        using var sender = new EspSender(Association("aes-gcm-128"));
        using var receiver = new EspReceiver(sender.Association);
        byte[] data = new byte[1000], packet = new byte[sender.Association.Suite.Format.PacketBytes(data.Length)], content = new byte[packet.Length];
        Send(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Send(100);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(200u, receiver.Highest);

        void Send(int packets)
        {
            for (var i = 0; i < packets; i++)
            {
                sender.Protect(data, Ipv6, packet);
                receiver.Open(packet, content, out _, out _);
            }
        }
    }

    [Fact]
    public void Keys_of_the_wrong_length_are_refused() =>
        Assert.Throws<ArgumentException>(() => PacketCipher.Create(CipherSuite.AesGcm128, new byte[16], []));

    /// <summary>Test cases 2 and 4 of the submission of GCM to NIST (McGrew and Viega), nonce split into salt and vector.</summary>
    [Theory]
    [InlineData("00000000000000000000000000000000", "000000000000000000000000", "-", "00000000000000000000000000000000", "0388dace60b6a392f328c2b971b2fe78", "ab6e47d42cec13bdf53a67b21257bddf")]
    [InlineData("feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
        "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091",
        "5bc94fbc3221a5db94fae95ae7121a47")]
    public void Gcm_is_that_of_NIST(string key, string nonce, string associated, string plain, string encrypted, string tag)
    {
        var header = Golden.Hex(associated);
        using var cipher = Gcm(key, nonce);
        byte[] message = [.. header, .. new byte[8], .. Golden.Hex(plain), .. new byte[16]];
        cipher.Seal(message, header.Length, Convert.ToUInt64(nonce[8..], 16));
        Assert.Equal([.. header, .. Golden.Hex(nonce[8..]), .. Golden.Hex(encrypted), .. Golden.Hex(tag)], message);
    }

    [Fact]
    public void Gcm_is_judged_as_Wycheproof_does()
    {
        var cases = Golden.Cases("aes-gcm.txt").ToList();
        Assert.True(cases.Count(columns => columns[1] == "valid") > 50 && cases.Count(columns => columns[1] == "invalid") > 20);
        foreach (var columns in cases)
        {
            var header = Golden.Hex(columns[4]);
            using var cipher = Gcm(columns[2], columns[3]);
            byte[] message = [.. header, .. Golden.Hex(columns[3][8..]), .. Golden.Hex(columns[6]), .. Golden.Hex(columns[7])];
            var plain = new byte[Golden.Hex(columns[6]).Length];
            Assert.Equal(columns[1] == "valid", cipher.Open(message, header.Length, plain));
            if (columns[1] == "valid")
                Assert.Equal(Golden.Hex(columns[5]), plain);
        }
    }

    private static PacketCipher Gcm(string key, string nonce) =>
        PacketCipher.Create(key.Length == 32 ? CipherSuite.AesGcm128 : CipherSuite.AesGcm256, [.. Golden.Hex(key), .. Golden.Hex(nonce[..8])], []);

    private static byte[] Protect(EspSender sender, byte[] data, byte nextHeader)
    {
        var packet = new byte[sender.Association.Suite.Format.PacketBytes(data.Length)];
        Assert.Equal(packet.Length, sender.Protect(data, nextHeader, packet));
        return packet;
    }

    private static SecurityAssociation Association(string suite, EncapsulationMode mode = EncapsulationMode.Tunnel)
    {
        var chosen = CipherSuite.All.Single(candidate => candidate.Name == suite);
        var random = SimulationRandom.For(5, 0, 0);
        return new SecurityAssociation(0x100, chosen, mode, random.GenerateSeed(chosen.EncryptionMaterialBytes), random.GenerateSeed(chosen.IntegrityKeyBytes));
    }
}
