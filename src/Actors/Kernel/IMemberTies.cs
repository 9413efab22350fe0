using Akka.Actor;

namespace Actors.Kernel;

/// <summary>
/// What one member knows of the others between two windows. Times are in ticks; <see cref="long.MaxValue"/> stands for never.
/// </summary>
/// <param name="Earliest">Of the events that are pending or on their way; of one member or of all.</param>
/// <param name="FaultAt">When the run failed; nothing later than that needs to be run.</param>
/// <param name="Limit">Before this instant nothing that another member sends can arrive: the end of the next window, exclusive.</param>
internal readonly record struct Horizon(long Earliest, long FaultAt, long Limit);

/// <summary>Binds the partitions of this member to those of the others that run the same network.</summary>
internal interface IMemberTies
{
    /// <summary>Called by a partition while it executes an event for an actor of another member.</summary>
    void Send(Partition from, AbsentActor to, TimeSpan delay, in RemoteEvent remote);

    /// <summary>
    /// Give the other members what was sent to them, and wait for what they give. Called for all partitions of this member by one
    /// of them, while the others wait.
    /// </summary>
    /// <exception cref="MemberLostException">Another member does not answer any more.</exception>
    Horizon Exchange(in Horizon own);

    /// <summary>Take over what the other members have sent to a partition; called by each after an exchange.</summary>
    void Accept(Partition partition);

    /// <summary>Forget what is on its way.</summary>
    void Clear();

    /// <summary>Name of an actor of another member.</summary>
    ActorPath PathOf(int code);
}

/// <summary>A member that the network runs on is lost, or the run was called off: it can be begun again.</summary>
public sealed class MemberLostException(string message) : Exception(message)
{
    /// <summary>The member that is lost, by its number in the placement; null where the run was called off.</summary>
    public int? Member { get; init; }
}
