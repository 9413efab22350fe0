using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Experiments.Reports;

/// <summary>Draws a <see cref="Figure"/> as PNG or SVG, with the bundled DejaVu Sans: the machine may have no font.</summary>
public static partial class FigurePicture
{
    private const string FontName = "DejaVu Sans";
    private const int WidthPixels = 1000;
    private const int HeightPixels = 600;
    private const int PngScale = 2;
    private const double TickDensity = 0.6;
    private const int CaptionColumns = 80;
    private const float CaptionLinePixels = 20;
    private static readonly object Fonts = LoadFont();

    /// <summary>2000 x 1200 pixels, text sized for a column of a paper.</summary>
    public static byte[] Png(Figure figure)
    {
        var plot = Draw(figure, CurveStyle.Of);
        plot.ScaleFactor = PngScale;
        return plot.GetImageBytes(WidthPixels * PngScale, HeightPixels * PngScale, ImageFormat.Png);
    }

    /// <summary>UTF-8 text; equal figures give equal bytes.</summary>
    public static byte[] Svg(Figure figure)
    {
        // Skia numbers its clip paths through the life of the process; number them through the picture instead.
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var drawn = Draw(figure, CurveStyle.Undashed).GetSvgXml(WidthPixels, HeightPixels);
        var svg = ClipPath().Replace(CurveStyle.Dashed(drawn, figure.Series.Count), match =>
        {
            names.TryAdd(match.Value, string.Create(CultureInfo.InvariantCulture, $"clip-{names.Count}"));
            return names[match.Value];
        });
        return Encoding.UTF8.GetBytes(TrailingComma().Replace(svg, "$1\"").ReplaceLineEndings("\n"));
    }

    [GeneratedRegex("\\bcl_[0-9a-f]+\\b")]
    private static partial Regex ClipPath();

    /// <summary>Skia ends its lists of coordinates with a comma, which SVG's grammar forbids.</summary>
    [GeneratedRegex("( [xy]=\"[-0-9., e]*[0-9]), \"")]
    private static partial Regex TrailingComma();

