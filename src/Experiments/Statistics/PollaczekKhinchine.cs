namespace Experiments.Statistics;

/// <summary>The formula of Pollaczek and Khinchine: one server, arrivals of a Poisson process, any service time (M/G/1), first come first served.</summary>
public static class PollaczekKhinchine
{
    /// <summary>The mean time in the queue, without service; infinite for a server that cannot keep up.</summary>
    /// <param name="rate">Arrivals in a unit of time, at least 0.</param>
    /// <param name="meanService">Of the service time, at least 0.</param>
    /// <param name="secondMoment">Of the service time: the mean of its square.</param>
    public static double MeanWait(double rate, double meanService, double secondMoment)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfNegative(meanService);
        ArgumentOutOfRangeException.ThrowIfLessThan(secondMoment, meanService * meanService);
        var utilisation = rate * meanService;
        return utilisation < 1 ? rate * secondMoment / (2 * (1 - utilisation)) : double.PositiveInfinity;
    }
}
