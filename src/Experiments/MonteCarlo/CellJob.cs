using System.Text.Json;
using Experiments.Plans;
using Experiments.Results;
using Experiments.Statistics;

namespace Experiments.MonteCarlo;

/// <summary>
/// The simulation of all cells of one key: they have the same replications and differ only in when these are enough.
/// Chunks of replications are handed out and come back in any order; they are folded in the order of their indices, and the
/// stopping rules are tested at whole batches, so the outcome is that of one worker.
/// </summary>
internal sealed class CellJob
{
    private const int LargestChunk = 1024;
    private const int SmallestChunk = 256;
    private readonly IResultStore _store;
    private readonly Goal[] _goals;
    private readonly SortedDictionary<int, ReplicationRecord[]> _waiting = [];
    private readonly List<ReplicationRecord> _unsaved = [];
    private readonly SortedDictionary<int, FailedReplication> _failures = [];
    private int _next;

    public CellJob(int number, IReadOnlyList<CellPlan> cells, ExperimentPlan plan, SchemeLibrary schemes, IResultStore store)
    {
        Number = number;
        Cell = cells[0];
        Metrics = CellMetrics.Of(Cell, schemes);
        _store = store;
        _goals = [.. cells.Select(cell => new Goal(cell))];
        Samples = store.Load(Cell.Key, Metrics.Definitions);
        Stored = _next = Samples.Count;
        foreach (var goal in _goals)
            goal.Replay(Samples);
        if (!IsComplete)
            store.Begin(Cell.Key, Parameters(plan, schemes), Metrics.Definitions);
    }

    public int Number { get; }

    public CellPlan Cell { get; }

    public CellMetrics Metrics { get; }

    public CellSamples Samples { get; }

    /// <summary>Replications that an earlier run had left.</summary>
    public int Stored { get; }

    /// <summary>Workers that are computing a chunk of it.</summary>
    public int Workers { get; set; }

    public bool IsComplete => Array.TrueForAll(_goals, goal => goal.Decision is not null);

    /// <summary>Whether a chunk can be handed out.</summary>
    public bool HasWork => !IsComplete && _next < Most;

    /// <summary>Replications that it will take, as far as is known; null before the first test.</summary>
    public long? Predicted => IsComplete ? Samples.Count : Open.Max(goal => goal.Predicted);

    /// <summary>Replications not yet handed out, as far as is known.</summary>
    public long Remaining => Math.Max(0, (Predicted ?? Most) - _next);

    private IEnumerable<Goal> Open => _goals.Where(goal => goal.Decision is null);

    private int Most => Open.Max(goal => goal.Rule.MaxReplications);

    /// <summary>The next replications to compute: about half of what each of its workers has still to do, up to a whole batch.</summary>
    /// <param name="most">At least 1.</param>
    public (int From, int Count) Take(int most = LargestChunk)
    {
        var rule = Open.First().Rule;
        var share = Math.Clamp(((Predicted ?? 0) - _next) / (2 * (Workers + 1)), 1, LargestChunk);
        var (from, end) = (_next, rule.NextTest(_next + (int)share - 1));
        if (end - from > most)
            end = from + Math.Min(most, Math.Max((int)share, SmallestChunk));
        _next = Math.Min(Most, end);
        return (from, _next - from);
    }

    /// <summary>Takes a computed chunk in; what lies behind the end of the cell is dropped.</summary>
    public void Fold(int from, ReplicationRecord[] records, IReadOnlyList<FailedReplication> failures)
    {
        foreach (var failure in failures)
            _failures.Add(failure.Index, failure);
        _waiting.Add(from, records);
        while (!IsComplete && _waiting.Remove(Samples.Count, out var chunk))
        {
            foreach (var record in chunk)
            {
                Samples.Add(record);
                _unsaved.Add(record);
                Test();
                if (IsComplete)
                    break;
            }
        }

        if (IsComplete)
            Finish(_goals.All(goal => goal.Decision!.State == StopState.PrecisionReached) ? CellState.Finished : CellState.PrecisionNotReached);
    }

