using System.Globalization;
using System.Text;

namespace Experiments.Reports.SequenceCharts;

/// <summary>
/// A chart as a picture of its own: no style sheet, font file or script. Rows follow one another in order of time, one for each
/// instant, with its ms at the left; their distance says nothing. Shapes differ where colours do, so that a grey print loses nothing.
/// </summary>
public sealed class SvgChart
{
    private const double FirstLifeline = 250;
    private const double RightMargin = 150;
    private const double Top = 100;
    private const double Row = 34;
    private const double Line = 16;
    private const double LetterWidth = 6.1;

    /// <summary>Share of its way after which a lost packet ends.</summary>
    private const double WayOfALostPacket = 0.8;

    private readonly SequenceChart _chart;
    private readonly StringBuilder _text = new();
    private readonly SortedDictionary<long, double> _rows = [];
    private readonly Dictionary<ChartArrow, int> _sent = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ChartArrow, int> _received = new(ReferenceEqualityComparer.Instance);
    private readonly double _spacing;
    private readonly double _width;
    private readonly double _bottom;

    private SvgChart(SequenceChart chart)
    {
        _chart = chart;
        _spacing = Math.Max(130, chart.Arrows.Select(arrow => arrow.Label.Length * LetterWidth + 44).DefaultIfEmpty(0).Max());
        _bottom = PlaceRows();
        _width = Math.Max(900, X(Math.Max(0, chart.Nodes.Count - 1)) + RightMargin);
    }

    public static string Text(SequenceChart chart) => new SvgChart(chart).Draw();

