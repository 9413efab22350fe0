using Actors.Placement.Bytes;
using Experiments.MonteCarlo;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Experiments.Cluster.Protocol;

/// <summary>
/// The bytes of every message, under a manifest that names its kind. Nothing in the bytes names a type: a receiver makes only
/// what stands here. Messages of the gate keep their form in all versions, so that versions can be compared at all.
/// </summary>
internal static class MessageCodec
{
    private static readonly Dictionary<string, Func<MessageReader, ClusterMessage>> Readers = new(StringComparer.Ordinal)
    {
        ["knock"] = reader => new Knock(Facts(reader), reader.Text()),
        ["admitted"] = reader => new Admitted(Facts(reader)),
        ["refused"] = reader => new Refused(reader.Text()),
        ["status?"] = _ => new StatusRequest(),
        ["status"] = reader => new StatusReport(Facts(reader), reader.List(() => Member(reader)), reader.List(() => Run(reader))),
        ["drain?"] = _ => new DrainRequest(),
        ["draining"] = _ => new DrainStarted(),
        ["offer"] = reader => new Offer(reader.Signed(), reader.Signed(), Facts(reader), reader.Text(),
            Files(reader), reader.Text(), reader.Natural()),
        ["enlisted"] = reader => new Enlisted(reader.Signed(), reader.Signed(), reader.Natural()),
        ["declined"] = reader => new Declined(reader.Signed(), reader.Signed(), reader.Text()),
        ["assignment"] = reader => new Assignment(reader.Signed(), reader.Signed(), reader.Natural(), reader.Signed(), reader.Natural(), reader.Natural(), reader.Natural()),
        ["result"] = Result,
        ["trouble"] = reader => new Trouble(
            reader.Signed(), reader.Signed(), reader.Natural(), reader.Signed(), reader.Natural(), reader.Text(), reader.OptionalText()),
        ["holding"] = reader => new Holding(reader.Signed(), reader.Signed(), reader.Signed(), reader.List(reader.Signed)),
        ["leaving"] = reader => new Leaving(reader.Signed(), reader.Signed()),
        ["dismissed"] = reader => new Dismissed(reader.Signed()),
        ["progress"] = reader => new Progress(reader.Signed(), Run(reader)),
    };

    public static string ManifestOf(ClusterMessage message) => message switch
    {
        Knock => "knock",
        Admitted => "admitted",
        Refused => "refused",
        StatusRequest => "status?",
        StatusReport => "status",
        DrainRequest => "drain?",
        DrainStarted => "draining",
        Offer => "offer",
        Enlisted => "enlisted",
        Declined => "declined",
        Assignment => "assignment",
        ClusterMessage.Result => "result",
        Trouble => "trouble",
        Holding => "holding",
        Leaving => "leaving",
        Dismissed => "dismissed",
        Progress => "progress",
        _ => SpanCodec.ManifestOf(message) ?? throw new ArgumentException($"no manifest for {message.GetType().Name}", nameof(message)),
    };

    public static byte[] Bytes(ClusterMessage message)
    {
        var writer = new MessageWriter(SpanCodec.SizeOf(message));
        Write(writer, message);
        return writer.ToArray();
    }

    /// <exception cref="ByteFormatException">The bytes are no message of this manifest, or there is none.</exception>
    public static ClusterMessage Read(string manifest, byte[] bytes)
    {
        if (!Readers.TryGetValue(manifest, out var read) && !SpanCodec.Readers.TryGetValue(manifest, out read))
            throw new ByteFormatException($"there is no message '{(manifest.Length > 40 ? manifest[..40] : manifest)}'");
        var reader = new MessageReader(bytes);
        var message = read(reader);
        reader.End();
        return message;
    }

