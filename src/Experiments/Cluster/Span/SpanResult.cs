using System.Globalization;
using Actors;
using Actors.Kernel;
using Experiments.Cluster.Protocol;

namespace Experiments.Cluster.Span;

/// <summary>What a member has of a replication's results.</summary>
/// <param name="Run">Null where its part failed.</param>
/// <param name="Fault">Null where it did not.</param>
internal sealed record SpanResult(RunRecord? Run, SpanFault? Fault, SpanCost Cost)
{
    /// <summary>Of a benchmark, which keeps no rows: completed handovers, and the ticks that they took.</summary>
    public (long Handovers, long Ticks) Totals { get; init; }

    public byte[] ToBytes()
    {
        var writer = new MessageWriter();
        writer.Bool(Run is not null);
        if (Run is not null)
            writer.Bytes(RunBytes.Of(Run));
        writer.Bool(Fault is not null);
        Fault?.Write(writer);
        Cost.Write(writer);
        writer.Signed(Totals.Handovers);
        writer.Signed(Totals.Ticks);
        return writer.ToArray();
    }

    /// <exception cref="System.Runtime.Serialization.SerializationException">The bytes are no result.</exception>
    public static SpanResult Read(byte[] bytes)
    {
        var reader = new MessageReader(bytes);
        var result = new SpanResult(
            reader.Bool() ? RunBytes.Read(reader.Bytes()) : null,
            reader.Bool() ? SpanFault.Read(reader) : null,
            SpanCost.Read(reader))
        {
            Totals = (reader.Signed(), reader.Signed()),
        };
        reader.End();
        return result;
    }
}

/// <summary>How a member's part of a replication failed. Of several, the first in the order of events is the replication's.</summary>
internal sealed record SpanFault((long Time, ulong Source, uint Sequence) Order, string At, string Node, string Reason, string? Detail)
{
    public static SpanFault Of(SimulationFailedException failure)
    {
        var fault = failure.Fault;
        return new SpanFault(failure.Order, fault.At.ToString(), fault.Node[(fault.Node.LastIndexOf('/') + 1)..], fault.Cause.Message, fault.Cause.ToString());
    }

    public void Write(MessageWriter writer)
    {
        writer.Signed(Order.Time);
        writer.Fixed(Order.Source);
        writer.Unsigned(Order.Sequence);
        writer.Text(At);
        writer.Text(Node);
        writer.Text(Reason);
        writer.OptionalText(Detail);
    }

    public static SpanFault Read(MessageReader reader) => new(
        (reader.Signed(), reader.Fixed(), unchecked((uint)reader.Unsigned())), reader.Text(), reader.Text(), reader.Text(), reader.OptionalText());
}

/// <summary>What it costs a member to keep step with the others.</summary>
/// <param name="Windows">Synchronisation windows.</param>
/// <param name="Events">That it ran in them.</param>
/// <param name="Bytes">That it sent to the others.</param>
/// <param name="Waited">For the others, since the first exchange.</param>
/// <param name="Elapsed">Since the first exchange; of several members, the longest.</param>
/// <param name="Spent">The same; of several members, the sum.</param>
internal sealed record SpanCost(long Windows, long Events, long Bytes, TimeSpan Waited, TimeSpan Elapsed, TimeSpan Spent)
{
    public static readonly SpanCost None = new(0, 0, 0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Of an exchange of batches with nothing in them; zero where it was not measured.</summary>
    public TimeSpan RoundTrip { get; init; }

    /// <summary>Memory of the member's process at the end of the run; of several members, the most.</summary>
    public long ResidentBytes { get; init; }

    /// <summary>Part of the members' time that they waited, 0 to 1.</summary>
    public double WaitingShare => Spent == TimeSpan.Zero ? 0 : Waited / Spent;

    /// <summary>Of members that ran the same windows.</summary>
    public static SpanCost Of(IEnumerable<SpanCost> members) => members.Aggregate(None, (sum, next) => Sum(sum, next) with
    {
        Windows = Math.Max(sum.Windows, next.Windows),
        Elapsed = sum.Elapsed > next.Elapsed ? sum.Elapsed : next.Elapsed,
    });

    /// <summary>Of one replication after another.</summary>
    public SpanCost Then(SpanCost next) => Sum(this, next);

    /// <summary><c>one network over 2 members: 1200 windows of 350 events, 18 % of the time waiting, 1.2 MB between members</c></summary>
    public string Text(int members) => string.Create(CultureInfo.InvariantCulture,
        $"one network over {members} {(members == 1 ? "member" : "members")}: {Windows} windows of {Events / Math.Max(1.0, Windows):0} events, {100 * WaitingShare:0} % of the time waiting, {Bytes / 1e6:0.###} MB between members");

    public void Write(MessageWriter writer)
    {
        foreach (var value in (ReadOnlySpan<long>)[Windows, Events, Bytes, Waited.Ticks, Elapsed.Ticks, Spent.Ticks, RoundTrip.Ticks, ResidentBytes])
            writer.Signed(value);
    }

    public static SpanCost Read(MessageReader reader) => new(
        reader.Signed(), reader.Signed(), reader.Signed(), new TimeSpan(reader.Signed()), new TimeSpan(reader.Signed()), new TimeSpan(reader.Signed()))
    {
        RoundTrip = new TimeSpan(reader.Signed()),
        ResidentBytes = reader.Signed(),
    };

    private static SpanCost Sum(SpanCost one, SpanCost other) => new(
        one.Windows + other.Windows, one.Events + other.Events, one.Bytes + other.Bytes,
        one.Waited + other.Waited, one.Elapsed + other.Elapsed, one.Spent + other.Spent)
    {
        RoundTrip = one.RoundTrip > other.RoundTrip ? one.RoundTrip : other.RoundTrip,
        ResidentBytes = Math.Max(one.ResidentBytes, other.ResidentBytes),
    };
}
