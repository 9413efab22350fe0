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

    private ClosedForm(DelayModel model, DelayParameters parameters, DelayDistribution? anticipation)
    {
        _model = model;
        _parameters = parameters;
        _anticipation = anticipation;
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
            {
                Forwarding = delays.Forwarding ?? delays.Processing,
            },
            delays.Anticipation);
    }

    /// <summary>What the forms know nothing of; null when there is nothing.</summary>
    public static string? Obstacle(CellPlan cell)
    {
        foreach (var link in cell.Topology.Links)
        {
            if (link.Delay is not null || link.Loss > 0 || link.BandwidthBitsPerSecond is not null || link.Jitter is not null || link.Outages.Count > 0)
                return $"link {link.Name} is changed";
        }

        if (cell.Mobiles is not null)
            return "mobiles hand over at the same time";
        if (cell.Topology.Nodes.FirstOrDefault(node => node.Processing is not null || node.Cores is not null) is { } node)
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
            if (!_model.Forms.TryGetValue(metric.Name, out var form))
                continue;
            var law = form.Under(_parameters);
            yield return new ResultRow(
                study, ResultRow.Analytic, scheme, swept, metric.Name, metric.Unit, 0, law.MeanMs, null, law.StandardDeviationMs,
                law.QuantileMs(0), law.QuantileMs(0.5), law.QuantileMs(0.95), law.QuantileMs(0.99), law.QuantileMs(1));
        }
    }

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
