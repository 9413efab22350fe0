using System.Globalization;
using Actors.Observation;

namespace Experiments.Reports.SequenceCharts;

/// <summary>A hop of a packet. Instants in ticks of 100 ns.</summary>
/// <param name="ReceivedAt">Null for a packet that was lost.</param>
public sealed record ChartArrow(int From, int To, long SentAt, long? ReceivedAt, string Message, int Bytes, bool IsProtected)
{
    /// <summary><c>BU  132 B  4.5 ms  ESP</c></summary>
    public string Label =>
        string.Create(CultureInfo.InvariantCulture, $"{Message}  {Bytes} B  ")
        + (ReceivedAt is { } received ? SequenceChart.Milliseconds(received - SentAt) + " ms" : "lost")
        + (IsProtected ? "  ESP" : "");
}

/// <summary>A computation on a lifeline.</summary>
public sealed record ChartBox(int Node, long From, long Until, string Text);

/// <summary>A mark, or a timer that expired.</summary>
public sealed record ChartNote(int Node, long At, string Text, bool IsTimer);

/// <summary>A time without link of a mobile node.</summary>
public sealed record ChartBand(int Node, long From, long Until);

/// <summary>
/// What a sequence chart shows of a trace, whatever it is drawn as: a lifeline for each node in order of its first step, and what
/// happens between and on them, each list in order of time.
/// </summary>
public sealed class SequenceChart
{
    private readonly List<string> _nodes = [];

    /// <param name="steps">As they were recorded.</param>
    public SequenceChart(string title, IReadOnlyList<TraceStep> steps)
    {
        Title = title;
        var receives = steps.Where(step => step.Kind == "receive").ToDictionary(step => step.Id!.Value);
        var last = steps.Count == 0 ? 0 : steps.Max(step => step.At.Ticks + step.Cost.Ticks);
        var arrows = new List<ChartArrow>();
        var boxes = new List<ChartBox>();
        var notes = new List<ChartNote>();
        var bands = new List<ChartBand>();
        var open = new Dictionary<int, long>();
        foreach (var step in steps.OrderBy(step => step.At))
        {
            var node = IndexOf(step.Node);
            switch (step.Kind)
            {
                case "send":
                    var receive = receives.GetValueOrDefault(step.Id!.Value);
                    arrows.Add(new ChartArrow(node, IndexOf(step.Peer!), step.At.Ticks, receive?.At.Ticks, step.Message, step.Bytes!.Value, step.IsProtected));
                    break;
                case "compute":
                    boxes.Add(new ChartBox(node, step.At.Ticks, (step.At + step.Cost).Ticks, $"{step.Message} {Milliseconds(step.Cost.Ticks)} ms"));
                    break;
                case "mark":
                    notes.Add(new ChartNote(node, step.At.Ticks, step.Message, false));
                    if (step.Message == Mark.LinkDown.Name)
                        open[node] = step.At.Ticks;
                    else if (step.Message == Mark.LinkUp.Name && open.Remove(node, out var down))
                        bands.Add(new ChartBand(node, down, step.At.Ticks));
                    break;
                case "timer":
                    notes.Add(new ChartNote(node, step.At.Ticks, step.Message, true));
                    break;
            }
        }

        bands.AddRange(open.OrderBy(band => band.Value).Select(band => new ChartBand(band.Key, band.Value, last)));
        (Arrows, Boxes, Notes, Bands) = (arrows, boxes, notes, bands);
    }

    public string Title { get; }

    /// <summary>Names; the other lists count them from 0.</summary>
    public IReadOnlyList<string> Nodes => _nodes;

    public IReadOnlyList<ChartArrow> Arrows { get; }

    public IReadOnlyList<ChartBox> Boxes { get; }

    public IReadOnlyList<ChartNote> Notes { get; }

    public IReadOnlyList<ChartBand> Bands { get; }

    /// <summary>Ticks as ms, to the tick.</summary>
    public static string Milliseconds(long ticks) =>
        ((decimal)ticks / TimeSpan.TicksPerMillisecond).ToString("0.####", CultureInfo.InvariantCulture);

    private int IndexOf(string node)
    {
        var index = _nodes.IndexOf(node);
        if (index >= 0)
            return index;
        _nodes.Add(node);
        return _nodes.Count - 1;
    }
}
