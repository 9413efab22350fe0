namespace Experiments.Calibration;

/// <summary>Time of one computation on a machine, in microseconds; the quartiles say how much its rounds differ.</summary>
public sealed record OperationTiming(double MedianUs, double LowerQuartileUs, double UpperQuartileUs)
{
    /// <summary>Of the rounds' times; a quantile is the element of nearest rank.</summary>
    /// <param name="roundsUs">Microseconds per execution, one entry per round, at least one.</param>
    public static OperationTiming Of(IReadOnlyCollection<double> roundsUs)
    {
        double[] sorted = [.. roundsUs.Order()];
        return new OperationTiming(Quantile(0.5), Quantile(0.25), Quantile(0.75));

        double Quantile(double share) => Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)], 3);
    }
}
