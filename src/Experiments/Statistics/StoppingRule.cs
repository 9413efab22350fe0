using System.Globalization;

namespace Experiments.Statistics;

/// <summary>Whether a cell goes on after a test of its <see cref="StoppingRule"/>.</summary>
public enum StopState
{
    Continue,
    PrecisionReached,
    MaximumReached,
}

/// <param name="Replications">The prefix tested.</param>
/// <param name="Worst">Index of the watched statistic furthest from the precision; -1 when none is watched.</param>
/// <param name="RelativeHalfWidth">Its half width over its absolute value.</param>
public sealed record StopDecision(StopState State, int Replications, int Worst, double RelativeHalfWidth);

/// <summary>
/// Relative precision of confidence intervals, tested on whole batches in index order, so that the outcome does not depend
/// on who computed which replication when.
/// </summary>
/// <param name="Precision">Greatest half width over absolute value, as a share (0.01 is 1 %); infinite where only the number of replications counts.</param>
/// <param name="Confidence">Of the intervals, between 0 and 1.</param>
/// <param name="Batch">Replications between two tests.</param>
/// <param name="MaxReplications">Below <paramref name="Batch"/> it shortens the batch.</param>
public sealed record StoppingRule(double Precision, double Confidence, int Batch, int MaxReplications)
{
    /// <summary>The prefix at which to test next, given <paramref name="done"/> replications; never above the maximum.</summary>
    public int NextTest(int done) => (int)Math.Min(MaxReplications, ((long)done / Batch + 1) * Batch);

    /// <summary>
    /// Tests the statistics of the first <paramref name="replications"/>. A statistic without any spread is believed only
    /// after two batches, since one batch may miss a rare event.
    /// </summary>
    public StopDecision Decide(int replications, IReadOnlyList<Estimate> watched)
    {
        int worst = -1;
        var relative = 0.0;
        for (var i = 0; i < watched.Count; i++)
        {
            if (worst >= 0 && watched[i].RelativeHalfWidth <= relative)
                continue;
            worst = i;
            relative = watched[i].RelativeHalfWidth;
        }

        var believed = relative > 0 || replications >= 2L * Batch || replications >= MaxReplications;
        var state = worst >= 0 && relative <= Precision && believed ? StopState.PrecisionReached
            : replications >= MaxReplications ? StopState.MaximumReached
            : StopState.Continue;
        return new StopDecision(state, replications, worst, relative);
    }

    /// <summary>Replications that the precision would take, since half widths shrink with the root of their number; none if unknowable.</summary>
    public long? Needed(StopDecision decision)
    {
        var needed = decision.Replications * Math.Pow(decision.RelativeHalfWidth / Precision, 2);
        return needed < 1e15 ? (long)Math.Ceiling(RoundUp(needed)) : null;
    }

    /// <summary>The one line of a cell that met its maximum first.</summary>
    public string NotReached(string where, string statistic, StopDecision decision)
    {
        var got = double.IsFinite(decision.RelativeHalfWidth)
            ? string.Create(CultureInfo.InvariantCulture, $"{statistic} +-{decision.RelativeHalfWidth * 100:0.##} %")
            : $"{statistic} has no relative interval";
        if (double.IsPositiveInfinity(Precision))
            return string.Create(CultureInfo.InvariantCulture, $"{where}: HO4001 {statistic} has no value after {decision.Replications} replications. Exit 3.");
        var needed = Needed(decision) is { } count
            ? string.Create(CultureInfo.InvariantCulture, $" (about {count} needed)")
            : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{where}: HO4001 precision {Precision * 100:0.####} % not reached: {got} after {decision.Replications} replications{needed}. Exit 3.");
    }

    /// <summary>To three significant digits: the estimate carries no more.</summary>
    private static double RoundUp(double value)
    {
        if (value < 1000)
            return value;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 2);
        return Math.Ceiling(Math.Round(value / unit, 6)) * unit;
    }
}
