using Actors.Kernel;
using Actors.Network;
using CsCheck;
using Topology.Plans;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Network;

/// <summary>What a receiver measures.</summary>
public class MeasurementTests
{
    private static readonly NodeId Mn = Paper.Find("mn")!.Value;

    [Fact]
    public void Jitter_is_that_of_RFC_3550_in_whole_ticks()
    {
        // The code of appendix A.8, with doubles for the estimate: never more than a tick away.
        var delays = new[] { 40.0, 40, 99, 89, 79, 69, 40, 40, 41.5, 40, 12 };
        var (reception, measurement) = (new DataReception(), new DataMeasurement(recordsPackets: true));
        var expected = 0.0;
        for (var i = 0; i < delays.Length; i++)
        {
            var data = new DataPacket(Mn, i, SimTime.Zero + Ms(10 * i), 160);
            measurement.Sent(data);
            reception.Take(data, data.SentAt + Ms(delays[i]), measurement);
            expected += i == 0 ? 0 : (Math.Abs(Ms(delays[i]).Ticks - Ms(delays[i - 1]).Ticks) - expected) / 16;
            Assert.InRange(measurement.Packets[i].Arrival!.Value.JitterTicks, expected - 1, expected + 1);
        }
    }

    [Fact]
    public void Histogram_keeps_mean_and_extremes_exactly_and_quantiles_to_a_64th() =>
        Gen.Long[0, 1L << 45].Array[1, 200].Sample(values =>
        {
            var (whole, left, right) = (new TickHistogram(), new TickHistogram(), new TickHistogram());
            for (var i = 0; i < values.Length; i++)
            {
                whole.Add(values[i]);
                (i % 3 == 0 ? left : right).Add(values[i]);
            }

            right.Add(left);
            var sorted = values.Order().ToArray();
            foreach (var histogram in new[] { whole, right })
            {
                Assert.Equal((values.Length, values.Sum(), sorted[0], sorted[^1]), (histogram.Count, histogram.SumTicks, histogram.LeastTicks, histogram.GreatestTicks));
                foreach (var share in new[] { 0.01, 0.5, 0.99, 1 })
                {
                    var exact = sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
                    Assert.InRange(histogram.QuantileTicks(share), exact, exact + exact / 64);
                }
            }
        });

    [Fact]
    public void Histogram_that_is_written_and_read_again_is_the_same() =>
        Gen.Select(Gen.Long[0, 1L << 45].Array[0, 200], Gen.Long[0, 5_000_000].Array[0, 200]).Sample((left, right) =>
        {
            var (whole, read) = (new TickHistogram(256), new TickHistogram(256));
            using var bytes = new MemoryStream();
            foreach (var values in new[] { left, right })
            {
                var part = new TickHistogram(256);
                foreach (var value in values)
                {
                    whole.Add(value);
                    part.Add(value);
                }

                part.Write(new BinaryWriter(bytes));
            }

            bytes.Position = 0;
            var reader = new BinaryReader(bytes);
            read.Add(reader);
            read.Add(reader);
            Assert.Equal(bytes.Length, bytes.Position);
            Assert.Equal(
                (whole.Count, whole.SumTicks, whole.SumOfSquares, whole.LeastTicks, whole.GreatestTicks),
                (read.Count, read.SumTicks, read.SumOfSquares, read.LeastTicks, read.GreatestTicks));
            var sorted = left.Concat(right).Order().ToArray();
            for (var rank = 1; rank <= sorted.Length; rank++)
                Assert.InRange(read.QuantileTicks((rank - 0.5) / sorted.Length), sorted[rank - 1], sorted[rank - 1] + sorted[rank - 1] / 256);
        }, iter: 50);

    [Fact]
    public void Losses_belong_to_the_handover_that_they_follow_and_a_late_packet_is_none()
    {
        var (reception, measurement) = (new DataReception(), new DataMeasurement());
        void Take(params int[] sequences)
        {
            foreach (var sequence in sequences)
                reception.Take(new DataPacket(Mn, sequence, SimTime.Zero, 160) { Path = DataPath.Buffered }, SimTime.Zero, measurement);
        }

        Take(0, 1);
        reception.Begin(new HandoverKey(Mn, 1), measurement);
        Take(5, 6, 3);
        reception.Begin(new HandoverKey(Mn, 2), measurement);
        Take(9, 4, 9, 10);
        var counts = measurement.Handovers.Select(each => (each.Handover.Number, each.Received, each.Lost, each.Reordered, each.Duplicated, each.Buffered));
        Assert.Equal([(1, 3, 1, 1, 0, 3), (2, 3, 2, 1, 1, 3)], counts);
    }

    [Fact]
    public void A_long_stream_with_gaps_is_counted_to_the_packet()
    {
        var (reception, measurement) = (new DataReception(), new DataMeasurement());
        const int last = 300_000;
        for (var sequence = 0; sequence < last; sequence++)
        {
            if (sequence % 7 != 3)
                reception.Take(new DataPacket(Mn, sequence, SimTime.Zero, 160), SimTime.Zero, measurement);
            if (sequence % 1000 == 999)
                reception.Take(new DataPacket(Mn, sequence - 993 + 3, SimTime.Zero, 160), SimTime.Zero, measurement);
        }

        var counters = measurement.Counters;
        var late = Enumerable.Range(0, last / 1000).Count(thousand => (1000 * thousand + 9) % 7 == 3);
        Assert.Equal(last - Enumerable.Range(0, last).Count(sequence => sequence % 7 == 3) + late, counters[DataEvent.Received]);
        Assert.Equal((last / 1000 - late, late), (counters[DataEvent.Duplicated], counters[DataEvent.Reordered]));
    }
}