    private string Draw()
    {
        var height = _bottom + 110;
        _text.Append(CultureInfo.InvariantCulture, $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_width:0.#} {height:0.#}" width="{_width:0.#}" height="{height:0.#}" font-family="DejaVu Sans, Verdana, Arial, sans-serif" font-size="11" role="img">
            <title>{Escaped(_chart.Title)}</title>
            <desc>Sequence chart of one handover: {_chart.Arrows.Count} packets on {_chart.Nodes.Count} nodes, times in ms.</desc>
            <rect width="100%" height="100%" fill="#ffffff"/>
            <text x="16" y="26" font-size="14" font-weight="bold">{Escaped(_chart.Title)}</text>

            """);
        foreach (var band in _chart.Bands)
            Band(band);
        foreach (var (instant, y) in _rows)
            Put($"""<text x="70" y="{y + 4:0.#}" text-anchor="end" fill="#444444">{SequenceChart.Milliseconds(instant)}</text>""");
        Put($"""<text x="70" y="{Top - 26:0.#}" text-anchor="end" fill="#444444">ms</text>""");
        for (var node = 0; node < _chart.Nodes.Count; node++)
            Lifeline(node);
        var lines = _chart.Arrows.Select(LineOf).ToList();
        for (var i = 0; i < lines.Count; i++)
            Arrow(_chart.Arrows[i], lines[i]);
        foreach (var box in _chart.Boxes)
            Box(box);

        // Above every line, so that none crosses out a name.
        for (var i = 0; i < lines.Count; i++)
            Label(_chart.Arrows[i], lines[i]);
        foreach (var (note, line) in Lines(_chart.Notes, note => (note.At, note.IsTimer ? note.Node : -1)))
            Note(note, line);
        Legend(_bottom + 82);
        return _text.Append("</svg>\n").ToString();
    }

    /// <summary>A row for each instant, high enough for all that happens then at one place; returns the end of the lifelines.</summary>
    private double PlaceRows()
    {
        var instants = _chart.Arrows.SelectMany(arrow => new[] { arrow.SentAt, arrow.ReceivedAt ?? arrow.SentAt })
            .Concat(_chart.Boxes.SelectMany(box => new[] { box.From, box.Until }))
            .Concat(_chart.Notes.Select(note => note.At))
            .Concat(_chart.Bands.SelectMany(band => new[] { band.From, band.Until }));
        var lines = new Dictionary<long, int>();
        foreach (var (arrow, line) in Lines(_chart.Arrows, arrow => (arrow.SentAt, arrow.From)))
        {
            _sent[arrow] = line;
            lines[arrow.SentAt] = Math.Max(lines.GetValueOrDefault(arrow.SentAt), line);
        }

        foreach (var (arrow, line) in Lines(_chart.Arrows.Where(arrow => arrow.ReceivedAt is not null), arrow => (arrow.ReceivedAt!.Value, arrow.To)))
        {
            _received[arrow] = line;
            lines[arrow.ReceivedAt!.Value] = Math.Max(lines.GetValueOrDefault(arrow.ReceivedAt.Value), line);
        }

        foreach (var (note, line) in Lines(_chart.Notes, note => (note.At, note.IsTimer ? note.Node : -1)))
            lines[note.At] = Math.Max(lines.GetValueOrDefault(note.At), line);
        var y = Top;
        foreach (var instant in instants.Distinct().Order())
        {
            _rows[instant] = y;
            y += Row + Line * lines.GetValueOrDefault(instant);
        }

        return y;
    }

    /// <summary>Numbers from 0 what happens at one instant and place.</summary>
    private static IEnumerable<(T Item, int Line)> Lines<T>(IEnumerable<T> items, Func<T, (long At, int Place)> of)
    {
        var taken = new Dictionary<(long, int), int>();
        foreach (var item in items)
        {
            var line = taken.GetValueOrDefault(of(item));
            taken[of(item)] = line + 1;
            yield return (item, line);
        }
    }

    private double X(int node) => FirstLifeline + node * _spacing;

    private void Band(ChartBand band)
    {
        var height = Math.Max(5, _rows[band.Until] - _rows[band.From]);
        Put($"""<rect x="78" y="{_rows[band.From]:0.#}" width="{_width - 94:0.#}" height="{height:0.#}" fill="#e4e4e4"/>""");
        Put($"""<text x="{_width - 22:0.#}" y="{_rows[band.From] + Math.Max(height / 2, 10) + 4:0.#}" text-anchor="end" font-style="italic">link switch {SequenceChart.Milliseconds(band.Until - band.From)} ms</text>""");
    }

    private void Lifeline(int node)
    {
        var (x, name) = (X(node), Escaped(_chart.Nodes[node]));
        var half = Math.Max(26, _chart.Nodes[node].Length * 4 + 10);
        Put($"""<line x1="{x:0.#}" y1="{Top - 36:0.#}" x2="{x:0.#}" y2="{_bottom + 8:0.#}" stroke="#777777"/>""");
        foreach (var y in (double[])[Top - 54, _bottom + 8])
        {
            Put($"""<rect x="{x - half:0.#}" y="{y:0.#}" width="{2 * half:0.#}" height="22" rx="3" fill="#ffffff" stroke="#000000"/>""");
            Put($"""<text x="{x:0.#}" y="{y + 15:0.#}" text-anchor="middle" font-size="12" font-weight="bold">{name}</text>""");
        }
    }

    /// <summary>Where an arrow is drawn.</summary>
    private (double X1, double Y1, double X2, double Y2) LineOf(ChartArrow arrow)
    {
        var (x, y) = (X(arrow.From), _rows[arrow.SentAt] + Line * _sent[arrow]);
        return arrow.ReceivedAt is { } at
            ? (x, y, X(arrow.To), _rows[at] + Line * _received[arrow])
            : (x, y, x + (X(arrow.To) - x) * WayOfALostPacket, y + Row * WayOfALostPacket);
    }

    private void Arrow(ChartArrow arrow, (double X1, double Y1, double X2, double Y2) line)
    {
        var (x1, y1, x2, y2) = line;
        var ends = FormattableString.Invariant($"x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"");
        if (arrow.IsProtected)
            _text.Append($"<line {ends} stroke=\"#9fd3f2\" stroke-width=\"8\"/>\n");
        if (arrow.ReceivedAt is null)
        {
            _text.Append($"<line {ends} stroke=\"#b34700\" stroke-width=\"1.4\" stroke-dasharray=\"5 4\"/>\n");
            Put($"""<path d="M{x2 - 5:0.#} {y2 - 5:0.#}l10 10m0 -10l-10 10" stroke="#b34700" stroke-width="2.4"/>""");
            return;
        }

        _text.Append($"<line {ends} stroke=\"#000000\" stroke-width=\"1.4\"/>\n");
        Put($"""<path d="M0 0l-9 -4v8z" transform="translate({x2:0.#} {y2:0.#}) rotate({Degrees(line):0.#})"/>""");
    }

    private void Label(ChartArrow arrow, (double X1, double Y1, double X2, double Y2) line)
    {
        var upright = line.X2 < line.X1 ? Degrees(line) - 180 : Degrees(line);
        var way = arrow.ReceivedAt is null ? WayOfALostPacket : 1;
        var (x, y) = (line.X1 + (line.X2 - line.X1) / way / 2, line.Y1 + (line.Y2 - line.Y1) / way / 2);
        Halo($"""transform="translate({x:0.#} {y:0.#}) rotate({upright:0.#}) translate(0 -5)" text-anchor="middle" """, arrow.Label);
    }

    private static double Degrees((double X1, double Y1, double X2, double Y2) line) =>
        Math.Atan2(line.Y2 - line.Y1, line.X2 - line.X1) * 180 / Math.PI;

    private void Box(ChartBox box)
    {
        var (x, y) = (X(box.Node), _rows[box.From]);
        var height = Math.Max(6, _rows[box.Until] - y);
        Put($"""<rect x="{x - 6:0.#}" y="{y:0.#}" width="12" height="{height:0.#}" fill="#f0e442" stroke="#000000"/>""");
        Halo($"x=\"{x + 11:0.#}\" y=\"{y + Math.Min(height / 2, 13) + 2:0.#}\" font-style=\"italic\" ", box.Text);
    }

    private void Note(ChartNote note, int line)
    {
        var (x, y) = (X(note.Node), _rows[note.At] + Line * line);
        if (note.IsTimer)
        {
            Put($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="5" fill="#ffffff" stroke="#b34700" stroke-width="2"/>""");
            Halo($"x=\"{x - 10:0.#}\" y=\"{y + 4:0.#}\" text-anchor=\"end\" ", $"timer {note.Text}");
            return;
        }