    /// <summary>A replication that has come in and counts; null for any other.</summary>
    public ReplicationRecord? Find(int index)
    {
        if (index < Samples.Count)
            return Samples[index];
        foreach (var (from, chunk) in _waiting)
        {
            if (index >= from && index - from < chunk.Length)
                return chunk[index - from];
        }

        return null;
    }

    /// <summary>Writes what was folded; an interruption after it loses nothing of it.</summary>
    public void Save()
    {
        if (_unsaved.Count == 0)
            return;
        _store.Append(Cell.Key, _unsaved);
        _unsaved.Clear();
    }

    /// <summary>Ends a cell whose time is up, at the last whole batch.</summary>
    public void StopByBudget() => Finish(CellState.StoppedByBudget);

    /// <summary>What came out for each of its cells. A cell that was not decided ends at its last whole batch.</summary>
    public IEnumerable<(CellPlan Cell, CellSamples Samples, StopDecision? Decision, IReadOnlyList<FailedReplication> Failures)> Results()
    {
        foreach (var goal in _goals)
        {
            var count = goal.Decision?.Replications ?? goal.LastTest;
            yield return (goal.Cell, Samples.Prefix(count), goal.Decision, [.. _failures.Values.Where(failure => failure.Index < count)]);
        }
    }

    private void Test()
    {
        foreach (var goal in _goals)
        {
            if (goal.Decision is null && Samples.Count == goal.NextTest)
            {
                goal.Test(Samples);
                if (_unsaved.Count >= SmallestChunk)
                    Save();
            }
        }
    }

    private void Finish(CellState state)
    {
        Save();
        _store.Finish(Cell.Key, state);
        _waiting.Clear();
    }

    /// <summary>What decides the cell's results, as a JSON object.</summary>
    private string Parameters(ExperimentPlan plan, SchemeLibrary schemes) => JsonSerializer.Serialize(
        CellKey.Canonical(Cell, plan.Seed, schemes.EngineVersion).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]));

    /// <summary>When one of the cells has enough.</summary>
    private sealed class Goal(CellPlan cell)
    {
        private readonly StatisticName[] _watched = [.. cell.Stop.On.Select(CellStatistics.Watched)];
        private StopDecision? _last;

        public CellPlan Cell => cell;

        public StoppingRule Rule { get; } =
            new(cell.Stop.Precision, cell.Stop.Confidence, cell.Stop.Batch, cell.Stop.MaxReplications);

        public StopDecision? Decision { get; private set; }

        public int LastTest { get; private set; }

        public int NextTest => Rule.NextTest(LastTest);

        public long? Predicted => _last is null ? null : Math.Min(Rule.Needed(_last) ?? long.MaxValue, Rule.MaxReplications);

        /// <summary>As if the stored replications had just been computed.</summary>
        public void Replay(CellSamples samples)
        {
            if (samples.Count < NextTest)
                return;
            Decision = Hopeless(samples, NextTest) ?? samples.FirstStop(Rule, _watched);
            if (Decision is not null)
                return;
            LastTest = samples.Count / Rule.Batch * Rule.Batch;
            _last = Decide(samples, LastTest);
        }

        public void Test(CellSamples samples)
        {
            var first = LastTest == 0;
            LastTest = NextTest;
            _last = Decide(samples, LastTest);
            Decision = first ? Hopeless(samples, LastTest) : null;
            if (_last.State != StopState.Continue)
                Decision ??= _last;
        }

        private StopDecision Decide(CellSamples samples, int replications)
        {
            var prefix = samples.Count == replications ? samples : samples.Prefix(replications);
            return Rule.Decide(replications, [.. _watched.Select(statistic => prefix.Estimate(statistic, Rule.Confidence))]);
        }

        /// <summary>
        /// Where the first batch has no sample of something watched, since it broke off or no handover came so far, more
        /// replications will not tell it either.
        /// </summary>
        private StopDecision? Hopeless(CellSamples samples, int first)
        {
            var batch = samples.Prefix(first);
            var missing = Array.FindIndex(_watched, statistic => batch.CountOf(statistic.Metric) == 0);
            return missing < 0 ? null : new StopDecision(
                StopState.MaximumReached, first, batch.Broken == first ? -1 : missing, double.PositiveInfinity);
        }
    }
}
