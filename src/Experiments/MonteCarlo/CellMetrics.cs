using Actors;
using Actors.Mobility;
using Experiments.Results;
using Topology.Plans;

namespace Experiments.MonteCarlo;

/// <summary>What each replication of a scheme records: total, the scheme's phases, packets and bytes over all links.</summary>
internal sealed class CellMetrics
{
    private static readonly LinkClass[] Links = Enum.GetValues<LinkClass>();
    private readonly int[] _phases;

    public CellMetrics(IHandoverScheme scheme)
    {
        var phases = scheme.Phases.Select((phase, index) => (phase.Name, Index: index)).Where(phase => phase.Name != "total").ToArray();
        _phases = [.. phases.Select(phase => phase.Index)];
        Definitions =
        [
            new MetricDefinition("total", "ms"),
            .. phases.Select(phase => new MetricDefinition(phase.Name, "ms")),
            new MetricDefinition("signalling.messages", "count"),
            new MetricDefinition("signalling.bytes", "bytes"),
        ];
    }

    public IReadOnlyList<MetricDefinition> Definitions { get; }

    private int Messages => Definitions.Count - 2;

    /// <summary>The record of a run whose one handover came to its end.</summary>
    public ReplicationRecord Of(int index, RunRecord run)
    {
        var handover = run.Handovers[0];
        var values = new long[Definitions.Count];
        values[0] = Ticks(handover.TotalTicks);
        for (var i = 0; i < _phases.Length; i++)
            values[i + 1] = Ticks(handover.PhaseTicks[_phases[i]]);
        foreach (var link in Links)
        {
            values[Messages] += run.Signalling.Messages(link);
            values[Messages + 1] += run.Signalling.Bytes(link);
        }

        return new ReplicationRecord(index, values, run.Digest);
    }

    /// <summary>The record of a failed replication: nothing was measured.</summary>
    public ReplicationRecord OfFailed(int index, ulong digest)
    {
        var values = new long[Definitions.Count];
        Array.Fill(values, MetricDefinition.Absent);
        return new ReplicationRecord(index, values, digest);
    }

    /// <summary>How many of the first <paramref name="count"/> replications failed: every completed one counts its packets.</summary>
    public int Failed(CellSamples samples, int count) => samples.Values(Messages)[..count].Count(MetricDefinition.Absent);

    private static long Ticks(long ticks) => ticks < 0 ? MetricDefinition.Absent : ticks;
}