    private static void Write(MessageWriter writer, ClusterMessage message)
    {
        switch (message)
        {
            case Knock knock:
                Write(writer, knock.Facts);
                writer.Text(knock.Role);
                break;
            case Admitted admitted:
                Write(writer, admitted.Facts);
                break;
            case Refused refused:
                writer.Text(refused.Reason);
                break;
            case StatusReport report:
                Write(writer, report.Facts);
                writer.List(report.Members, member => Write(writer, member));
                writer.List(report.Runs, run => Write(writer, run));
                break;
            case Offer offer:
                Session(offer.Run, offer.Session);
                Write(writer, offer.Facts);
                writer.Text(offer.Experiment);
                writer.List(offer.Files, file => Write(writer, file));
                writer.Text(offer.Fingerprint);
                writer.Unsigned((uint)offer.Partitions);
                break;
            case Enlisted enlisted:
                Session(enlisted.Run, enlisted.Session);
                writer.Unsigned((uint)enlisted.Lanes);
                break;
            case Declined declined:
                Session(declined.Run, declined.Session);
                writer.Text(declined.Reason);
                break;
            case Assignment assignment:
                Session(assignment.Run, assignment.Session);
                Item(assignment.Lane, assignment.Item);
                writer.Unsigned((uint)assignment.Job);
                writer.Unsigned((uint)assignment.From);
                writer.Unsigned((uint)assignment.Count);
                break;
            case ClusterMessage.Result result:
                Session(result.Run, result.Session);
                Item(result.Lane, result.Item);
                writer.Unsigned((uint)result.Job);
                writer.Unsigned((uint)result.From);
                writer.Signed(result.Elapsed.Ticks);
                RecordCodec.Write(writer, result.Records);
                writer.List(result.Failures, failure => Write(writer, failure));
                break;
            case Trouble trouble:
                Session(trouble.Run, trouble.Session);
                Item(trouble.Lane, trouble.Item);
                writer.Unsigned((uint)trouble.Index);
                writer.Text(trouble.Reason);
                writer.OptionalText(trouble.Detail);
                break;
            case Holding holding:
                Session(holding.Run, holding.Session);
                writer.Signed(holding.Computed);
                writer.List(holding.Items, writer.Signed);
                break;
            case Leaving leaving:
                Session(leaving.Run, leaving.Session);
                break;
            case Dismissed dismissed:
                writer.Signed(dismissed.Run);
                break;
            case Progress progress:
                writer.Signed(progress.Run);
                Write(writer, progress.Status);
                break;
            default:
                SpanCodec.Write(writer, message);
                break;
        }

        void Session(long run, long session)
        {
            writer.Signed(run);
            writer.Signed(session);
        }

        void Item(int lane, long item)
        {
            writer.Unsigned((uint)lane);
            writer.Signed(item);
        }
    }

    private static ClusterMessage.Result Result(MessageReader reader)
    {
        var (run, session, lane, item) = (reader.Signed(), reader.Signed(), reader.Natural(), reader.Signed());
        var (job, from, elapsed) = (reader.Natural(), reader.Natural(), new TimeSpan(reader.Signed()));
        return new ClusterMessage.Result(run, session, lane, item, job, from, elapsed, RecordCodec.Read(reader, from), reader.List(() => Failure(reader)));
    }

    internal static void Write(MessageWriter writer, AttachedFile file)
    {
        writer.Text(file.Path);
        writer.Text(file.Base64);
    }

    internal static IReadOnlyList<AttachedFile> Files(MessageReader reader) => reader.List(() => new AttachedFile(reader.Text(), reader.Text()));

    internal static void Write(MessageWriter writer, MemberFacts facts)
    {
        writer.Unsigned((uint)facts.Protocol);
        writer.Text(facts.Version);
        writer.Text(facts.Engine);
        writer.List(facts.Packages, writer.Text);
        writer.Text(facts.Arithmetic);
    }

    internal static MemberFacts Facts(MessageReader reader) =>
        new(reader.Natural(), reader.Text(), reader.Text(), reader.List(reader.Text), reader.Text());

    private static void Write(MessageWriter writer, MemberStatus member)
    {
        writer.Text(member.Address);
        writer.Text(member.Status);
        writer.List(member.Roles, writer.Text);
        writer.Bool(member.Reachable);
    }

    private static MemberStatus Member(MessageReader reader) => new(reader.Text(), reader.Text(), reader.List(reader.Text), reader.Bool());

    private static void Write(MessageWriter writer, RunStatus run)
    {
        writer.Text(run.Experiment);
        writer.Text(run.Coordinator);
        writer.Unsigned((uint)run.CellsDone);
        writer.Unsigned((uint)run.Cells);
        writer.Signed(run.Computed);
        writer.List<long>(run.Remaining is { } remaining ? [remaining] : [], writer.Signed);
        writer.List(run.Members, member =>
        {
            writer.Text(member.Address);
            writer.Unsigned((uint)member.Lanes);
            writer.Fixed(BitConverter.DoubleToUInt64Bits(member.PerSecond));
        });
    }

    private static RunStatus Run(MessageReader reader)
    {
        var (experiment, coordinator, done, cells, computed) = (reader.Text(), reader.Text(), reader.Natural(), reader.Natural(), reader.Signed());
        var remaining = reader.List(reader.Signed);
        return new RunStatus(experiment, coordinator, done, cells, computed, remaining.Count == 0 ? null : remaining[0],
            reader.List(() => new MemberProgress(reader.Text(), reader.Natural(), BitConverter.UInt64BitsToDouble(reader.Fixed()))));
    }

    private static void Write(MessageWriter writer, FailedReplication failure)
    {
        writer.Unsigned((uint)failure.Index);
        writer.Text(failure.At);
        writer.Text(failure.Node);
        writer.Text(failure.Reason);
        writer.OptionalText(failure.Detail);
    }

    private static FailedReplication Failure(MessageReader reader) =>
        new(reader.Natural(), reader.Text(), reader.Text(), reader.Text(), reader.OptionalText());
}
