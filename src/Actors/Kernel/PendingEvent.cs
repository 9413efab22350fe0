using Akka.Actor;

namespace Actors.Kernel;

/// <summary>What a pending event delivers, in a slot of the queue's slab; its key lies elsewhere.</summary>
internal struct PendingEvent
{
    /// <summary>Null for an action, and for a cancelled event that waits to be swept.</summary>
    public IActorRef? Receiver;

    /// <summary>Null for a cancelled event, and for a free slot.</summary>
    public object? Message;

    public IActorRef? Sender;

    public VirtualTimer? Timer;
}
