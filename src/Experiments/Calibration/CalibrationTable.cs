using Actors.Security;
using Actors.Security.Profiles;
using Experiments.Plans;

namespace Experiments.Calibration;

/// <summary>
/// What computations cost on a machine, once measured and fixed from then on: virtual time is charged from such a table, never
/// from a live timing.
/// </summary>
/// <param name="Provider">Libraries that did the computations, with versions.</param>
/// <param name="Processor">Model, as the operating system names it.</param>
/// <param name="Rounds">Of each computation.</param>
/// <param name="Operations">One timing for each of <see cref="OperationNames"/>.</param>
public sealed record CalibrationTable(
    string Provider,
    string Processor,
    string OperatingSystem,
    string DotNet,
    int Rounds,
    IReadOnlyDictionary<string, OperationTiming> Operations)
{
    /// <summary>The computations of a table: whatever a node of any profile may be charged for.</summary>
    public static IReadOnlyList<string> OperationNames { get; } =
        [.. CryptoProfile.All.SelectMany(profile => CryptoCosts.Measured(profile).Values).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What cells are charged from: medians, to the tick of 100 ns and never less than one.</summary>
    /// <param name="source">Where the table comes from.</param>
    public CostTable Medians(string source) => new(
        source,
        Provider,
        Processor,
        Operations.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new ComputationTime(entry.Key, TimeSpan.FromTicks(Math.Max(1, (long)Math.Round(entry.Value.MedianUs * TimeSpan.TicksPerMicrosecond)))))
            .ToValueList());
}
