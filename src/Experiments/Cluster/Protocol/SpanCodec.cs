using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Experiments.Cluster.Protocol;

/// <summary>The bytes of the messages about one network over several members.</summary>
internal static class SpanCodec
{
    private const int HeadBytes = 64;

    public static readonly IReadOnlyDictionary<string, Func<MessageReader, ClusterMessage>> Readers = new Dictionary<string, Func<MessageReader, ClusterMessage>>(StringComparer.Ordinal)
    {
        ["spans?"] = _ => new SpansRequest(),
        ["spans"] = reader => new SpansReport(reader.List(() => new SpanStatus(reader.Text(), reader.Text(), reader.Bool() ? Share(reader) : null))),
        ["span-offer"] = reader => new SpanOffer(reader.Signed(), MessageCodec.Facts(reader), reader.Text(),
            MessageCodec.Files(reader), reader.Text(), reader.Natural(),
            reader.Bool() ? new SpanBenchmark(reader.Natural(), reader.Signed(), reader.Fixed()) : null),
        ["span-enlisted"] = reader => new SpanEnlisted(reader.Signed(), reader.Natural(), reader.Natural()),
        ["span-begin"] = reader => new SpanBegin(
            reader.Signed(), reader.Natural(), new UInt128(reader.Fixed(), reader.Fixed()), reader.Natural(), reader.Natural(), reader.Natural(),
            reader.List(() => new SpanPeer(reader.Text(), reader.Natural(), reader.Natural())), reader.Natural()),
        ["span-piece"] = reader => new SpanPiece(reader.Signed(), reader.Natural(), reader.Natural(), reader.Natural(), reader.Natural(), reader.Natural(), reader.Bytes()),
        ["span-broken"] = reader => new SpanBroken(reader.Signed(), reader.Natural(), reader.Text(), reader.Bool() ? reader.Natural() : null),
        ["span-called-off"] = reader => new SpanCalledOff(reader.Signed(), reader.Natural(), reader.Text()),
    };

    /// <summary>Null for a message that is none of these.</summary>
    public static string? ManifestOf(ClusterMessage message) => message switch
    {
        SpansRequest => "spans?",
        SpansReport => "spans",
        SpanOffer => "span-offer",
        SpanEnlisted => "span-enlisted",
        SpanBegin => "span-begin",
        SpanPiece => "span-piece",
        SpanBroken => "span-broken",
        SpanCalledOff => "span-called-off",
        _ => null,
    };

    /// <summary>Room for a message at once.</summary>
    public static int SizeOf(ClusterMessage message) => HeadBytes + (message is SpanPiece piece ? piece.Bytes.Length : 0);

    public static void Write(MessageWriter writer, ClusterMessage message)
    {
        switch (message)
        {
            case SpansReport report:
                writer.List(report.Spans, span =>
                {
                    writer.Text(span.Experiment);
                    writer.Text(span.Coordinator);
                    writer.Bool(span.Share is not null);
                    if (span.Share is not { } share)
                        return;
                    Counts(share.Cell, share.Replication, share.Part);
                    writer.List(share.Members, member =>
                    {
                        writer.Text(member.Address);
                        Counts(member.Partitions);
                    });
                });
                break;
            case SpanOffer offer:
                writer.Signed(offer.Run);
                MessageCodec.Write(writer, offer.Facts);
                writer.Text(offer.Experiment);
                writer.List(offer.Files, file => MessageCodec.Write(writer, file));
                writer.Text(offer.Fingerprint);
                writer.Unsigned((uint)offer.Partitions);
                writer.Bool(offer.Benchmark is not null);
                if (offer.Benchmark is { } benchmark)
                {
                    writer.Unsigned((uint)benchmark.Mobiles);
                    writer.Signed(benchmark.Events);
                    writer.Fixed(benchmark.Seed);
                }

                break;
            case SpanEnlisted enlisted:
                writer.Signed(enlisted.Run);
                Counts(enlisted.Threads, enlisted.BatchPort);
                break;
            case SpanBegin begin:
                writer.Signed(begin.Run);
                Counts(begin.Attempt);
                writer.Fixed((ulong)(begin.Key >> 64));
                writer.Fixed((ulong)begin.Key);
                Counts(begin.Turn, begin.Job, begin.Index);
                writer.List(begin.Members, member =>
                {
                    writer.Text(member.Path);
                    Counts(member.Threads, member.BatchPort);
                });
                Counts(begin.Self);
                break;
            case SpanPiece piece:
                writer.Signed(piece.Run);
                Counts(piece.Attempt, piece.Turn, piece.From, piece.Part, piece.Parts);
                writer.Bytes(piece.Bytes.Span);
                break;
            case SpanBroken broken:
                writer.Signed(broken.Run);
                Counts(broken.Attempt);
                writer.Text(broken.Reason);
                writer.Bool(broken.Lost is not null);
                if (broken.Lost is { } lost)
                    Counts(lost);
                break;
            case SpanCalledOff off:
                writer.Signed(off.Run);
                Counts(off.Attempt);
                writer.Text(off.Reason);
                break;
        }

        void Counts(params ReadOnlySpan<int> values)
        {
            foreach (var value in values)
                writer.Unsigned((uint)value);
        }
    }

    private static SpanShare Share(MessageReader reader) => new(
        reader.Natural(), reader.Natural(), reader.Natural(), reader.List(() => new SpanPart(reader.Text(), reader.Natural())));
}
