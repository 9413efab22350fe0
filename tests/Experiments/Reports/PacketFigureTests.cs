using System.Text;
using Actors.Kernel;
using Actors.Network;
using Experiments.Plans;
using Experiments.Reports;
using Topology.Plans;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Experiments.Reports;

public class PacketFigureTests
{
    private static readonly PacketSeries Series = new("FMIPv6",
    [
        Packet(0, 20, 0, DataPath.None), Packet(1, null, 0, DataPath.None), Packet(2, 60, 2.5, DataPath.Forwarded | DataPath.Buffered), Packet(3, 20, 2.5, DataPath.Forwarded),
    ]);

    [Fact]
    public void Delays_are_a_curve_that_breaks_at_a_lost_packet_and_a_cross_for_it()
    {
        var figure = PacketFigure.Delays(Plot(PlotPlan.PacketDelay), [Series]);
        var curve = Assert.Single(figure.Series);
        Assert.Equal(["0:20", "0.01:NaN", "0.02:60", "0.03:20"], curve.Simulated.Select(point => $"{point.X}:{point.Y}"));
        Assert.Equal([(0.01, 0.0)], curve.Crosses.Select(point => (point.X, point.Y)));
        Assert.Contains("FMIPv6: 3 of 4 packets received", figure.Caption);
        Assert.Contains("packet delay (ms)", Encoding.UTF8.GetString(FigurePicture.Svg(figure)));
    }

    [Fact]
    public void Ecdf_rises_at_each_value_by_its_share_of_the_packets_received()
    {
        var figure = PacketFigure.Ecdf(Plot(PlotPlan.Ecdf), [Series]);
        Assert.Equal([(0, 0), (0, 1 / 3.0), (2.5, 1 / 3.0), (2.5, 1)], Assert.Single(figure.Series).Simulated.Select(point => (point.X, point.Y)));
    }

    [Fact]
    public void Two_directions_are_two_curves()
    {
        var both = Series with { Packets = [.. Series.Packets, Packet(0, 10, 0, DataPath.None) with { Direction = DataDirection.Up }] };
        Assert.Equal(["FMIPv6, down", "FMIPv6, up"], PacketFigure.Delays(Plot(PlotPlan.PacketDelay), [both]).Series.Select(series => series.Label));
    }

    [Fact]
    public void Csv_has_a_line_for_each_packet_sent() => Assert.Equal(
        """
        series,direction,sequence,sent_ms,received_ms,delay_ms,jitter_ms,handover,path
        FMIPv6,down,0,0,20,20,0,1,home-agent
        FMIPv6,down,1,10,,,,,
        FMIPv6,down,2,20,80,60,2.5,1,home-agent+previous-router+buffer
        FMIPv6,down,3,30,50,20,2.5,1,home-agent+previous-router

        """,
        PacketFigure.Csv([Series]));

    [Fact]
    public void A_figure_may_show_a_part_of_the_run()
    {
        var plot = Plot(PlotPlan.PacketDelay) with { From = Ms(10), Until = Ms(30) };
        Assert.Equal([false, true, true, false], new[] { 9.9, 10, 29.9, 30 }.Select(ms => plot.Shows(Ms(ms))));
    }

    private static PacketPlotPlan Plot(string kind) => new("fig5", kind, Metric.PacketJitter, null, TimeSpan.Zero, null);

    private static PacketRecord Packet(int sequence, double? delayMs, double jitterMs, DataPath path)
    {
        var sent = SimTime.Zero + Ms(10 * sequence);
        return new PacketRecord(
            new NodeId(9), DataDirection.Down, sequence, sent, delayMs is { } delay ? new PacketArrival(sent + Ms(delay), Ms(jitterMs).Ticks, 1) : null, path, false);
    }
}
