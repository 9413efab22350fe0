using System.Buffers.Binary;
using Actors.Wire.Captures;
using Topology.Addressing;

namespace Tests.Actors.Wire.Captures;

public class PcapngWriterTests
{
    [Fact]
    public void Every_block_has_its_length_at_both_ends_and_a_multiple_of_four()
    {
        using var file = new MemoryStream();
        var writer = new PcapngWriter(file, "handover");
        var link = writer.AddInterface("l");
        writer.AddNames([(new Address(1, 2), "mn"), (new Address(1, 3), "router")]);
        writer.Write(link, 0x1_2345_6789, new byte[5], "Grüße");
        writer.Write(link, 7, new byte[6000]);

        var blocks = new List<(uint Type, byte[] Body)>();
        for (ReadOnlySpan<byte> rest = file.ToArray(); !rest.IsEmpty;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest[4..]);
            Assert.Equal(0, length % 4);
            Assert.Equal(length, BinaryPrimitives.ReadInt32LittleEndian(rest[(length - 4)..]));
            blocks.Add((BinaryPrimitives.ReadUInt32LittleEndian(rest), rest[8..(length - 4)].ToArray()));
            rest = rest[length..];
        }
        Assert.Equal([0x0A0D0D0A, 1, 4, 6, 6], blocks.Select(block => block.Type));
        Assert.Equal(
            "00000000" + "01000000" + "89674523" + "05000000" + "05000000" + "0000000000000000" + "01000700" + "4772C3BCC39F6500" + "00000000",
            Convert.ToHexString(blocks[3].Body));
    }

    [Fact]
    public void An_interface_that_was_not_added_and_a_negative_time_are_refused()
    {
        var writer = new PcapngWriter(Stream.Null, "handover");
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write(0, 0, []));
        var link = writer.AddInterface("l");
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write(link, -1, []));
    }
}
