using System.Text;
using System.Text.RegularExpressions;
using Experiments.Reports;
using Experiments.Results;

namespace Tests.Experiments.Reports;

public class FigureTests
{
    private static readonly byte[] PngSignature = [0x89, 0x50, 0x4E, 0x47];

    [Fact]
    public void One_curve_per_scheme_with_both_engines_and_units()
    {
        var figure = Fig3.Of(8);
        Assert.Equal(["FAMIPv6", "IBS-FAMIPv6", "IPSec-FMIPv6"], figure.Series.Select(series => series.Label));
        Assert.All(figure.Series, series => Assert.Equal((11, 11), (series.Simulated.Count, series.ClosedForm.Count)));
        Assert.Equal(("H (ms)", "mean total (ms)"), (figure.XLabel, figure.YLabel));
        Assert.Equal("Marks: simulation, n = 8 replications a point; bands: 95 % confidence of the mean; lines: closed form. Assumptions: see assumptions.md.", figure.Caption);
    }

    [Fact]
    public void Without_overlay_the_closed_form_is_left_out_unless_it_is_all_there_is()
    {
        var rows = Fig3.Rows(8);
        var spec = Fig3.Spec with { Overlay = false };
        Assert.All(Figure.Of(spec, rows, Fig3.Title, 0.95).Series, series => Assert.Empty(series.ClosedForm));
        var analytic = rows.Where(row => row.Engine == ResultRow.Analytic).ToArray();
        Assert.All(Figure.Of(spec, analytic, Fig3.Title, 0.95).Series, series => Assert.Equal((0, 11), (series.Simulated.Count, series.ClosedForm.Count)));
    }

    [Fact]
    public void A_second_swept_name_makes_curves_of_its_own()
    {
        var rows = Fig3.Rows(8).SelectMany(row => new[] { "0", "8" }.Select(value =>
            row with { Swept = [.. row.Swept, new SweptParameter("Ts", "Ts_ms", "ms", value)] })).ToArray();
        var labels = Figure.Of(Fig3.Spec, rows, Fig3.Title, 0.95).Series.Select(series => series.Label);
        Assert.Equal(
            ["FAMIPv6, Ts = 0 ms", "FAMIPv6, Ts = 8 ms", "IBS-FAMIPv6, Ts = 0 ms", "IBS-FAMIPv6, Ts = 8 ms", "IPSec-FMIPv6, Ts = 0 ms", "IPSec-FMIPv6, Ts = 8 ms"],
            labels);
        Assert.Equal(labels.Order(), Figure.Of(Fig3.Spec with { By = "Ts" }, rows, Fig3.Title, 0.95).Series.Select(series => series.Label).Order());
    }

    [Fact]
    public void Csv_holds_every_point_with_n_and_interval()
    {
        var lines = Fig3.Of(8).Csv().Split('\n');
        Assert.Equal("series,engine,H (ms),mean total (ms),ci_low,ci_high,n", lines[0]);
        Assert.Equal("FAMIPv6,simulation,0,48,48,48,8", lines[1]);
        Assert.Equal("FAMIPv6,analytic,100,448,,,0", lines[22]);
        Assert.Equal(1 + 66 + 1, lines.Length);
    }

    [Fact]
    public void Svg_shows_every_text_in_the_bundled_font_and_repeats_to_the_byte()
    {
        var figure = Fig3.Of(8);
        var svg = FigurePicture.Svg(figure);
        Assert.Equal(svg, FigurePicture.Svg(figure));
        var text = Encoding.UTF8.GetString(svg);
        foreach (var label in new[] { figure.Title, figure.XLabel, figure.YLabel, "FAMIPv6", "IPSec-FMIPv6", "Marks: simulation, n = 8 replications" })
            Assert.Contains(label, text, StringComparison.Ordinal);
        Assert.DoesNotMatch("font-family=\"(?!DejaVu Sans\")", text);
    }

    [Fact]
    public void Svg_keeps_the_dashes_that_tell_the_curves_apart()
    {
        var text = Encoding.UTF8.GetString(FigurePicture.Svg(Fig3.Of(8)));
        // One curve and one legend key each; the first scheme's line is solid.
        Assert.Equal(2, Regex.Count(text, "stroke=\"#0072B2\" stroke-width=\"2\""));
        Assert.Equal(2, Regex.Count(text, "stroke=\"#D55E00\" stroke-dasharray=\"10 7\""));
        Assert.Equal(2, Regex.Count(text, "stroke=\"#009E73\" stroke-dasharray=\"2 3\""));
        Assert.DoesNotMatch("=\"[-0-9., ]*, \"", text);
    }

    [Fact]
    public void Svg_escapes_names_that_look_like_markup()
    {
        var figure = Figure.Of(Fig3.Spec, Fig3.Rows(8), scheme => $"<script>{scheme}&", 0.95);
        var text = Encoding.UTF8.GetString(FigurePicture.Svg(figure));
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;famipv6&amp;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Png_has_ink_where_the_labels_are()
    {
        // Without a font all text vanishes: a figure with labels must then weigh as much as one without.
        var figure = Fig3.Of(8);
        var labelled = FigurePicture.Png(figure);
        var bare = FigurePicture.Png(figure with { Title = " ", XLabel = " ", YLabel = " ", Caption = " " });
        Assert.Equal(PngSignature, labelled[..4]);
        Assert.True(labelled.Length > bare.Length + 5000, $"{labelled.Length} bytes with labels, {bare.Length} without");
    }

    [Fact]
    public void A_figure_without_any_point_is_drawn_empty()
    {
        var figure = Figure.Of(Fig3.Spec with { X = "Ts" }, Fig3.Rows(8), Fig3.Title, 0.95);
        Assert.Empty(figure.Series);
        Assert.Equal(PngSignature, FigurePicture.Png(figure)[..4]);
    }
}
