using Actors.Kernel;
using Actors.Network;
using Actors.Schemes.Pmipv6;
using Topology.Addressing;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>Proxy Mobile IPv6: what the anchor keeps.</summary>
public class Pmipv6Tests
{
    [Fact]
    public void The_anchor_knows_the_gateway_after_each_handover()
    {
        var network = InPaper("pmipv6");
        foreach (var router in new[] { "nar", "par", "par", "nar" })
        {
            Assert.Equal("basic", network.HandOver("mn", router).Outcome.Name);
            Assert.Equal(Gateway(router), Bound(network));
        }
    }

    [Fact]
    public void An_update_older_than_the_binding_does_not_move_it()
    {
        var network = InPaper("pmipv6");
        network.HandOver("mn", "par");
        network.HandOver("mn", "nar");
        Update(network, Gateway("par"), Home, SimTime.Zero);
        Assert.Equal("ha>par PBA", network.Sent[^1]);
        Assert.Equal(Gateway("nar"), Bound(network));
    }

    [Fact]
    public void A_prefix_of_another_node_or_anchor_is_refused()
    {
        var network = InPaper("pmipv6");
        Update(network, Gateway("par"), Home with { InterfaceId = 1 }, SimTime.Zero);
        Assert.Equal(0, network.Machine<LocalMobilityAnchor>("ha").Count);
    }

    [Fact]
    public void A_binding_ends_with_its_lifetime_or_with_an_update_of_none()
    {
        var network = InPaper("pmipv6");
        network.HandOver("mn", "nar");
        network.Wait(TimeSpan.FromSeconds(421));
        Assert.Null(Bound(network));
        network.HandOver("mn", "par");
        Update(network, Gateway("par"), Home, network.Now, lifetimeUnits: 0);
        Assert.Null(Bound(network));
    }

    [Fact]
    public void A_gateway_forgets_whom_it_has_registered()
    {
        var network = new ProtocolNetwork(Hierarchical(2), Scheme("pmipv6"), Costs);
        network.HandOver("mn0", "ar2");
        network.HandOver("mn1", "ar2");
        Assert.Equal(2, network.Machine<MobileAccessGateway>("ar2").Attachments.Count);
        network.Wait(TimeSpan.FromSeconds(20));
        network.HandOver("mn1", "ar2");
        Assert.Equal(1, network.Machine<MobileAccessGateway>("ar2").Attachments.Count);
    }

    private static Address Home => Address.On(Paper.Find("ha")!.Value, Paper.Find("mn")!.Value);

    private static Address Gateway(string router) => Address.Of(Paper.Find(router)!.Value);

    private static Address? Bound(ProtocolNetwork network) =>
        network.Machine<LocalMobilityAnchor>("ha").Find(Home.Host, network.Now)?.ProxyCareOfAddress;

    private static void Update(ProtocolNetwork network, Address gateway, Address prefix, SimTime timestamp, ushort lifetimeUnits = 9)
    {
        var update = new ProxyBindingUpdate(Home.Host, prefix, 1, lifetimeUnits, HandoffIndicator.Unknown, timestamp);
        network.Inject(new Packet(gateway, Gateway("ha"), update, default));
        network.Run();
    }
}
