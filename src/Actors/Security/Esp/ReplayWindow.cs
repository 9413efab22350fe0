namespace Actors.Security.Esp;

/// <summary>
/// The sequence numbers seen of late (RFC 4303, section 3.4.3): those more than 63 below the highest are too old, others may
/// come once. Check before the integrity check value, slide after it. A mutable struct.
/// </summary>
public struct ReplayWindow
{
    public const int Size = 64;

    private ulong _seen;

    /// <summary>The highest number accepted so far; 0 before the first.</summary>
    public uint Highest { get; private set; }

    /// <summary>Whether a packet of this number may still come.</summary>
    public readonly bool Admits(uint sequence)
    {
        if (sequence == 0)
            return false;
        if (sequence > Highest)
            return true;
        var age = Highest - sequence;
        return age < Size && (_seen >> (int)age & 1) == 0;
    }

    /// <summary>A packet of this number, which is admitted, was authentic.</summary>
    public void Slide(uint sequence)
    {
        if (sequence > Highest)
        {
            var step = sequence - Highest;
            _seen = step < Size ? _seen << (int)step : 0;
            Highest = sequence;
        }

        _seen |= 1UL << (int)(Highest - sequence);
    }
}
