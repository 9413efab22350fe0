namespace Actors.Kernel;

/// <summary>
/// One network domain as a unit of synchronisation: its actors share a dispatcher, run on one thread at a time, and may
/// Tell one another without delay. Domains that no delay separates share one logical process.
/// </summary>
public sealed class LogicalProcess
{
    internal LogicalProcess(string dispatcherId)
    {
        DispatcherId = dispatcherId;
    }

    /// <summary>Akka's id of the dispatcher; for <see cref="Akka.Actor.Props.WithDispatcher"/>.</summary>
    public string DispatcherId { get; }

    /// <summary>The partition that runs this process; null while it belongs to no engine.</summary>
    internal Partition? Partition { get; set; }

    /// <summary>Part of the identity of this process's actors, so that equal names in two domains differ.</summary>
    internal string Name { get; set; } = "";
}
