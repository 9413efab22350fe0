using ScottPlot;

namespace Experiments.Reports;

/// <summary>
/// Colour, dash and mark of a curve. Colours are Okabe and Ito's (2008), told apart under every colour blindness; dashes and
/// marks differ too, so that a grey print loses nothing.
/// </summary>
internal sealed record CurveStyle(Color Color, LinePattern Line, MarkerShape Marker)
{
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];

    private static readonly LinePattern[] Lines =
    [
        LinePattern.Solid,
        LinePattern.Dashed,
        new LinePattern([2, 3], 0, "dotted"),
        new LinePattern([10, 4, 2, 4], 0, "dash-dot"),
        new LinePattern([16, 5], 0, "long dash"),
    ];

    private static readonly MarkerShape[] Marks =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond,
        MarkerShape.FilledTriangleDown, MarkerShape.OpenCircle, MarkerShape.OpenSquare, MarkerShape.OpenTriangleUp,
        MarkerShape.OpenDiamond, MarkerShape.OpenTriangleDown, MarkerShape.Cross,
    ];

    /// <summary>The lengths of the three lists share no factor, so 385 curves differ.</summary>
    public static CurveStyle Of(int index) =>
        new(Color.FromHex(Colours[index % Colours.Length]), Lines[index % Lines.Length], Marks[index % Marks.Length]);
}
