using System.Text;

namespace Experiments.Reports.SequenceCharts;

/// <summary>
/// A chart as a Mermaid <c>sequenceDiagram</c>, a statement a line in order of time: solid arrows in the clear, dotted ones under
/// ESP, a cross at the end of a lost one, a grey rectangle around what happens without link.
/// </summary>
public static class MermaidChart
{
    public static string Text(SequenceChart chart)
    {
        // At one instant: what ends a time without link, then what happens, then what begins one.
        var statements = new List<(long At, int Order, string Text)>();
        foreach (var band in chart.Bands)
        {
            statements.Add((band.From, 4, "rect rgb(225, 225, 225)"));
            statements.Add((band.From, 5, $"Note over n{band.Node}: link switch {SequenceChart.Milliseconds(band.Until - band.From)} ms"));
            statements.Add((band.Until, band.Until == band.From ? 6 : 0, "end"));
        }

        statements.AddRange(chart.Notes.Select(note => (note.At, 1, $"Note over n{note.Node}: {Escaped((note.IsTimer ? "timer " : "") + note.Text)} at {SequenceChart.Milliseconds(note.At)} ms")));
        statements.AddRange(chart.Boxes.Select(box => (box.From, 2, $"Note right of n{box.Node}: {Escaped(box.Text)}")));
        statements.AddRange(chart.Arrows.Select(arrow => (arrow.SentAt, 3, $"n{arrow.From}{Line(arrow)}n{arrow.To}: {Escaped(arrow.Label)}")));

        var text = new StringBuilder("sequenceDiagram\n");
        text.Append("    title ").Append(Escaped(chart.Title)).Append('\n');
        for (var node = 0; node < chart.Nodes.Count; node++)
            text.Append("    participant n").Append(node).Append(" as ").Append(Escaped(chart.Nodes[node])).Append('\n');
        foreach (var (_, _, statement) in statements.OrderBy(statement => statement.At).ThenBy(statement => statement.Order))
            text.Append("    ").Append(statement).Append('\n');
        return text.ToString();
    }

    private static string Line(ChartArrow arrow) => (arrow.IsProtected, arrow.ReceivedAt) switch
    {
        (false, not null) => "->>",
        (true, not null) => "-->>",
        (false, null) => "-x",
        (true, null) => "--x",
    };

    /// <summary>Letters, digits and harmless signs as they are; everything that Mermaid or HTML might read otherwise as an entity.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '.' or ',' or '-' or '_' or '(' or ')' or '=' or '/')
                escaped.Append(rune.ToString());
            else
                escaped.Append(Rune.IsControl(rune) ? " " : $"#{rune.Value};");
        }

        return escaped.ToString();
    }
}
