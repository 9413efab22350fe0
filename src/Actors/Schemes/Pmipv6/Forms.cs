using System.Globalization;
using System.Text;
using Actors.Kernel;
using Actors.Mobility.Forms;
using Actors.Network.Forms;
using Actors.Wire.Icmpv6;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Pmipv6;

public sealed class ProxyBindingUpdateForm : MessageForm<ProxyBindingUpdate>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.BindingUpdate)];

    public override void Write(ProxyBindingUpdate message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        writer.BeginMobility(new BindingUpdateHeader(
            message.Sequence, BindingUpdateFlags.Acknowledge | BindingUpdateFlags.ProxyRegistration, message.LifetimeUnits));
        ProxyFields.Add(ref writer, message.MobileNode, message.HomeNetworkPrefix, message.Indicator, message.Timestamp);
    }

    public override ProxyBindingUpdate? Read(Ipv6Packet packet, FormScope scope) =>
        packet.ReadMobility<BindingUpdateHeader>().TryGet(out var read) && (read.Body.Flags & BindingUpdateFlags.ProxyRegistration) != 0
            && ProxyFields.TryRead(read.Options, out var mobile, out var prefix, out var indicator, out var timestamp)
            ? new ProxyBindingUpdate(mobile, prefix, read.Body.Sequence, read.Body.LifetimeUnits, indicator, timestamp)
            : null;
}

public sealed class ProxyBindingAcknowledgementForm : MessageForm<ProxyBindingAcknowledgement>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.BindingAcknowledgement)];

    public override void Write(ProxyBindingAcknowledgement message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        writer.BeginMobility(new BindingAcknowledgementHeader(
            (byte)message.Status, BindingAcknowledgementFlags.ProxyRegistration, message.Sequence, message.LifetimeUnits));
        ProxyFields.Add(ref writer, message.MobileNode, message.HomeNetworkPrefix, HandoffIndicator.BetweenGateways, message.Timestamp);
    }

    public override ProxyBindingAcknowledgement? Read(Ipv6Packet packet, FormScope scope) =>
        packet.ReadMobility<BindingAcknowledgementHeader>().TryGet(out var read) && (read.Body.Flags & BindingAcknowledgementFlags.ProxyRegistration) != 0
            && ProxyFields.TryRead(read.Options, out var mobile, out var prefix, out _, out var timestamp)
            ? new ProxyBindingAcknowledgement(mobile, (ProxyBindingStatus)read.Body.Status, prefix, read.Body.Sequence, read.Body.LifetimeUnits, timestamp)
            : null;
}

/// <summary>A Router Advertisement of a prefix that is not the router's own.</summary>
public sealed class HomeLinkAdvertisementForm : NeighborDiscoveryForm<HomeLinkAdvertisement>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Neighbor(Icmpv6Type.RouterAdvertisement)];

    public override void Write(HomeLinkAdvertisement message, FormScope scope, ref Ipv6PacketWriter writer) =>
        RouterAdvertisementForm.Begin(new Address(message.HomeNetworkPrefix.Prefix, 0), scope, ref writer);

    public override HomeLinkAdvertisement? Read(Ipv6Packet packet, FormScope scope)
    {
        if (!packet.ReadNeighborDiscovery<RouterAdvertisementHeader>().TryGet(out var read)
            || !read.Options.TryFind<PrefixInformationOption>(out var prefix) || prefix.Prefix.PrefixOwner == packet.Header.Source.Host)
            return null;
        var measured = scope.Measured as HomeLinkAdvertisement;
        return new HomeLinkAdvertisement(
            Address.On(prefix.Prefix.PrefixOwner, packet.Header.Destination.Host), measured?.UpdateSentAt, measured?.RegisteredAt);
    }
}

/// <summary>The options by which gateways and anchors name a mobile node.</summary>
internal static class ProxyFields
{
    private const byte AccessIdentifier = 1;
    private const byte Ieee80211 = 4;
    private const byte PrefixBits = 64;
    private const string Realm = "@handover.example";

    /// <summary>An NAI of 24 octets (RFC 4283).</summary>
    public static void AddIdentifier(ref Ipv6PacketWriter writer, NodeId mobile) => writer.AddMobilityOption(
        new MobileNodeIdentifierOption(AccessIdentifier, Encoding.ASCII.GetBytes(mobile.Index.ToString("x7", CultureInfo.InvariantCulture) + Realm)));

    public static NodeId? FindIdentifier(MobilityOptions options) =>
        options.TryFind<MobileNodeIdentifierOption>(out var option) && option.Identifier.Length == 7 + Realm.Length
            && int.TryParse(option.Identifier[..7], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var index)
            ? new NodeId(index)
            : null;

    public static void AddPrefix(ref Ipv6PacketWriter writer, Address prefix) =>
        writer.AddMobilityOption(new HomeNetworkPrefixOption(PrefixBits, new Address(prefix.Prefix, 0)));

    public static void Add(ref Ipv6PacketWriter writer, NodeId mobile, Address prefix, HandoffIndicator indicator, SimTime timestamp)
    {
        AddIdentifier(ref writer, mobile);
        AddPrefix(ref writer, prefix);
        writer.AddMobilityOption(new HandoffIndicatorOption((byte)indicator));
        writer.AddMobilityOption(new AccessTechnologyTypeOption(Ieee80211));

        // Ticks, where the RFC counts 1/65,536 s: the order of updates must be that of model mode.
        writer.AddMobilityOption(new TimestampOption((ulong)timestamp.Ticks));
    }

    public static bool TryRead(MobilityOptions options, out NodeId mobile, out Address prefix, out HandoffIndicator indicator, out SimTime timestamp)
    {
        (mobile, prefix, indicator, timestamp) = (default, default, default, default);
        if (FindIdentifier(options) is not { } named || !options.TryFind<HomeNetworkPrefixOption>(out var home)
            || !options.TryFind<HandoffIndicatorOption>(out var how) || !options.TryFind<TimestampOption>(out var time))
            return false;
        (mobile, prefix) = (named, Address.On(home.Prefix.PrefixOwner, named));
        (indicator, timestamp) = ((HandoffIndicator)how.Value, new SimTime((long)time.Value));
        return true;
    }
}
