using System.Runtime.InteropServices;
using Experiments.Statistics;
using Topology.Randomness;

namespace Experiments.Results;

/// <summary>
/// The replications of one cell. They may arrive in any order; those after a gap wait, unseen, until it is filled, so every
/// number is a function of a prefix of the indices and never of the order of arrival. Not safe for concurrent use.
/// </summary>
public sealed class CellSamples(IReadOnlyList<MetricDefinition> metrics)
{
    /// <summary>The digest of a cell without replications.</summary>
    public const ulong EmptyDigest = 0xCBF29CE484222325;

    private readonly Series[] _series = [.. metrics.Select(_ => new Series())];
    private readonly List<ulong> _digests = [];
    private readonly SortedDictionary<int, ReplicationRecord> _waiting = [];

    public IReadOnlyList<MetricDefinition> Metrics { get; } = metrics;

    /// <summary>Length of the gapless prefix.</summary>
    public int Count => _digests.Count;

    /// <summary>Over index, metrics and digest of every replication of the prefix.</summary>
    public ulong Digest { get; private set; } = EmptyDigest;

    /// <exception cref="ArgumentException">The index is taken, or the number of metrics is not the cell's.</exception>
    public void Add(ReplicationRecord record)
    {
        if (record.Metrics.Length != _series.Length)
            throw new ArgumentException($"Replication {record.Index} has {record.Metrics.Length} metrics, the cell {_series.Length}.", nameof(record));
        if (record.Index < Count || !_waiting.TryAdd(record.Index, record))
            throw new ArgumentException($"Replication {record.Index} was already recorded.", nameof(record));
        while (_waiting.Remove(Count, out var next))
            Take(next);
    }

    /// <summary>The values of a metric in index order, <see cref="MetricDefinition.Absent"/> included.</summary>
    public ReadOnlySpan<long> Values(int metric) => CollectionsMarshal.AsSpan(_series[metric].Values);

    public Moments Moments(int metric) => _series[metric].Moments;

    /// <summary>The values that are not absent.</summary>
    public SampleSet Samples(int metric) => _series[metric].Samples;

    public ReplicationRecord this[int index] =>
        new(index, [.. _series.Select(series => series.Values[index])], _digests[index]);

    /// <summary>Index of the metric of that name; -1 when the cell records none.</summary>
    public int IndexOf(string metric)
    {
        for (var i = 0; i < Metrics.Count; i++)
        {
            if (Metrics[i].Name == metric)
                return i;
        }

        return -1;
    }

    /// <summary>The cell as it was after its first <paramref name="count"/> replications.</summary>
    public CellSamples Prefix(int count)
    {
        if (count == Count && _waiting.Count == 0)
            return this;
        var prefix = new CellSamples(Metrics);
        for (var i = 0; i < count; i++)
            prefix.Take(this[i]);
        return prefix;
    }

    /// <summary>
    /// Mean or quantile in the metric's recorded unit with its interval; NaN without samples.
    /// </summary>
    /// <exception cref="ArgumentException">The cell does not record the metric.</exception>
    public Estimate Estimate(StatisticName statistic, double confidence)
    {
        var metric = IndexOf(statistic.Metric);
        if (metric < 0)
            throw new ArgumentException($"The cell does not record '{statistic.Metric}'.", nameof(statistic));
        if (statistic.Share is not { } share)
            return Moments(metric).MeanEstimate(confidence);
        return Samples(metric).Count == 0 ? new Estimate(double.NaN, null) : Samples(metric).QuantileEstimate(share, confidence);
    }

    /// <summary>
    /// Where a rule first stops on this prefix, as if the replications had just been run: a cell continued from the store
    /// ends where a fresh one would. Null while the rule wants more than there is.
    /// </summary>
    public StopDecision? FirstStop(StoppingRule rule, IReadOnlyList<StatisticName> watched)
    {
        var replay = new CellSamples(Metrics);
        for (var test = rule.NextTest(0); test <= Count; test = rule.NextTest(test))
        {
            for (var i = replay.Count; i < test; i++)
                replay.Take(this[i]);
            var decision = rule.Decide(test, [.. watched.Select(statistic => replay.Estimate(statistic, rule.Confidence))]);
            if (decision.State != StopState.Continue)
                return decision;
        }

        return null;
    }

    /// <summary>The digest after one more replication.</summary>
    public static ulong Fold(ulong digest, ReplicationRecord record)
    {
        digest = RandomStream.Mix(digest ^ (ulong)record.Index);
        digest = RandomStream.Mix(digest ^ record.Digest);
        foreach (var value in record.Metrics)
            digest = RandomStream.Mix(digest ^ (ulong)value);
        return digest;
    }

    private void Take(ReplicationRecord record)
    {
        for (var i = 0; i < _series.Length; i++)
            _series[i].Add(record.Metrics[i]);
        _digests.Add(record.Digest);
        Digest = Fold(Digest, record);
    }

    private sealed class Series
    {
        private SampleSet? _samples;

        public List<long> Values { get; } = [];

        public Moments Moments { get; } = new();

        /// <summary>Made when first asked for: most metrics of most cells are only asked for once, at the end.</summary>
        public SampleSet Samples
        {
            get
            {
                if (_samples is null)
                {
                    _samples = new SampleSet();
                    foreach (var value in Values)
                    {
                        if (value != MetricDefinition.Absent)
                            _samples.Add(value);
                    }
                }

                return _samples;
            }
        }

        public void Add(long value)
        {
            Values.Add(value);
            if (value == MetricDefinition.Absent)
                return;
            Moments.Add(value);
            _samples?.Add(value);
        }
    }
}
