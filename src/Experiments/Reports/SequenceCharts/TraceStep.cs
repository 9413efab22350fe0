using Actors.Kernel;

namespace Experiments.Reports.SequenceCharts;

/// <summary>One step of one node.</summary>
/// <param name="Kind">send, receive, compute, timer or mark.</param>
/// <param name="Message">Name of the message, computation, timer or mark.</param>
/// <param name="Peer">The other end of the hop of a send or receive.</param>
/// <param name="Bytes">Size of the packet.</param>
/// <param name="Id">Number of the send, from 1; a receive has that of its send. A send without a receive was lost.</param>
public sealed record TraceStep(SimTime At, string Node, string Kind, string Message, string? Peer, int? Bytes, long? Id)
{
    /// <summary>Whether ESP protects the packet of a send or receive.</summary>
    public bool IsProtected { get; init; }

    /// <summary>Virtual time that a computation takes.</summary>
    public TimeSpan Cost { get; init; }
}
