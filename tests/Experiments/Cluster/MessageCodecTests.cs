using System.Runtime.Serialization;
using Actors.Placement.Bytes;
using CsCheck;
using Experiments.Cluster.Protocol;
using Experiments.MonteCarlo;
using Experiments.Results;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Tests.Experiments.Cluster;

public sealed class MessageCodecTests
{
    private static readonly MemberFacts Facts = new(1, "1.0+abc", "2", ["Akka 1.5", "Akka.Cluster 1.5"], "00ff");

    private static readonly RunStatus Status = new("paper", "127.0.0.1:1", 3, 66, 123_456_789_012, null, [new MemberProgress("127.0.0.1:2", 4, 1234.5)]);

    private static readonly ClusterMessage[] Messages =
    [
        new Knock(Facts, "worker"),
        new Admitted(Facts),
        new Refused("Größe passt nicht"),
        new StatusRequest(),
        new StatusReport(Facts, [new MemberStatus("127.0.0.1:1", "Up", ["worker"], true)], [Status, Status with { Remaining = long.MaxValue }]),
        new DrainRequest(),
        new DrainStarted(),
        new Offer(long.MinValue, 7, Facts, "experiment { name = x }", [new AttachedFile("/a/b.json", "{}")], "f00", 2),
        new Enlisted(1, 2, 8),
        new Declined(1, 2, "no"),
        new Assignment(-5, 1, 3, 99, 2, 1024, 1024),
        new Trouble(1, 2, 0, 5, 17, "it broke", null),
        new Holding(1, 2, 100, [4, 5, long.MaxValue]),
        new Leaving(1, 2),
        new Dismissed(1),
        new Progress(1, Status),
        new SpanOffer(1, Facts, "experiment { name = x }", [new AttachedFile("/costs.json", "{}")], "f00", 2, null),
        new SpanOffer(1, Facts, "", [], "", 0, new SpanBenchmark(1_000_000, 50_000_000, ulong.MaxValue)),
        new SpanEnlisted(-1, 4, 40_000),
        new SpanBegin(1, 2, new UInt128(3, ulong.MaxValue), 4, 5, 6, [new SpanPeer("akka.tcp://handover@127.0.0.1:1/user/member/$a#7", 2, 65535), new SpanPeer("akka://x", 1, 1)], 1),
        new SpanPiece(1, 2, 3, 4, 0, 1, new byte[] { 1, 2, 3 }),
        new SpanBroken(1, 2, "no", null),
        new SpanBroken(1, 2, "it is gone", 3),
        new SpanCalledOff(1, 2, "it is lost"),
        new SpansRequest(),
        new SpansReport([
            new SpanStatus("city", "127.0.0.1:1", new SpanShare(3, 17, 2, [new SpanPart("127.0.0.1:2", 1), new SpanPart("127.0.0.1:3", 4)])),
            new SpanStatus("handoff22", "127.0.0.1:4", null),
        ]),
    ];

    private static readonly Gen<OutcomeCounts?> Outcomes = Gen.OneOf(new OutcomeCounts?[]
    {
        null, OutcomeCounts.None, OutcomeCounts.Of([new OutcomeCount("predictive", null, 1)]), OutcomeCounts.Of([new OutcomeCount("failed", "no answer", 3), new OutcomeCount("reactive", null, 2)]),
    }.Select(Gen.Const).ToArray());

    private static readonly Gen<Result> Results =
        from width in Gen.Int[0, 12]
        from origin in Gen.Int[0, 1_000_000]
        from rows in Gen.Select(Gen.Long.Array[width], Gen.ULong, Outcomes, Gen.Byte.Array[0, 300].Null()).Array[0, 40]
        select new Result(3, 4, 1, 12, 0, origin, TimeSpan.FromMilliseconds(rows.Length),
            [.. rows.Select((row, i) => new ReplicationRecord(origin + i, row.Item1, row.Item2, row.Item3, row.Item4))],
            [.. rows.Where(row => row.Item3 is null).Select((_, i) => new FailedReplication(origin + i, "1 s", "ha", "lost", i % 2 == 0 ? null : "stack"))]);

    public static TheoryData<int> All => [.. Enumerable.Range(0, Messages.Length)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_message_reads_back_as_it_was(int number) =>
        Assert.Equivalent(Messages[number], RoundTrip(Messages[number]), strict: true);

    [Fact]
    public void Results_read_back_bit_by_bit() => Results.Sample(result =>
    {
        var back = (Result)RoundTrip(result);
        Assert.True(Same(result, back));
        Assert.Equal(result.Failures, back.Failures);
        Assert.Equal(result.Records.Count, back.Records.Count);
        foreach (var (one, other) in result.Records.Zip(back.Records))
        {
            Assert.Equal((one.Index, one.Digest, one.Outcomes?.Json), (other.Index, other.Digest, other.Outcomes?.Json));
            Assert.Equal(one.Metrics, other.Metrics);
            Assert.Equal(one.Distribution, other.Distribution);
        }
    });

    [Fact]
    public void Whatever_the_bytes_reading_ends_in_a_message_or_a_format_error() =>
        Gen.Select(Gen.Int[0, Messages.Length - 1], Gen.Int[0, 10_000], Gen.Byte, Gen.Int[0, 400], Results).Sample((number, at, value, cut, result) =>
        {
            foreach (var message in (ClusterMessage[])[Messages[number], result])
            {
                var bytes = MessageCodec.Bytes(message);
                var broken = bytes[..Math.Min(bytes.Length, cut)];
                if (broken.Length > 0)
                    broken[at % broken.Length] ^= value;
                try
                {
                    var read = MessageCodec.Read(MessageCodec.ManifestOf(message), broken);
                    Assert.Equal(message.GetType(), read.GetType());
                }
                catch (ByteFormatException)
                {
                    Assert.NotEqual(bytes, broken);
                }
            }
        });

    [Fact]
    public void A_list_that_claims_more_than_the_message_holds_allocates_nothing()
    {
        byte[] bytes = [2, 4, 6, 0xFF, 0xFF, 0xFF, 0xFF, 0x07];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ByteFormatException>(() => MessageCodec.Read("holding", bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Bytes_behind_the_end_and_unknown_kinds_are_refused()
    {
        Assert.Throws<ByteFormatException>(() => MessageCodec.Read("dismissed", [2, 0]));
        Assert.IsAssignableFrom<SerializationException>(Assert.Throws<ByteFormatException>(() => MessageCodec.Read("System.Diagnostics.Process", [])));
    }

    /// <summary>The gate's messages must be readable by every version that ever was: these bytes may not change.</summary>
    [Fact]
    public void A_knock_has_the_bytes_it_always_had() =>
        Assert.Equal("0107312E302B6162630132020841 6B6B6120312E35".Replace(" ", "", StringComparison.Ordinal),
            Convert.ToHexString(MessageCodec.Bytes(new Knock(Facts, "worker")))[..42]);

    private static ClusterMessage RoundTrip(ClusterMessage message) => MessageCodec.Read(MessageCodec.ManifestOf(message), MessageCodec.Bytes(message));

    private static bool Same(Result one, Result other) =>
        (one.Run, one.Session, one.Lane, one.Item, one.Job, one.From, one.Elapsed) == (other.Run, other.Session, other.Lane, other.Item, other.Job, other.From, other.Elapsed);
}
