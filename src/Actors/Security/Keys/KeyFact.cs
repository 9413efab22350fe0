using Actors.Security.Esp;
using Topology.Plans;

namespace Actors.Security.Keys;

/// <summary>
/// What a ring has come to know when a node has put a message into bytes, and what another ring of the same run has to know before
/// it can read these. Each says all of itself, so that facts may come in any order, and twice.
/// </summary>
public abstract record KeyFact
{
    private KeyFact()
    {
    }

    /// <summary>KE with this hash stands for a share.</summary>
    public sealed record KeyShare(UInt128 Hash, ulong Symbol) : KeyFact;

    /// <summary>The public key with this hash is that of a generator of identity keys.</summary>
    public sealed record Authority(UInt128 Hash, NodeId Node) : KeyFact;

    /// <summary>An initiator has asked for keys, in the course of a handover.</summary>
    public sealed record Offer(NodeId Mobile, int Number, NodeId Initiator, ulong Nonce, ulong Share) : KeyFact;

    /// <summary>A responder has answered: both have keys.</summary>
    /// <param name="Offered">The initiator's share.</param>
    /// <param name="Kind">How they speak with each other.</param>
    public sealed record Answer(
        NodeId Initiator, ulong InitiatorNonce, ulong Offered, NodeId Responder, ulong Nonce, ulong Share, ExchangeKind Kind) : KeyFact;

    /// <summary>The first message of the end of an exchange that has this nonce.</summary>
    public sealed record FirstMessage(ulong Nonce, byte[] Bytes) : KeyFact;

    /// <summary>The association that was set up before the run has come into use.</summary>
    public sealed record Provision(NodeId From, NodeId To, EncapsulationMode Mode) : KeyFact;
}

/// <summary>How the ends of an exchange of keys speak with each other. It is part of their SPIs.</summary>
public enum ExchangeKind : byte
{
    /// <summary>By chains of payloads that other messages carry.</summary>
    Carried = 0,

    /// <summary>By messages of IKEv2.</summary>
    Direct = 2,

    /// <summary>By messages of IKEv2, with a ticket in the place of shares: the nonce of the answer, as sent, holds the share too (RFC 5723).</summary>
    Resumed = 3,
}
