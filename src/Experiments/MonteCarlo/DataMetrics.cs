using Actors.Network;
using Experiments.Results;

namespace Experiments.MonteCarlo;

/// <summary>
/// What a replication records of its streams of data, in the order of <see cref="Plans.Metric.OfData"/>: counts of packets, and delays and
/// jitter over the packets received.
/// </summary>
internal static class DataMetrics
{
    public static IEnumerable<long> Of(DataMeasurement streams)
    {
        var (counts, delays, jitters) = (streams.Counters, Both(streams.Delay), Both(streams.Jitter));
        var directions = Enum.GetValues<DataDirection>();
        return
        [
            counts[DataEvent.Sent],
            counts[DataEvent.Received],
            counts.Lost,
            .. directions.Select(direction => counts[DataEvent.Sent, direction] == 0 ? MetricDefinition.Absent : counts[DataEvent.Sent, direction] - counts[DataEvent.Received, direction]),
            counts[DataEvent.Buffered],
            counts[DataEvent.Overflowed],
            counts[DataEvent.Forwarded],
            counts[DataEvent.Reordered],
            counts[DataEvent.Duplicated],
            Mean(delays),
            .. directions.Select(direction => Mean(streams.Delay(direction))),
            Found(delays, delays.LeastTicks),
            Found(delays, delays.QuantileTicks(0.5)),
            Found(delays, delays.QuantileTicks(0.99)),
            Found(delays, delays.GreatestTicks),
            Mean(jitters),
            .. directions.Select(direction => Mean(streams.Jitter(direction))),
            Found(jitters, jitters.QuantileTicks(0.99)),
            Found(jitters, jitters.GreatestTicks),
        ];
    }

    private static TickHistogram Both(Func<DataDirection, TickHistogram> of)
    {
        var both = new TickHistogram();
        foreach (var direction in Enum.GetValues<DataDirection>())
            both.Add(of(direction));
        return both;
    }

    private static long Mean(TickHistogram histogram) => Found(histogram, histogram.MeanTicks);

    /// <summary>Nothing can be said of packets that have not come.</summary>
    private static long Found(TickHistogram histogram, long ticks) => histogram.Count == 0 ? MetricDefinition.Absent : ticks;
}
