using System.Globalization;
using ScottPlot;

namespace Experiments.Reports;

/// <summary>
/// Colour, dash and mark of a curve. Colours are Okabe and Ito's (2008), told apart under every colour blindness; dashes and
/// marks differ too, so that a grey print loses nothing.
/// </summary>
/// <param name="Stroke">Colour of the line; differs from <paramref name="Color"/> only while an SVG is being made.</param>
/// <param name="Dashes">Lengths drawn and left out in turn, in pixels; empty for a solid line.</param>
internal sealed record CurveStyle(Color Color, Color Stroke, float[] Dashes, MarkerShape Marker)
{
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];

    private static readonly float[][] Lines = [[], [10, 7], [2, 3], [10, 4, 2, 4], [16, 5]];

    private static readonly MarkerShape[] Marks =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond,
        MarkerShape.FilledTriangleDown, MarkerShape.OpenCircle, MarkerShape.OpenSquare, MarkerShape.OpenTriangleUp,
        MarkerShape.OpenDiamond, MarkerShape.OpenTriangleDown, MarkerShape.Cross,
    ];

    public LinePattern Pattern => Dashes.Length == 0 ? LinePattern.Solid : new LinePattern(Dashes, 0, "dashes");

    /// <summary>The lengths of the three lists share no factor, so 385 curves differ.</summary>
    public static CurveStyle Of(int index)
    {
        var color = Color.FromHex(Colours[index % Colours.Length]);
        return new CurveStyle(color, color, Lines[index % Lines.Length], Marks[index % Marks.Length]);
    }

    /// <summary>
    /// The style to draw an SVG with. Skia's SVG canvas knows no dashes, so the line is solid in a colour that only this
    /// curve has, and <see cref="Dashed"/> replaces it in the text.
    /// </summary>
    public static CurveStyle Undashed(int index) => Of(index) with { Stroke = Token(index), Dashes = [] };

    /// <summary>Gives the lines of an SVG drawn with <see cref="Undashed"/> styles their colours and dashes.</summary>
    public static string Dashed(string svg, int curves)
    {
        for (var i = 0; i < curves; i++)
        {
            var style = Of(i);
            var dashes = style.Dashes.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" stroke-dasharray=\"{string.Join(' ', style.Dashes)}\"");
            svg = svg.Replace($"stroke=\"{Token(i).ToHex()}\"", $"stroke=\"{style.Color.ToHex()}\"{dashes}", StringComparison.OrdinalIgnoreCase);
        }

        return svg;
    }

    /// <summary>A colour that no palette has; the digits of each pair differ, so that Skia writes all six.</summary>
    private static Color Token(int index) => new(0x01, (byte)(0xA0 + index / 10), (byte)(0xA0 + index % 10));
}
