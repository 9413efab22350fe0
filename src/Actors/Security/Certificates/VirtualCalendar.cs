namespace Actors.Security.Certificates;

/// <summary>Where virtual time stands in the calendar, so that certificates have dates and can expire in a run.</summary>
public static class VirtualCalendar
{
    /// <summary>Instant zero of every run, UTC.</summary>
    public static readonly DateTime Epoch = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <param name="elapsed">Virtual time since the start of the run.</param>
    public static DateTime At(TimeSpan elapsed) => Epoch + elapsed;
}
