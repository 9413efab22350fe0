namespace Actors.Mobility;

/// <summary>The one option that all schemes share.</summary>
public static class RetransmissionOption
{
    public const string Name = "retransmission";

    public static readonly SchemeOption Option = new(
        Name,
        TimeSpan.FromSeconds(1),
        "Wait before a request without answer is sent again; doubled each time, at most 3 times (RFC 5568: the larger of 100 ms and 2 RTT); a binding update waits 1 s at least (RFC 6275).");
}
