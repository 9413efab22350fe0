namespace Experiments.Plans;

/// <summary>Everything a file asks for, resolved. Its cells, study by study, are the plan order of every result.</summary>
/// <param name="Seed">The master seed, any unsigned 64-bit number.</param>
/// <param name="Warnings">One line each; they stop nothing.</param>
/// <param name="Budget">Wall time after which the run stops at a whole batch; null for none.</param>
/// <param name="Resolved">
/// The text of <c>experiment.resolved.conf</c>: the file after defaults, <c>like</c>, includes, substitutions and options.
/// Reading it back yields this plan.
/// </param>
public sealed record ExperimentPlan(
    string Name,
    ulong Seed,
    ValueList<StudyPlan> Studies,
    ValueList<string> Warnings,
    TimeSpan? Budget,
    string Resolved)
{
    /// <summary>Threads that share a replication, where the file says so; it decides no result.</summary>
    public int? Partitions { get; init; }

    public IEnumerable<CellPlan> Cells => Studies.SelectMany(study => study.Cells);
}

/// <summary>How a cell's numbers come about.</summary>
public enum Engine
{
    /// <summary>From the scheme's closed form.</summary>
    Analytic,

    /// <summary>From simulated handovers.</summary>
    Simulation,
}

public static class EngineNames
{
    /// <summary>As files and results write it.</summary>
    public static string Text(this Engine engine) => engine == Engine.Analytic ? "analytic" : "simulation";
}

/// <summary>One study: schemes compared over swept values.</summary>
/// <param name="Schemes">Labels in file order; cells, plots and expectations name a scheme by its label.</param>
/// <param name="Swept">Swept names in file order, inherited ones first, with all their values, whatever <c>--only</c> leaves.</param>
/// <param name="Cells">
/// What <c>--only</c> leaves, ordered by swept values (the first name varies slowest), then engine, then scheme.
/// </param>
/// <param name="Baseline">Label of the scheme the others are compared with; null for no comparison.</param>
/// <param name="RecordHandovers">Whether a row per handover is kept.</param>
public sealed record StudyPlan(
    string Name,
    ValueList<Engine> Engines,
    ValueList<string> Schemes,
    ValueList<SweptName> Swept,
    ValueList<CellPlan> Cells,
    string? Baseline,
    ValueList<PlotPlan> Plots,
    ValueList<Expectations.Expectation> Expectations,
    bool RecordHandovers)
{
    /// <summary>
    /// Swept names whose combinations are readings: expectations are judged in each of them by itself, and counted. Empty where
    /// an expectation speaks of the whole study.
    /// </summary>
    public ValueList<string> Readings { get; init; } = [];

    /// <summary>Figures of single packets.</summary>
    public ValueList<PacketPlotPlan> PacketPlots { get; init; } = [];

    /// <summary>Figures of the simulation's own speed.</summary>
    public ValueList<SpeedPlotPlan> SpeedPlots { get; init; } = [];

    /// <summary>Whether it draws figures of any kind.</summary>
    public bool DrawsPlots => Plots.Count + PacketPlots.Count + SpeedPlots.Count > 0;

    /// <summary>Whether the speed of the simulation is measured and written down, beside the results.</summary>
    public bool RecordSpeed { get; init; }

    /// <summary>Whether every packet of replication 0 of each simulated cell is written down.</summary>
    public bool RecordPackets { get; init; }

    /// <summary>
    /// Share of the mobile nodes whose handovers in the first replication of each scheme are written down step by step: 1 for all
    /// of them and everything else that happens, 0 for none.
    /// </summary>
    public double TracedShare { get; init; }

    /// <summary>Whether the packets of the first replication of each scheme are written as captures.</summary>
    public bool RecordCaptures { get; init; }
}

/// <summary>A swept name and its values, all of one dimension.</summary>
public sealed record SweptName(string Name, ValueList<Quantity> Values)
{
    /// <summary>Column name in tables: <c>H_ms</c>.</summary>
    public string Column => Name + Units.ColumnSuffix(Values[0].Dimension);
}

/// <summary>The value of a swept name in one cell.</summary>
public sealed record SweptValue(string Name, Quantity Value)
{
    public override string ToString() => $"{Name} = {Value}";
}

/// <summary>One figure.</summary>
/// <param name="Name">File name without extension; unique in the experiment.</param>
/// <param name="X">A swept name.</param>
/// <param name="By">One curve per <c>scheme</c>, per <c>engine</c>, or per value of a swept name.</param>
/// <param name="Band">Whether the confidence interval is drawn.</param>
/// <param name="Overlay">Whether the closed form is drawn over the simulated points.</param>
public sealed record PlotPlan(string Name, string X, MetricStatistic Y, string By, bool Band, bool Overlay)
{
    public const string Curve = "curve";
    public const string PacketDelay = "packet-delay";
    public const string Ecdf = "ecdf";
    public const string Speed = "speed";

    /// <summary>Means over a swept name, the delay of each packet over the time it was sent at, the distribution of what packets have, the speed of the simulation itself.</summary>
    public static readonly ValueList<string> Kinds = [Curve, PacketDelay, Ecdf, Speed];
}

/// <summary>One figure of how fast replication 0 of each cell runs on this machine.</summary>
/// <param name="X">A swept name; a curve for each combination of the others.</param>
/// <param name="Of">One of <see cref="Quantities"/>.</param>
public sealed record SpeedPlotPlan(string Name, string X, string Of)
{
    public const string EventsPerSecond = "events-per-second";
    public const string SpeedUp = "speed-up";
    public const string PeakMemory = "peak-memory";
    public const string SetUp = "set-up";
    public const string EventsPerWindow = "events-per-window";

    public static readonly ValueList<string> Quantities = [EventsPerSecond, SpeedUp, PeakMemory, SetUp, EventsPerWindow];
}

/// <summary>One figure of the packets of replication 0: a curve for each simulated cell.</summary>
/// <param name="Name">File name without extension; unique in the experiment.</param>
/// <param name="Kind"><see cref="PlotPlan.PacketDelay"/> or <see cref="PlotPlan.Ecdf"/>.</param>
/// <param name="Of">What an ECDF is of: packet.delay or packet.jitter.</param>
/// <param name="Scheme">Label of the only scheme shown; null for all.</param>
/// <param name="From">Packets sent earlier are left out.</param>
/// <param name="Until">Packets sent then or later are left out; null for the end.</param>
public sealed record PacketPlotPlan(string Name, string Kind, string Of, string? Scheme, TimeSpan From, TimeSpan? Until)
{
    /// <summary>Whether a packet sent at this instant, from the start of the run, is shown.</summary>
    public bool Shows(TimeSpan sent) => sent >= From && !(sent >= Until);
}
