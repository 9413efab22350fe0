namespace Actors.Kernel;

/// <summary>How the kernel hands a message to an actor; both give the same results.</summary>
public enum DeliveryMode
{
    /// <summary>Invoke the actor's cell at once where its mailbox is open and empty.</summary>
    Direct,

    /// <summary>Always through Akka's mailbox: slower, uses no private API; the reference that tests compare with.</summary>
    Mailbox,
}
