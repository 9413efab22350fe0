using System.Globalization;

namespace Actors.Kernel;

/// <summary>An instant of virtual time, in ticks of 100 ns since the start of the run.</summary>
public readonly record struct SimTime(long Ticks) : IComparable<SimTime>
{
    public static readonly SimTime Zero = default;
    public static readonly SimTime MaxValue = new(long.MaxValue);

    public double Milliseconds => Ticks / (double)TimeSpan.TicksPerMillisecond;

    public int CompareTo(SimTime other) => Ticks.CompareTo(other.Ticks);

    public static SimTime operator +(SimTime instant, TimeSpan duration) => new(instant.Ticks + duration.Ticks);

    public static TimeSpan operator -(SimTime later, SimTime earlier) => new(later.Ticks - earlier.Ticks);

    public static bool operator <(SimTime left, SimTime right) => left.Ticks < right.Ticks;

    public static bool operator >(SimTime left, SimTime right) => left.Ticks > right.Ticks;

    public static bool operator <=(SimTime left, SimTime right) => left.Ticks <= right.Ticks;

    public static bool operator >=(SimTime left, SimTime right) => left.Ticks >= right.Ticks;

    public override string ToString() => Milliseconds.ToString("0.####", CultureInfo.InvariantCulture) + " ms";
}