        var width = note.Text.Length * LetterWidth + 12;
        Put($"""<line x1="{84 + width:0.#}" y1="{y:0.#}" x2="{x:0.#}" y2="{y:0.#}" stroke="#006b4f" stroke-dasharray="2 3"/>""");
        Put($"""<rect x="84" y="{y - 7:0.#}" width="{width:0.#}" height="14" rx="7" fill="#ffffff" stroke="#006b4f"/>""");
        Put($"""<text x="{84 + width / 2:0.#}" y="{y + 4:0.#}" text-anchor="middle" fill="#004d39">{Escaped(note.Text)}</text>""");
    }

    private void Legend(double y) => Put($"""
        <g transform="translate(16 {y:0.#})">
        <line x1="0" y1="0" x2="40" y2="0" stroke="#000000" stroke-width="1.4"/><path d="M40 0l-9 -4v8z"/><text x="48" y="4">packet: name, bytes, time of the hop</text>
        <line x1="290" y1="0" x2="330" y2="0" stroke="#9fd3f2" stroke-width="8"/><line x1="290" y1="0" x2="330" y2="0" stroke="#000000" stroke-width="1.4"/><text x="338" y="4">under ESP</text>
        <line x1="420" y1="0" x2="450" y2="0" stroke="#b34700" stroke-width="1.4" stroke-dasharray="5 4"/><path d="M445 -5l10 10m0 -10l-10 10" stroke="#b34700" stroke-width="2.4"/><text x="462" y="4">lost</text>
        <rect x="510" y="-7" width="12" height="14" fill="#f0e442" stroke="#000000"/><text x="530" y="4">computation</text>
        <rect x="620" y="-7" width="34" height="14" rx="7" fill="#ffffff" stroke="#006b4f"/><text x="662" y="4">mark</text>
        <rect x="710" y="-7" width="34" height="14" fill="#e4e4e4"/><text x="752" y="4">without link</text>
        </g>
        """);

    private void Halo(FormattableString attributes, string text) => _text.Append("<text ").Append(FormattableString.Invariant(attributes))
        .Append("stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\" xml:space=\"preserve\">").Append(Escaped(text)).Append("</text>\n");

    private void Put(FormattableString element) => _text.Append(FormattableString.Invariant(element)).Append('\n');

    /// <summary>Text as XML can hold it: what it cannot becomes the replacement character.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            escaped.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                < 0x20 or 0xFFFE or 0xFFFF => "\uFFFD",
                _ => rune.ToString(),
            });
        }

        return escaped.ToString();
    }
}
