using System.Globalization;
using Experiments.Reports.SequenceCharts;

namespace Experiments.Cli;

/// <summary>Steps of a trace as text of some form.</summary>
internal static class TraceText
{
    /// <param name="format">`svg`, `mermaid` or `jsonl`; else lines.</param>
    public static string Of(string title, IReadOnlyList<TraceStep> steps, string format) => format switch
    {
        "svg" => SvgChart.Text(new SequenceChart(title, steps)),
        "mermaid" => MermaidChart.Text(new SequenceChart(title, steps)),
        "jsonl" => string.Concat(steps.Select(step => Json(step) + "\n")),
        _ => string.Concat(steps.Select(step => Line(step) + "\n").Prepend($"# {title}; times in ms\n")),
    };

    private static string Json(TraceStep step) => JsonText.Of(new
    {
        t_ms = (decimal)step.At.Ticks / TimeSpan.TicksPerMillisecond,
        node = step.Node,
        kind = step.Kind,
        message = step.Message,
        peer = step.Peer,
        bytes = step.Bytes,
        id = step.Id,
    });

    private static string Line(TraceStep step)
    {
        var peer = step.Kind switch
        {
            "send" => $"> {step.Peer}",
            "receive" => $"< {step.Peer}",
            _ => "",
        };
        var packet = step.Id is { } id ? string.Create(CultureInfo.InvariantCulture, $"{step.Bytes,5} B  #{id}") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{step.At.Milliseconds,10:0.0000}  {step.Node,-6} {step.Kind,-8} {peer,-8} {step.Message,-28} {packet}").TrimEnd();
    }
}
