namespace Experiments.Results;

/// <summary>How far a stored cell came.</summary>
public enum CellState
{
    /// <summary>Being computed, or left off by an interruption.</summary>
    Running,

    Finished,

    /// <summary>The only state that depends on the clock: the time budget ended at a whole batch.</summary>
    StoppedByBudget,

    PrecisionNotReached,
}

/// <summary>A cell as the store knows it.</summary>
/// <param name="Parameters">JSON object.</param>
/// <param name="Digest">See <see cref="CellSamples.Digest"/>.</param>
public sealed record StoredCell(
    string Key, string Parameters, IReadOnlyList<MetricDefinition> Metrics, CellState State, int Replications, ulong Digest)
{
    internal static string Text(CellState state) => state switch
    {
        CellState.Running => "running",
        CellState.Finished => "finished",
        CellState.StoppedByBudget => "stopped=budget",
        _ => "precision-not-reached",
    };

    internal static CellState StateOf(string text) => text switch
    {
        "running" => CellState.Running,
        "finished" => CellState.Finished,
        "stopped=budget" => CellState.StoppedByBudget,
        "precision-not-reached" => CellState.PrecisionNotReached,
        _ => throw new FormatException($"unknown state '{text}'"),
    };
}
