using Actors.Wire;
using Actors.Wire.Diameter;
using Actors.Wire.Esp;
using Actors.Wire.Icmpv6;
using Actors.Wire.Ikev2;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;
using Actors.Wire.Transport;
using CsCheck;

namespace Tests.Actors.Wire;

public class HostileBytesTests
{
    /// <summary>Mutations in the test that counts them.</summary>
    private const int Mutations = 3_000_000;

    [Fact]
    public void Every_sample_reads_without_an_error() =>
        Assert.All(SamplePackets.All, sample => Assert.Equal((sample.Name, default(ParseError)), (sample.Name, FormatRegistry.Standard.Check(sample.Bytes))));

    [Fact]
    public void Millions_of_mutated_packets_give_a_value_or_an_error_inside_them()
    {
        var outcomes = new int[Enum.GetValues<ParseFault>().Length];
        var perSample = Mutations / SamplePackets.All.Count + 1;
        Gen.UInt.Sample(
            seed =>
            {
                var random = new Xorshift(seed);
                var buffer = new byte[4096];
                foreach (var (_, bytes) in SamplePackets.All)
                {
                    for (var i = 0; i < perSample; i++)
                    {
                        var mutated = Mutate(bytes, buffer, ref random);
                        var error = FormatRegistry.Standard.Check(mutated);
                        Assert.InRange(error.OffsetBytes, 0, mutated.Length);
                        outcomes[(int)error.Fault]++;
                        Walk(mutated, buffer.AsSpan(2048));
                    }
                }
            },
            iter: 1,
            threads: 1);
        Assert.True(outcomes.Sum() >= Mutations);
        Assert.All(Enum.GetValues<ParseFault>(), fault => Assert.True(outcomes[(int)fault] > 0, $"no mutation led to {fault}"));
    }

    [Fact]
    public void Bytes_at_random_never_throw() => Gen.Byte.Array[0, 300].Sample(
        bytes =>
        {
            FormatRegistry.Standard.Check(bytes);
            Ikev2Message.Read(bytes);
            DiameterMessage.Read(bytes);
            EspFormat.AesGcm16.Read(bytes);
            EspFormat.AesCbcHmacSha256.Read(bytes);
            EspPayload.Read(bytes);
            for (var type = 33; type <= 46; type++)
            {
                if (Ikev2Chain.Read((Ikev2PayloadType)type, bytes).TryGet(out var chain))
                    chain.Check();
            }
        },
        iter: 20_000);

    /// <summary>Reads what a check passes over: chains in options, what lies behind encryption or a checksum that is not repaired.</summary>
    private static void Walk(ReadOnlySpan<byte> bytes, Span<byte> buffer)
    {
        if (!Ipv6Packet.Read(bytes).TryGet(out var packet))
            return;
        if (packet.ReadNeighborDiscovery<ProxyRouterSolicitationHeader>().TryGet(out var solicitation)
            && solicitation.Options.TryFind<Ikev2ChainOption>(out var option) && option.ReadChain().TryGet(out var chain))
            chain.Check();
        if (packet.ReadMobility<HandoverInitiateHeader>().TryGet(out var initiate) && initiate.Options.ReadIkev2Chain(buffer).TryGet(out chain))
            chain.Check();
        EspPayload.Read(packet.Payload);
        if (EspFormat.AesGcm16.Read(packet.Payload).TryGet(out var esp))
            EspPayload.Read(esp.Ciphertext);
        if (packet.Protocol == IpProtocol.Sctp && packet.Payload.Length > SctpData.HeaderBytes
            && DiameterMessage.Read(packet.Payload[SctpData.HeaderBytes..]).TryGet(out var diameter))
            diameter.TryFind(uint.MaxValue, out _);
    }

    /// <summary>
    /// Changes one to four places: a bit, a byte, a cut, a piece copied elsewhere. Three in four get a good checksum again, so
    /// that what lies behind it is reached.
    /// </summary>
    private static Span<byte> Mutate(byte[] bytes, byte[] buffer, ref Xorshift random)
    {
        bytes.CopyTo(buffer, 0);
        var mutated = buffer.AsSpan(0, bytes.Length);
        for (var changes = random.Below(4) + 1; changes > 0 && mutated.Length > 0; changes--)
        {
            var at = random.Below(mutated.Length);
            switch (random.Below(8))
            {
                case 0:
                    mutated = mutated[..at];
                    break;
                case 1:
                    var length = random.Below(mutated.Length - at);
                    mutated.Slice(random.Below(mutated.Length - length), length).CopyTo(mutated[at..]);
                    break;
                case 2 or 3:
                    mutated[at] = (byte)random.Below(256);
                    break;
                default:
                    mutated[at] ^= (byte)(1 << random.Below(8));
                    break;
            }
        }
        if (random.Below(4) > 0)
            Repair(mutated);
        return mutated;
    }

    private static void Repair(Span<byte> mutated)
    {
        if (mutated.Length < Ipv6Header.SizeBytes)
            return;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(mutated[4..], (ushort)(mutated.Length - Ipv6Header.SizeBytes));
        if (!Ipv6Packet.Read(mutated).TryGet(out var packet))
            return;
        var offset = packet.Protocol switch
        {
            IpProtocol.Icmpv6 => 2,
            IpProtocol.Mobility => 4,
            IpProtocol.Udp => 6,
            _ => int.MaxValue,
        };
        if (offset > packet.Payload.Length - 2)
            return;
        var field = mutated[(packet.PayloadOffsetBytes + offset)..];
        field[..2].Clear();
        var checksum = InternetChecksum.Compute(packet.UpperSource, packet.UpperDestination, packet.Protocol, packet.Payload);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(field, checksum);
    }

    private struct Xorshift(uint seed)
    {
        private ulong _state = seed | 1UL << 40;

        public int Below(int limit)
        {
            _state ^= _state << 13;
            _state ^= _state >> 7;
            _state ^= _state << 17;
            return limit == 0 ? 0 : (int)((_state >> 32) % (uint)limit);
        }
    }
}
