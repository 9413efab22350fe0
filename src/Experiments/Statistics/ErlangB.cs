namespace Experiments.Statistics;

/// <summary>Erlang's loss formula: arrivals of a Poisson process find all places taken (M/G/N/N).</summary>
public static class ErlangB
{
    /// <summary>The share of arrivals that are turned away.</summary>
    /// <param name="places">At least 0.</param>
    /// <param name="load">Arrival rate times mean holding time, at least 0. Of the holding time nothing else matters.</param>
    public static double Blocking(int places, double load)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(places);
        ArgumentOutOfRangeException.ThrowIfNegative(load);
        var blocking = 1.0;
        for (var taken = 1; taken <= places; taken++)
            blocking = load * blocking / (taken + load * blocking);
        return blocking;
    }
}
