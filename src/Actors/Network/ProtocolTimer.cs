using Actors.Kernel;

namespace Actors.Network;

/// <summary>
/// A protocol timer of a role machine: the state that it guards derives from it, so that a session and its timer are one
/// object. The machine asks its shell to start or cancel it through <see cref="Effects"/>, and gets the same object back
/// when it expires.
/// </summary>
public abstract class ProtocolTimer : VirtualTimer
{
    /// <summary>The life of its node in which it was started: one from before a restart comes back to nobody.</summary>
    internal int Life { get; set; }

    /// <summary>For traces, such as "BU retransmission".</summary>
    public abstract string Name { get; }
}
