using System.Runtime.InteropServices;
using Experiments.Plans;
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
    private readonly List<OutcomeCounts?> _outcomes = [];
    private readonly SortedDictionary<int, byte[]> _distributions = [];
    private HandoverHistograms? _histograms;
    private long _handovers;
    private readonly SortedDictionary<string, Series> _outcomeShares = new(StringComparer.Ordinal);
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

    /// <summary>How the handovers of each replication ended; null for one that broke off.</summary>
    public IReadOnlyList<OutcomeCounts?> Outcomes => _outcomes;

    /// <summary>The outcomes of all replications together.</summary>
    public OutcomeCounts AllOutcomes() => OutcomeCounts.Of(_outcomes.OfType<OutcomeCounts>().GroupBy(outcome => outcome)
        .SelectMany(group => group.Key.Items.Select(item => item with { Count = item.Count * group.Count() })));

    /// <summary>The names among them.</summary>
    public IEnumerable<string> OutcomeNames() => AllOutcomes().Items.Select(item => item.Name).Distinct();

    /// <summary>Replications that broke off: nothing was measured.</summary>
    public int Broken => _outcomes.Count(outcome => outcome is null);

    /// <summary>The values of a metric in index order, <see cref="MetricDefinition.Absent"/> included.</summary>
    public ReadOnlySpan<long> Values(int metric) => _series[metric].Values;

    /// <summary>Of the recorded values of a metric, over the replications that have it; 0 where the cell records none.</summary>
    public long SumOf(string metric)
    {
        var sum = 0L;
        foreach (var value in IndexOf(metric) is >= 0 and var index ? Values(index) : [])
            sum += value == MetricDefinition.Absent ? 0 : value;
        return sum;
    }

    public Moments Moments(int metric) => _series[metric].Moments;

    /// <summary>The values that are not absent.</summary>
    public SampleSet Samples(int metric) => _series[metric].Samples;

    public ReplicationRecord this[int index] =>
        new(index, [.. _series.Select(series => series[index])], _digests[index], _outcomes[index], _distributions.GetValueOrDefault(index));

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
        var (definition, series) = Find(statistic.Metric)
            ?? throw new ArgumentException($"The cell does not record '{statistic.Metric}'.", nameof(statistic));
        if (statistic.Share is not { } share)
            return MeanOf(definition, series, confidence);
        return series.Moments.Count == 0 ? new Estimate(double.NaN, null) : series.Samples.QuantileEstimate(share, confidence);
    }

    /// <summary>The definition of a metric that the cell records or derives from what it records; null for any other.</summary>
    public MetricDefinition? Definition(string metric) => Find(metric)?.Definition;

    /// <summary>Samples of a metric that <see cref="Definition"/> knows.</summary>
    public long CountOf(string metric) => Find(metric)?.Series.Moments.Count ?? 0;

    /// <summary>The metrics of <see cref="Metric.HandoverPrefix"/> for which there is a distribution over all handovers.</summary>
    public IEnumerable<string> Distributions() => _distributions.Count == 0
        ? []
        : Metrics.Where(metric => Histograms()[metric.Name] is not null).Select(metric => Metric.HandoverPrefix + metric.Name);

    /// <summary>Everything that a row shows of a metric; null where there is no sample of it.</summary>
    public MetricSummary? Summary(string metric, double confidence)
    {
        if (metric.StartsWith(Metric.HandoverPrefix, StringComparison.Ordinal))
            return SummaryOfHandovers(metric, confidence);
        if (Find(metric) is not (var definition, var series) || series.Moments is not { Count: > 0 } moments)
            return null;

        // Most counts are the same in every replication: no need to sort them.
        double Quantile(double share) =>
            (moments.Minimum == moments.Maximum ? moments.Minimum : series.Samples.Quantile(share)) * definition.Scale;
        var mean = MeanOf(definition, series, confidence);
        return new MetricSummary(
            definition, moments.Count, mean.Value * definition.Scale, mean.Interval?.Scale(definition.Scale),
            moments.Count < 2 ? null : moments.StandardDeviation * definition.Scale,
            moments.Minimum * definition.Scale, Quantile(0.50), Quantile(0.95), Quantile(0.99), moments.Maximum * definition.Scale);
    }

    /// <summary>Over single handovers. The interval is as wide as that of the mean over replications, whose handovers may depend on each other.</summary>
    private MetricSummary? SummaryOfHandovers(string metric, double confidence)
    {
        var name = metric[Metric.HandoverPrefix.Length..];
        if (_distributions.Count == 0 || IndexOf(name) is not (>= 0 and var index) || Histograms()[name] is not { } histogram)
            return null;
        var definition = Metrics[index] with { Name = metric };
        var moments = Statistics.Moments.Of(histogram.Count, histogram.SumTicks, histogram.SumOfSquares, histogram.LeastTicks, histogram.GreatestTicks);
        double Quantile(double share) => histogram.QuantileTicks(share) * definition.Scale;
        return new MetricSummary(
            definition, moments.Count, moments.Mean * definition.Scale,
            MeanOf(Metrics[index], _series[index], confidence).Interval is { HalfWidth: var half }
                ? new Interval(moments.Mean - half, moments.Mean + half).Scale(definition.Scale)
                : null,
            moments.Count < 2 ? null : moments.StandardDeviation * definition.Scale,
            moments.Minimum * definition.Scale, Quantile(0.50), Quantile(0.95), Quantile(0.99), moments.Maximum * definition.Scale);
    }

    private HandoverHistograms Histograms()
    {
        if (_histograms is null)
        {
            _histograms = new HandoverHistograms();
            foreach (var distribution in _distributions.Values)
                _histograms.Add(distribution);
        }

        return _histograms;
    }

    private Estimate MeanOf(MetricDefinition definition, Series series, double confidence) => definition.IsShare
        ? series.Moments.ShareEstimate(definition.Parts, confidence, _handovers)
        : series.Moments.MeanEstimate(confidence);

    private (MetricDefinition Definition, Series Series)? Find(string metric)
    {
        if (IndexOf(metric) is >= 0 and var index)
            return (Metrics[index], _series[index]);
        return metric.StartsWith(Metric.OutcomePrefix, StringComparison.Ordinal)
            ? (MetricDefinition.Share(metric), SharesOf(metric[Metric.OutcomePrefix.Length..]))
            : null;
    }

    /// <summary>The share of an outcome among the handovers of each replication that has any.</summary>
    private Series SharesOf(string outcome)
    {
        if (_outcomeShares.TryGetValue(outcome, out var known))
            return known;
        var series = new Series();
        foreach (var counts in _outcomes)
            series.Add(ShareOf(outcome, counts));
        _outcomeShares.Add(outcome, series);
        return series;
    }

    private static long ShareOf(string outcome, OutcomeCounts? counts) => counts is null or { Handovers: 0 }
        ? MetricDefinition.Absent
        : (long)Math.Round((double)MetricDefinition.ShareParts * counts[outcome] / counts.Handovers);

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
        if (record.Outcomes is { } outcomes)
            digest = RandomStream.Mix(digest ^ outcomes.Hash);
        foreach (var part in record.Distribution ?? [])
            digest = RandomStream.Mix(digest ^ part);
        return digest;
    }

    private void Take(ReplicationRecord record)
    {
        for (var i = 0; i < _series.Length; i++)
            _series[i].Add(record.Metrics[i]);
        _digests.Add(record.Digest);
        _outcomes.Add(record.Outcomes);
        if (record.Distribution is { } distribution)
        {
            _distributions.Add(record.Index, distribution);
            _histograms?.Add(distribution);
        }

        _handovers += record.Outcomes?.Handovers ?? 0;
        foreach (var (outcome, series) in _outcomeShares)
            series.Add(ShareOf(outcome, record.Outcomes));
        Digest = Fold(Digest, record);
    }

    /// <summary>The values of one metric; they are kept only from the first that differs from those before it.</summary>
    private sealed class Series
    {
        private List<long>? _values;
        private SampleSet? _samples;
        private long _constant;
        private int _count;

        public Moments Moments { get; } = new();

        public long this[int index] => _values is null ? _constant : _values[index];

        public ReadOnlySpan<long> Values
        {
            get
            {
                if (_values is not null)
                    return CollectionsMarshal.AsSpan(_values);
                var values = new long[_count];
                Array.Fill(values, _constant);
                return values;
            }
        }

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
            if (_count == 0)
                _constant = value;
            if (_values is null && value != _constant)
                _values = [.. Values];
            _values?.Add(value);
            _count++;
            if (value == MetricDefinition.Absent)
                return;
            Moments.Add(value);
            _samples?.Add(value);
        }
    }
}

/// <summary>A metric of a cell, in the metric's unit.</summary>
/// <param name="N">Replications that have it; of a distribution over handovers, handovers.</param>
/// <param name="Interval">Of the mean.</param>
public sealed record MetricSummary(
    MetricDefinition Definition, long N, double Mean, Interval? Interval, double? StandardDeviation,
    double Minimum, double P50, double P95, double P99, double Maximum);
