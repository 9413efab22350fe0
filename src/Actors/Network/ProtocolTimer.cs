using Actors.Kernel;

namespace Actors.Network;

/// <summary>
/// A protocol timer of a role machine. The machine keeps it beside the state it guards, asks its shell to start or cancel
/// it through <see cref="Effects"/>, and gets the same object back when it expires.
/// </summary>
/// <param name="name">For traces, such as "BU retransmission".</param>
/// <param name="state">The session or binding it belongs to.</param>
public sealed class ProtocolTimer(string name, object state) : VirtualTimer
{
    public string Name { get; } = name;

    public object State { get; } = state;
}
