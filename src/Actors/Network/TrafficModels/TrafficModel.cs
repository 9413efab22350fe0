using Topology.Randomness;

namespace Actors.Network.TrafficModels;

/// <summary>What an application sends, as a value: all that changes while it sends is the state of its stream.</summary>
public abstract record TrafficModel
{
    /// <summary>The packet that leaves now, and how long after it the next one does.</summary>
    public abstract Emission Next(ref StreamState state);
}

/// <summary>One packet of an application.</summary>
/// <param name="PayloadBytes">Not negative.</param>
/// <param name="Gap">Until the next packet; zero where that leaves at the same instant.</param>
public readonly record struct Emission(int PayloadBytes, TimeSpan Gap);

/// <summary>How far an application has come.</summary>
/// <param name="random">The stream's own draws: keyed by run, mobile node and direction, so that every scheme meets the same packets.</param>
public struct StreamState(RandomStream random)
{
    public RandomStream Random = random;

    /// <summary>Packets, frames: what the model counts.</summary>
    public long Count;

    /// <summary>What is left of the present spurt in ticks, or of the present frame in bytes.</summary>
    public long Left;
}
