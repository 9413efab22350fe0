using Topology.Addressing;
using Topology.Plans;

namespace Tests.Topology.Addressing;

public sealed class AddressTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 70_000)]
    [InlineData(1_000_287, 5)]
    public void A_care_of_address_keeps_the_host_under_the_prefix_of_its_router(int router, int host)
    {
        var address = Address.On(new NodeId(router), new NodeId(host));
        Assert.Equal((router, host), (address.PrefixOwner.Index, address.Host.Index));
    }

    [Fact]
    public void Addresses_lie_in_the_documentation_prefix_and_print_as_IPv6()
    {
        Assert.Equal("2001:db8:0:3::1:1171", Address.On(new NodeId(3), new NodeId(70_000)).ToString());
        Assert.Equal(Address.On(new NodeId(7), new NodeId(7)), Address.Of(new NodeId(7)));
        var bytes = new byte[16];
        Address.Of(new NodeId(7)).CopyTo(bytes);
        Assert.Equal("20010DB8000000070000000000000008", Convert.ToHexString(bytes));
    }
}
