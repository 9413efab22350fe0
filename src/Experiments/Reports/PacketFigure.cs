using System.Globalization;
using System.Text;
using Actors.Network;
using Experiments.Plans;
using Experiments.Results;

namespace Experiments.Reports;

/// <summary>The packets of one cell, under the name that figures give it.</summary>
public sealed record PacketSeries(string Label, IReadOnlyList<PacketRecord> Packets);

/// <summary>Figures and tables of single packets.</summary>
public static class PacketFigure
{
    private const string Columns = "direction,sequence,sent_ms,received_ms,delay_ms,jitter_ms,handover,path\n";

    /// <summary>The delay of each packet over the instant at which it was sent; those that are lost stand on the axis.</summary>
    public static Figure Delays(PacketPlotPlan plot, IReadOnlyList<PacketSeries> series)
    {
        var curves = Directed(series).ToArray();
        return new Figure(
            Spec(plot, "sent", Metric.PacketDelay),
            $"{plot.Name}: delay of each packet",
            "sent (s)",
            "packet delay (ms)",
            $"Replication 0: {Count(curves)}. Lines: packets received, broken where some are lost; crosses on the axis: packets lost. Assumptions: see assumptions.md.",
            [
                .. curves.Select(curve => new FigureSeries(
                    curve.Label,
                    [.. curve.Packets.Select(packet => Point(packet, packet.Delay?.TotalMilliseconds ?? double.NaN))],
                    [])
                {
                    Crosses = [.. curve.Packets.Where(packet => packet.Delay is null).Select(packet => Point(packet, 0))],
                }),
            ]);
    }

    /// <summary>The share of packets received with at most so much delay or jitter.</summary>
    public static Figure Ecdf(PacketPlotPlan plot, IReadOnlyList<PacketSeries> series)
    {
        var curves = Directed(series).ToArray();
        FigureSeries[] steps =
            [.. curves.Select(curve => new FigureSeries(curve.Label, Steps([.. curve.Packets.Where(packet => packet.Arrival is not null).Select(ValueOf).Order()]), []))];
        var from = FirstShareWorthSeeing(steps);
        return new Figure(
            Spec(plot, plot.Of, "share") with { FromY = from },
            $"{plot.Name}: distribution of {plot.Of}",
            $"{plot.Of} (ms)",
            "share of packets",
            $"Replication 0: {Count(curves)}; each packet received has one value.{(from > 0 ? string.Create(CultureInfo.InvariantCulture, $" The axis begins at {from}.") : "")} Assumptions: see assumptions.md.",
            steps);

        double ValueOf(PacketRecord packet) => plot.Of == Metric.PacketDelay
            ? packet.Delay!.Value.TotalMilliseconds
            : TimeSpan.FromTicks(packet.Arrival!.Value.JitterTicks).TotalMilliseconds;
    }

    /// <summary>A line for each packet, in order of mobile node, direction and sequence; empty where it was lost.</summary>
    public static string Csv(IReadOnlyList<PacketRecord> packets) => Lines(new StringBuilder(Columns), "", packets).ToString();

    /// <summary>The same for several cells.</summary>
    public static string Csv(IReadOnlyList<PacketSeries> series) => series.Aggregate(
        new StringBuilder("series,").Append(Columns), (text, one) => Lines(text, SummaryTable.Field(one.Label) + ",", one.Packets)).ToString();

    private static StringBuilder Lines(StringBuilder text, string before, IReadOnlyList<PacketRecord> packets)
    {
        foreach (var packet in packets)
        {
            var arrival = packet.Arrival;
            text.Append(before).AppendJoin(
                ',',
                Metric.DirectionNames[(int)packet.Direction],
                NumberText.Of(packet.Sequence),
                NumberText.Of(packet.SentAt.Milliseconds),
                NumberText.Of(arrival?.At.Milliseconds),
                NumberText.Of(packet.Delay?.TotalMilliseconds),
                NumberText.Of(arrival is { } at ? TimeSpan.FromTicks(at.JitterTicks).TotalMilliseconds : null),
                arrival is { Handover: > 0 } after ? NumberText.Of(after.Handover) : "",
                arrival is null ? "" : PathOf(packet)).Append('\n');
        }

        return text;
    }

    /// <summary>By way of the home agent or straight, and what the previous router and a buffer had to do with it.</summary>
    private static string PathOf(PacketRecord packet) => (packet.IsRouteOptimised ? "route-optimised" : "home-agent")
        + (packet.Path.HasFlag(DataPath.Forwarded) ? "+previous-router" : "")
        + (packet.Path.HasFlag(DataPath.Buffered) ? "+buffer" : "");

    /// <summary>A curve for each direction, named only where there are two.</summary>
    private static IEnumerable<PacketSeries> Directed(IReadOnlyList<PacketSeries> series)
    {
        foreach (var one in series)
        {
            var directions = one.Packets.GroupBy(packet => packet.Direction).OrderBy(group => group.Key).ToArray();
            foreach (var direction in directions)
                yield return new PacketSeries(directions.Length == 1 ? one.Label : $"{one.Label}, {Metric.DirectionNames[(int)direction.Key]}", [.. direction]);
        }
    }

    private static string Count(PacketSeries[] series) => string.Join("; ", series.Select(one => string.Create(
        CultureInfo.InvariantCulture, $"{one.Label}: {one.Packets.Count(packet => packet.Arrival is not null)} of {one.Packets.Count} packets received")));

    private static FigureSpec Spec(PacketPlotPlan plot, string x, string metric) => new(plot.Name, x, plot.Kind, metric, "scheme", Band: false, Overlay: false) { IsDense = true };

    private static FigurePoint Point(PacketRecord packet, double y) => new(packet.SentAt.Milliseconds / 1000, y, null, 1);

    /// <summary>Where most packets have hardly any delay or jitter, curves differ above that share only; in tenths.</summary>
    private static double FirstShareWorthSeeing(FigureSeries[] steps)
    {
        var hardlyAny = 0.01 * steps.SelectMany(curve => curve.Simulated).Select(point => point.X).DefaultIfEmpty().Max();
        var share = steps.Select(curve => curve.Simulated.LastOrDefault(point => point.X <= hardlyAny)?.Y ?? 0).DefaultIfEmpty().Min();
        return share < 0.5 ? 0 : Math.Floor(10 * share) / 10;
    }

    /// <summary>Of an ascending list: each value with the share up to it.</summary>
    private static List<FigurePoint> Steps(double[] values)
    {
        var points = new List<FigurePoint>();
        for (var (first, next) = (0, 0); first < values.Length; first = next)
        {
            while (next < values.Length && values[next] == values[first])
                next++;
            points.Add(new FigurePoint(values[first], (double)first / values.Length, null, values.Length));
            points.Add(new FigurePoint(values[first], (double)next / values.Length, null, values.Length));
        }

        return points;
    }
}
