using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Actors.Kernel;
using Experiments.Reports.SequenceCharts;

namespace Tests.Experiments.Reports.SequenceCharts;

/// <summary>
/// One short handover with everything that a chart can show. The approved files stand beside this one; where they differ on
/// purpose, look at the new drawing and replace them.
/// </summary>
public class SequenceChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly IReadOnlyList<TraceStep> Steps =
    [
        Step(0, "mn", "mark", "trigger"),
        Step(0, "mn", "compute", "rsa-sign") with { Cost = TimeSpan.FromMilliseconds(4) },
        Step(4, "mn", "send", "RtSolPr", "par", 1276, 1),
        Step(1004, "mn", "timer", "retransmission"),
        Step(1004, "mn", "send", "RtSolPr", "par", 1276, 2),
        Step(1008.5, "par", "receive", "RtSolPr", "mn", 1276, 2),
        Step(1008.5, "par", "send", "PrRtAdv", "mn", 90, 3) with { IsProtected = true },
        Step(1013.0001, "mn", "receive", "PrRtAdv", "par", 90, 3) with { IsProtected = true },
        Step(1013.0001, "mn", "mark", "link-down"),
        Step(1023.0001, "mn", "mark", "link-up"),
        Step(1023.0001, "mn", "send", "UNA", "n<&>\"r;#", 72, 4),
        Step(1023.0001, "mn", "send", "BU", "n<&>\"r;#", 132, 5) with { IsProtected = true },
        Step(1027.5, "n<&>\"r;#", "receive", "UNA", "mn", 72, 4),
        Step(1027.5, "n<&>\"r;#", "receive", "BU", "mn", 132, 5) with { IsProtected = true },
        Step(1027.5, "mn", "mark", "basic"),
    ];

    private static readonly SequenceChart Chart = new("cell 1: a <b> & \"c\"; 100 %", Steps);

    [Theory]
    [InlineData("svg")]
    [InlineData("mermaid")]
    public void The_drawing_is_the_approved_one_to_the_byte(string form) =>
        Assert.Equal(File.ReadAllText(Beside($"handover.approved.{form}")), form == "svg" ? SvgChart.Text(Chart) : MermaidChart.Text(Chart));

    [Fact]
    public void The_svg_is_well_formed_and_shows_names_as_they_are()
    {
        var root = XDocument.Parse(SvgChart.Text(Chart)).Root!;
        Assert.Equal("cell 1: a <b> & \"c\"; 100 %", root.Element(Svg + "title")!.Value);
        var texts = root.Descendants(Svg + "text").Select(text => text.Value).ToList();
        Assert.Equal(2, texts.Count(text => text == "n<&>\"r;#"));
        Assert.Contains("RtSolPr  1276 B  lost", texts);
        Assert.Contains("PrRtAdv  90 B  4.5001 ms  ESP", texts);
        Assert.Contains("link switch 10 ms", texts);
        Assert.Contains("timer retransmission", texts);
        Assert.Contains("1013.0001", texts);
    }

    [Fact]
    public void What_XML_cannot_hold_is_replaced() =>
        Assert.Contains("a\uFFFDb\uFFFD", XDocument.Parse(SvgChart.Text(new SequenceChart("a\u0001b\uFFFF", []))).Root!.Value, StringComparison.Ordinal);

    [Fact]
    public void Lifelines_stand_in_order_of_their_first_step() =>
        Assert.Equal(["mn", "par", "n<&>\"r;#"], Chart.Nodes);

    [Fact]
    public void A_mark_written_down_late_stands_at_its_own_time() => Assert.Equal(
        ["late", "first"],
        new SequenceChart("", [Step(2, "mn", "mark", "first"), Step(1, "mn", "mark", "late")]).Notes.Select(note => note.Text));

    [Fact]
    public void A_link_that_stays_down_ends_with_the_trace() => Assert.Equal(
        new ChartBand(0, TimeSpan.FromMilliseconds(1).Ticks, TimeSpan.FromMilliseconds(5).Ticks),
        Assert.Single(new SequenceChart("", [Step(1, "mn", "mark", "link-down"), Step(5, "mn", "timer", "t")]).Bands));

    [Fact]
    public void No_sign_that_Mermaid_reads_is_left_in_a_name()
    {
        var lines = MermaidChart.Text(Chart).Split('\n');
        Assert.Contains("    participant n2 as n#60;#38;#62;#34;r#59;#35;", lines);
        Assert.Equal(lines.Count(line => line.StartsWith("    rect ", StringComparison.Ordinal)), lines.Count(line => line == "    end"));
    }

    private static TraceStep Step(double ms, string node, string kind, string message, string? peer = null, int? bytes = null, long? id = null) =>
        new(SimTime.Zero + TimeSpan.FromMilliseconds(ms), node, kind, message, peer, bytes, id);

    private static string Beside(string file, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, file);
}
