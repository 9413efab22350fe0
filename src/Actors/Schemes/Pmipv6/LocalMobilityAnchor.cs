using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Pmipv6;

/// <summary>An entry of an anchor's binding cache (RFC 5213 section 5.1).</summary>
/// <param name="ProxyCareOfAddress">The gateway that serves the node.</param>
/// <param name="Timestamp">Of the last update accepted.</param>
public readonly record struct ProxyBinding(Address ProxyCareOfAddress, SimTime Timestamp, SimTime ExpiresAt)
{
    /// <summary>The number of the handover that has brought the node there.</summary>
    public int Handover { get; init; } = 1;
}

/// <summary>
/// The local mobility anchor (RFC 5213 section 5): home agent of nodes that do not know it. It binds the prefix of each to
/// the gateway that has registered it last, by the updates' timestamps. Signalling is protected by ESP in transport mode.
/// </summary>
public sealed class LocalMobilityAnchor : RoleMachine
{
    private static readonly TimeSpan LifetimeUnit = TimeSpan.FromSeconds(4);
    private static readonly int EspBytes = EspOverhead.Bytes(EspMode.Transport, ProxyBindingUpdate.HeaderBytes);
    private readonly NodeId _self;
    private readonly Address _address;
    private readonly NetworkFacts _network;
    private readonly Dictionary<NodeId, ProxyBinding> _bindings = [];

    public LocalMobilityAnchor(RoleContext context)
    {
        _self = context.Node.Id;
        _address = Address.Of(_self);
        _network = context.Network;
    }

    public int Count => _bindings.Count;

    public override void Reset(RunContext run) => _bindings.Clear();

    /// <summary>The valid binding of a mobile node, or null.</summary>
    public ProxyBinding? Find(NodeId mobile, SimTime now) =>
        _bindings.TryGetValue(mobile, out var binding) && binding.ExpiresAt > now ? binding : null;

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is Tunnelled { Data: { } data, Inner: var inner } && inner.Source.Host == data.Mobile)
            OnData(packet.Source, data, inner, effects);
        if (packet.Message is not ProxyBindingUpdate update)
            return;
        var (status, timestamp) = Process(packet.Source, packet.Handover.Number, update, effects.Now);
        var lifetime = status == ProxyBindingStatus.Accepted ? update.LifetimeUnits : (ushort)0;
        effects.Send(
            _address,
            packet.Source,
            new ProxyBindingAcknowledgement(update.MobileNode, status, update.HomeNetworkPrefix, update.Sequence, lifetime, timestamp),
            packet.Handover,
            EspBytes);
    }

    /// <summary>Data for a mobile node's prefix goes to its gateway in a tunnel; before the first update, to the one that it starts at.</summary>
    public override bool OnTransit(Packet packet, Effects effects)
    {
        var mobile = packet.Destination.Host;
        if (packet.Message.Data is null || FindForData(mobile, effects.Now) is not var (gateway, handover))
            return false;
        effects.Send(_address, gateway, new Tunnelled(packet), new HandoverKey(mobile, handover));
        return true;
    }

    /// <summary>Only from the gateway that has registered the mobile node.</summary>
    private void OnData(Address gateway, DataPacket data, Packet inner, Effects effects)
    {
        if (FindForData(data.Mobile, effects.Now)?.Gateway == gateway)
            effects.Send(inner);
        else
            effects.CountData(DataEvent.Dropped, data);
    }

    /// <summary>The gateway of a mobile node, and the handover that has brought it there; null for one whose registration is over.</summary>
    private (Address Gateway, int Handover)? FindForData(NodeId mobile, SimTime now)
    {
        if (Find(mobile, now) is { } binding)
            return (binding.ProxyCareOfAddress, binding.Handover);
        return _bindings.ContainsKey(mobile) ? null : (Address.Of(_network.ProfileOf(mobile).FirstRouter), 1);
    }

    private (ProxyBindingStatus Status, SimTime Timestamp) Process(Address gateway, int handover, ProxyBindingUpdate update, SimTime now)
    {
        if (update.HomeNetworkPrefix != Address.On(_self, update.MobileNode))
            return (ProxyBindingStatus.NotAnchorForThisMobileNode, update.Timestamp);
        if (Find(update.MobileNode, now) is { } valid && update.Timestamp < valid.Timestamp)
            return (ProxyBindingStatus.TimestampLowerThanAccepted, valid.Timestamp);
        if (update.LifetimeUnits > 0)
            _bindings[update.MobileNode] = new ProxyBinding(gateway, update.Timestamp, now + LifetimeUnit * update.LifetimeUnits) { Handover = handover };
        else
            _bindings.Remove(update.MobileNode);
        return (ProxyBindingStatus.Accepted, update.Timestamp);
    }
}
