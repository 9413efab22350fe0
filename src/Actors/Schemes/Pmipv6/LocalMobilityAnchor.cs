using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Pmipv6;

/// <summary>An entry of an anchor's binding cache (RFC 5213 section 5.1).</summary>
/// <param name="ProxyCareOfAddress">The gateway that serves the node.</param>
/// <param name="Timestamp">Of the last update accepted.</param>
public readonly record struct ProxyBinding(Address ProxyCareOfAddress, SimTime Timestamp, SimTime ExpiresAt);

/// <summary>
/// The local mobility anchor (RFC 5213 section 5): home agent of nodes that do not know it. It binds the prefix of each to
/// the gateway that has registered it last, by the updates' timestamps. Signalling is protected by ESP in transport mode.
/// </summary>
public sealed class LocalMobilityAnchor(NodeId self) : RoleMachine
{
    private static readonly TimeSpan LifetimeUnit = TimeSpan.FromSeconds(4);
    private static readonly int EspBytes = EspOverhead.Bytes(EspMode.Transport, ProxyBindingUpdate.HeaderBytes);
    private readonly Address _address = Address.Of(self);
    private readonly Dictionary<NodeId, ProxyBinding> _bindings = [];

    public int Count => _bindings.Count;

    public override void Reset(RunContext run) => _bindings.Clear();

    /// <summary>The valid binding of a mobile node, or null.</summary>
    public ProxyBinding? Find(NodeId mobile, SimTime now) =>
        _bindings.TryGetValue(mobile, out var binding) && binding.ExpiresAt > now ? binding : null;

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is not ProxyBindingUpdate update)
            return;
        var (status, timestamp) = Process(packet.Source, update, effects.Now);
        var lifetime = status == ProxyBindingStatus.Accepted ? update.LifetimeUnits : (ushort)0;
        effects.Send(new Packet(
            _address,
            packet.Source,
            new ProxyBindingAcknowledgement(update.MobileNode, status, update.HomeNetworkPrefix, update.Sequence, lifetime, timestamp),
            packet.Handover,
            EspBytes));
    }

    private (ProxyBindingStatus Status, SimTime Timestamp) Process(Address gateway, ProxyBindingUpdate update, SimTime now)
    {
        if (update.HomeNetworkPrefix != Address.On(self, update.MobileNode))
            return (ProxyBindingStatus.NotAnchorForThisMobileNode, update.Timestamp);
        if (Find(update.MobileNode, now) is { } valid && update.Timestamp < valid.Timestamp)
            return (ProxyBindingStatus.TimestampLowerThanAccepted, valid.Timestamp);
        if (update.LifetimeUnits > 0)
            _bindings[update.MobileNode] = new ProxyBinding(gateway, update.Timestamp, now + LifetimeUnit * update.LifetimeUnits);
        else
            _bindings.Remove(update.MobileNode);
        return (ProxyBindingStatus.Accepted, update.Timestamp);
    }
}