    private static object LoadFont()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Reports", "Fonts", "DejaVuSans.ttf");
        ScottPlot.Fonts.AddFontFile(FontName, file, bold: false, italic: false);
        ScottPlot.Fonts.Default = FontName;
        return file;
    }

    private static Plot Draw(Figure figure, Func<int, CurveStyle> styleOf)
    {
        GC.KeepAlive(Fonts);
        var plot = new Plot();
        plot.Font.Set(FontName);
        plot.Axes.Title.Label.Bold = false;
        plot.Axes.Title.Label.FontSize = 18;
        plot.Title(figure.Title);
        plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        plot.Axes.Bottom.Label.FontSize = plot.Axes.Left.Label.FontSize = 16;
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 14;
        plot.XLabel(figure.XLabel);
        plot.YLabel(figure.YLabel);
        plot.Grid.MajorLineColor = Color.FromHex("#DDDDDD");
        for (var i = 0; i < figure.Series.Count; i++)
        {
            if (figure.Spec.IsDense)
                DrawDense(plot, figure.Series[i], styleOf(i));
            else
                DrawSeries(plot, figure, figure.Series[i], styleOf(i));
        }

        AddCaption(plot, figure.Caption);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { TickDensity = TickDensity };
        plot.Axes.Left.TickGenerator = new NumericAutomatic { TickDensity = TickDensity };
        plot.Axes.Margins(horizontal: 0.02, vertical: 0.05);
        plot.Axes.AutoScale();
        var limits = plot.Axes.GetLimits();
        if (limits.Bottom > 0 || figure.Spec.FromY > 0)
            plot.Axes.SetLimitsY(figure.Spec.FromY, limits.Top);
        plot.Legend.FontSize = 14;
        plot.Legend.SymbolWidth = 48;
        plot.Legend.OutlineColor = Colors.Transparent;
        plot.Legend.ShadowColor = Colors.Transparent;
        // Beside the plot, where no curve can run behind it.
        plot.ShowLegend(Edge.Right);
        return plot;
    }

    private static void DrawSeries(Plot plot, Figure figure, FigureSeries series, CurveStyle style)
    {
        var banded = series.Simulated.Where(point => point.Interval is not null).ToArray();
        if (figure.Spec.Band && banded.Length > 1)
        {
            var band = plot.Add.FillY(
                [.. banded.Select(point => point.X)],
                [.. banded.Select(point => point.Interval!.Value.Low)],
                [.. banded.Select(point => point.Interval!.Value.High)]);
            band.FillColor = style.Color.WithAlpha(0.25);
            band.LineWidth = 0;
            band.MarkerStyle = MarkerStyle.None;
        }

        // The line is the closed form where there is one, else it joins the simulated points.
        var line = series.ClosedForm.Count > 0 ? series.ClosedForm : series.Simulated;
        var curve = plot.Add.ScatterLine(line.Select(point => point.X).ToArray(), line.Select(point => point.Y).ToArray(), style.Stroke);
        curve.LineWidth = 2;
        curve.LinePattern = style.Pattern;
        var marks = plot.Add.Markers(
            series.Simulated.Select(point => point.X).ToArray(),
            series.Simulated.Select(point => point.Y).ToArray(),
            style.Marker, 9, style.Color);
        marks.MarkerStyle.LineWidth = 2;
        plot.Legend.ManualItems.Add(new LegendItem
        {
            LabelText = series.Label,
            LineColor = style.Stroke,
            LineWidth = 2,
            LinePattern = style.Pattern,
            MarkerStyle = series.Simulated.Count > 0 ? marks.MarkerStyle : MarkerStyle.None,
        });
    }

    /// <summary>A thin line through every point, in pieces where a value is missing, and crosses beside it.</summary>
    private static void DrawDense(Plot plot, FigureSeries series, CurveStyle style)
    {
        var piece = new List<FigurePoint>();
        foreach (var point in series.Simulated.Append(new FigurePoint(0, double.NaN, null, 0)))
        {
            if (!double.IsNaN(point.Y))
            {
                piece.Add(point);
                continue;
            }

            if (piece.Count > 0)
            {
                var line = plot.Add.ScatterLine(piece.Select(each => each.X).ToArray(), piece.Select(each => each.Y).ToArray(), style.Stroke);
                (line.LineWidth, line.LinePattern) = (1.5f, style.Pattern);
            }

            piece.Clear();
        }

        if (series.Crosses.Count > 0)
        {
            var marks = plot.Add.Markers(
                series.Crosses.Select(point => point.X).ToArray(), series.Crosses.Select(point => point.Y).ToArray(), MarkerShape.Eks, 7, style.Color);
            marks.MarkerStyle.LineWidth = 1;
        }

        plot.Legend.ManualItems.Add(new LegendItem { LabelText = series.Label, LineColor = style.Stroke, LineWidth = 2, LinePattern = style.Pattern });
    }

    /// <summary>An axis of its own below the plot, of which only the label shows.</summary>
    private static void AddCaption(Plot plot, string caption)
    {
        var axis = plot.Axes.AddBottomAxis();
        axis.TickGenerator = new EmptyTickGenerator();
        axis.FrameLineStyle.Width = 0;
        axis.LabelText = Wrapped(caption);
        // Room for the lines as they are; the layout would allow for one only.
        axis.MinimumSize = (axis.LabelText.Count(character => character == '\n') + 1) * CaptionLinePixels;
        axis.LabelStyle.Bold = false;
        axis.LabelStyle.FontSize = 13;
        axis.LabelStyle.ForeColor = Color.FromHex("#444444");
    }

    /// <summary>Broken between words, so that a plot made narrow by its legend still shows all of it.</summary>
    private static string Wrapped(string caption)
    {
        var text = new StringBuilder();
        var column = 0;
        foreach (var word in caption.Split(' '))
        {
            var wraps = column > 0 && column + 1 + word.Length > CaptionColumns;
            if (column > 0)
                text.Append(wraps ? '\n' : ' ');
            text.Append(word);
            column = (wraps || column == 0 ? 0 : column + 1) + word.Length;
        }

        return text.ToString();
    }
}
