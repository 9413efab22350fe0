using Actors.Wire;
using Actors.Wire.Icmpv6;
using Actors.Wire.Ikev2;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;
using Actors.Wire.Transport;

namespace Tests.Actors.Wire;

public class AllocationTests
{
    [Fact]
    public void Reading_any_packet_allocates_nothing()
    {
        var buffer = new byte[2048];
        var samples = SamplePackets.All.Select(sample => sample.Bytes).ToArray();
        Assert.Equal(0, Allocated(() =>
        {
            foreach (var bytes in samples)
                FormatRegistry.Standard.Check(bytes);
            foreach (var bytes in samples)
                ReadChains(bytes, buffer);
        }));
    }

    [Fact]
    public void Writing_a_packet_allocates_nothing()
    {
        var buffer = new byte[2048];
        Assert.Equal(0, Allocated(() =>
        {
            var packet = new Ipv6PacketWriter(buffer, new Ipv6Header(SamplePackets.Previous, SamplePackets.PreviousRouter));
            packet.AddHomeAddress(SamplePackets.Previous);
            packet.BeginMobility(new FastBindingUpdateHeader(1, BindingUpdateFlags.Acknowledge, 60));
            packet.AddMobilityOption(new AlternateCareOfAddressOption(SamplePackets.New));
            packet.AddMobilityOption(new MobilityLinkLayerAddressOption(2, SamplePackets.LinkLayer));
            packet.Finish();
            packet = new Ipv6PacketWriter(buffer, new Ipv6Header(SamplePackets.Previous, SamplePackets.PreviousRouter, 255));
            packet.BeginNeighborDiscovery(new ProxyRouterSolicitationHeader(1));
            packet.AddNeighborDiscoveryOption(new LinkLayerAddressOption(LinkLayerAddressCode.Source, SamplePackets.LinkLayer));
            packet.Finish();
            var chain = new Ikev2ChainWriter(buffer);
            chain.AddSecurityAssociation();
            chain.AddProposal(Ikev2Protocol.Esp, [0, 0, 0, 1], SampleChains.Suite);
            chain.Finish();
        }));
    }

    private static void ReadChains(byte[] bytes, byte[] buffer)
    {
        if (!Ipv6Packet.Read(bytes).TryGet(out var packet))
            return;
        if (packet.ReadMobility<HandoverInitiateHeader>().TryGet(out var initiate) && initiate.Options.ReadIkev2Chain(buffer).TryGet(out var chain))
            ReadProposals(chain);
        if (packet.ReadNeighborDiscovery<ProxyRouterSolicitationHeader>().TryGet(out var solicitation)
            && solicitation.Options.TryFind<Ikev2ChainOption>(out var option) && option.ReadChain().TryGet(out chain))
            ReadProposals(chain);
        if (packet.ReadUdp().TryGet(out var datagram) && Ikev2Message.Read(datagram.Data).TryGet(out var message))
            ReadProposals(message.Payloads);
    }

    private static void ReadProposals(Ikev2Chain chain)
    {
        if (!chain.TryFind(Ikev2PayloadType.SecurityAssociation, out var payload) || !payload.Read<Ikev2SecurityAssociation>().TryGet(out var association))
            return;
        foreach (var proposal in association)
            proposal.TryFind(Ikev2TransformType.KeyExchangeMethod, out _);
    }

    /// <summary>Bytes that this thread allocates in the second hundred runs: the first compiles.</summary>
    private static long Allocated(Action action)
    {
        for (var i = 0; i < 100; i++)
            action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
