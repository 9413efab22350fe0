using Actors.Mobility;
using Experiments.Plans;
using Experiments.Results;
using Experiments.Statistics;
using Topology.Randomness;

namespace Experiments.MonteCarlo;

/// <summary>
/// The closed forms of a cell's scheme under the cell's parameters. The simulation never reads them; they stand beside it in
/// results, and only where they speak of the same network.
/// </summary>
internal sealed class ClosedForm
{
    private readonly DelayModel _model;
    private readonly DelayParameters _parameters;
    private readonly DelayDistribution? _anticipation;

    /// <summary>Whether every move costs the same t_L2, MD and DAD: only then are the forms with these symbols a law.</summary>
    private readonly bool _movesAlike;

    private ClosedForm(DelayModel model, DelayParameters parameters, DelayDistribution? anticipation, bool movesAlike)
    {
        _model = model;
        _parameters = parameters;
        _anticipation = anticipation;
        _movesAlike = movesAlike;
    }

    /// <summary>Null where the cell's network is not the one that the forms describe.</summary>
    public static ClosedForm? Of(CellPlan cell, SchemeLibrary schemes)
    {
        if (Obstacle(cell) is not null)
            return null;
        var (delays, crypto) = (cell.Delays, cell.Crypto);
        return new ClosedForm(
            schemes[cell.Scheme.Name].Delays(schemes.OptionsOf(cell.Scheme)),
            new DelayParameters(
                delays.Wireless.Minimum, delays.IntraDomain.Minimum, delays.InterDomain.Minimum, delays.HomeCorrespondent.Minimum,
                delays.RouterCorrespondent.Minimum, delays.Processing, crypto.Sign, crypto.Verify, crypto.Rsa, delays.Home)
            .With(crypto.Costs()) with
            {
                Forwarding = delays.Forwarding ?? delays.Processing,
                LinkSwitch = delays.LinkSwitch.Minimum,
                MovementDetection = delays.MovementDetection.Minimum,
                DuplicateAddressDetection = delays.DuplicateAddressDetection.Minimum,
            },
            delays.Anticipation,
            delays.LinkSwitch.IsConstant && delays.MovementDetection.IsConstant && delays.DuplicateAddressDetection.IsConstant);
    }

    /// <summary>What the forms know nothing of; null when there is nothing.</summary>
    public static string? Obstacle(CellPlan cell)
    {
        if (cell.Topology.Generated is not null)
            return "the network is generated";
        foreach (var link in cell.Topology.Links)
        {
            if (link.Delay is not null || link.Loss > 0 || link.BandwidthBitsPerSecond is not null || link.Jitter is not null
                || link.Outages.Count > 0 || link.Impairments.HasEffect)
                return $"link {link.Name} is changed";
        }

        if (cell.Topology.Template == Topology.Generation.HomePlusTwoTopology.Name)
            return $"the topology is {cell.Topology.Template}";
        if (cell.Waypoints is not null)
            return "mobile nodes hand over more than once";
        if (cell.Buffer is { Packets: not null } or { IsByThePaper: true })
            return "routers do not hold back all that comes";
        if (cell.Topology.Impairments is { HasEffect: true })
            return "every link is impaired";
        if (cell.Mobiles is not null)
            return "mobiles hand over at the same time";
        if (cell.Topology.Nodes.FirstOrDefault(node =>
            node.Processing is not null || node.Cores is not null || node.Restarts.Count > 0 || node.Refusal is not null) is { } node)
            return $"node {node.Name} is changed";
        var delays = cell.Delays;
        (string Name, bool Constant)[] fixedDelays =
        [
            ("wireless", delays.Wireless.IsConstant), ("intra-domain", delays.IntraDomain.IsConstant),
            ("inter-domain", delays.InterDomain.IsConstant), ("home-correspondent", delays.HomeCorrespondent.IsConstant),
            ("router-correspondent", delays.RouterCorrespondent.IsConstant),
        ];
        return Array.Find(fixedDelays, delay => !delay.Constant).Name is { } random ? $"delays.{random} is random" : null;
    }

    /// <summary>
    /// Rows of the metrics that have a form, in the order of <paramref name="metrics"/>. Where links fail early, the delays are
    /// those of the handovers that were lucky, of which the forms know nothing; the share of these has a form instead.
    /// </summary>
    public IEnumerable<ResultRow> Rows(
        string study, string scheme, IReadOnlyList<SweptParameter> swept, IReadOnlyList<MetricDefinition> metrics)
    {
        if (_anticipation is not null)
        {
            yield return new ResultRow(
                study, ResultRow.Analytic, scheme, swept, Metric.PredictiveShare, "1", 0, PredictiveShare(_anticipation),
                null, null, null, null, null, null, null);
            yield break;
        }

        foreach (var metric in metrics)
        {
            if (FormOf(metric.Name) is not { } form)
                continue;
            var law = form.Under(_parameters);
            yield return new ResultRow(
                study, ResultRow.Analytic, scheme, swept, metric.Name, metric.Unit, 0, law.MeanMs, null, law.StandardDeviationMs,
                law.QuantileMs(0), law.QuantileMs(0.5), law.QuantileMs(0.95), law.QuantileMs(0.99), law.QuantileMs(1));
        }
    }

    private DelayForm? FormOf(string metric) => metric == Metric.Interruption
        ? _movesAlike ? _model.Interruption : null
        : _model.Forms.GetValueOrDefault(metric);

    /// <summary>P(T_ant above T_need).</summary>
    private double PredictiveShare(DelayDistribution anticipation) =>
        _model.Anticipation?.Under(_parameters).Expectation(need => 1 - anticipation.Cumulative(need)) ?? 0;

    /// <summary>The simulated totals (ticks) against the law of the form; null without samples.</summary>
    public KolmogorovSmirnov? Fit(SampleSet totals)
    {
        if (totals.Count == 0 || _anticipation is not null)
            return null;
        var form = _model.Total;
        var law = form.Under(_parameters);

        // The simulation rounds c to half a tick, and the total takes that as often as it takes c.
        var mean = (long)(_parameters.Home.MeanMs * TimeSpan.TicksPerMillisecond);
        var slope = Math.Max(Slope(0), Slope(mean));
        return KolmogorovSmirnov.Test(totals, ticks => law.Cumulative(ticks / TimeSpan.TicksPerMillisecond), 0.5 * Math.Max(1, slope));

        long Slope(long home) => form.Ticks(_parameters, home + 1) - form.Ticks(_parameters, home);
    }
}
