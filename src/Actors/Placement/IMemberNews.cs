using Actors.Placement.Bytes;

namespace Actors.Placement;

/// <summary>What members of a run have to know of each other besides events: each tells it before the events that rest on it.</summary>
internal interface IMemberNews
{
    /// <summary>What is new since the last call.</summary>
    void Write(EventWriter writer);

    /// <summary>What was new at another member.</summary>
    void Read(EventReader reader);
}
