using Actors.Network;
using Topology.Addressing;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Mobility;

/// <summary>A request that a server may refuse.</summary>
public interface IRefusable
{
    /// <summary>The refusal, unprotected; null where only the server itself could write one.</summary>
    /// <param name="request">The packet that holds this message.</param>
    /// <param name="status">Of RFC 6275 section 6.1.8.</param>
    Packet? Refused(Packet request, byte status);
}

/// <summary>
/// A server that refuses requests, all of them or a share, whatever its role would answer; the rest is its role's. A refused
/// request changes nothing at the server (RFC 6275 section 9.5.1). The refusal is protected as the request was.
/// </summary>
public sealed class RefusingServer : RoleMachine
{
    private readonly RoleMachine _role;
    private readonly NodeId _self;
    private readonly Refusal _refusal;
    private RandomStream _refusals;

    private RefusingServer(RoleMachine role, NodeId self, Refusal refusal)
    {
        _role = role;
        _self = self;
        _refusal = refusal;
    }

    /// <summary>The machine of a node, which refuses where the node does.</summary>
    public static RoleMachine? Of(RoleMachine? role, NodeSpec node) =>
        role is not null && node.Refusal is { Probability: > 0 } refusal ? new RefusingServer(role, node.Id, refusal) : role;

    public override void Reset(RunContext run)
    {
        _refusals = run.Stream((ulong)_self.Index, StreamPurpose.Fault);
        _role.Reset(run);
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is IRefusable request && request.Refused(packet, _refusal.Status) is { } refusal
            && _refusals.NextDouble() < _refusal.Probability)
            effects.Send(refusal);
        else
            _role.OnPacket(packet, effects);
    }

    public override void OnTimer(ProtocolTimer timer, Effects effects) => _role.OnTimer(timer, effects);

    public override void OnComputed(object continuation, Effects effects) => _role.OnComputed(continuation, effects);

    public override bool OnTransit(Packet packet, Effects effects) => _role.OnTransit(packet, effects);
}
