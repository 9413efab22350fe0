using Actors.Kernel;

namespace Actors.Observation;

/// <summary>The marks of one handover in the order in which they were set; reused for the node's next handover.</summary>
public sealed class HandoverTimeline
{
    private Mark[] _marks = new Mark[8];
    private SimTime[] _times = new SimTime[8];

    public int Count { get; private set; }

    public (Mark Mark, SimTime At) this[int index] => (_marks[index], _times[index]);

    public void Clear() => Count = 0;

    public void Add(Mark mark, SimTime at)
    {
        if (Count == _marks.Length)
        {
            Array.Resize(ref _marks, 2 * Count);
            Array.Resize(ref _times, 2 * Count);
        }

        _marks[Count] = mark;
        _times[Count++] = at;
    }

    /// <summary>The first instant of <paramref name="mark"/>, or null where the handover never set it.</summary>
    public SimTime? Find(Mark mark)
    {
        var index = Array.IndexOf(_marks, mark, 0, Count);
        return index < 0 ? null : _times[index];
    }
}

/// <summary>A named part of a handover: the duration between two marks.</summary>
/// <param name="Name">A metric's name (`pre`, `registration`, ...).</param>
public sealed record Phase(string Name, Mark From, Mark To)
{
    /// <summary>Null where the handover lacks one of the marks.</summary>
    public TimeSpan? Duration(HandoverTimeline timeline) => timeline.Find(To) - timeline.Find(From);
}

/// <summary>How a handover ended. Open: a scheme may name outcomes of its own.</summary>
/// <param name="Name">`predictive`, `reactive`, `basic`, `failed`, ...</param>
/// <param name="Reason">Why it failed; null otherwise.</param>
public sealed record Outcome(string Name, string? Reason = null)
{
    /// <summary>Prepared on the old link, completed on the new.</summary>
    public static readonly Outcome Predictive = new("predictive");

    /// <summary>Prepared, if at all, only after the switch.</summary>
    public static readonly Outcome Reactive = new("reactive");

    /// <summary>A handover of a scheme that knows no preparation.</summary>
    public static readonly Outcome Basic = new("basic");

    /// <summary>The node has moved on before it ended.</summary>
    public static readonly Outcome Superseded = Failed("superseded by the next handover");

    /// <summary>Not completed.</summary>
    public static Outcome Failed(string reason) => new("failed", reason);

    public bool IsFailure => Name == "failed";
}
