namespace Actors.Placement;

/// <summary>What members call the actors that an event can have to do with: an index in the plan, and of what.</summary>
internal static class ActorCode
{
    public const int Nobody = 3;
    public const int Node = 0;
    public const int Medium = 1;
    public const int Downlink = 2;

    public static int Of(int kind, int index) => (index << 2) | kind;
}
