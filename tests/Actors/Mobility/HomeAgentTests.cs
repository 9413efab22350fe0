using Actors.Kernel;
using Actors.Mobility;
using Topology.Addressing;
using Topology.Plans;

namespace Tests.Actors.Mobility;

public class HomeAgentTests
{
    private static readonly NodeId Self = new(4);
    private static readonly NodeId Mobile = new(9);
    private static readonly Address Home = Address.On(Self, Mobile);
    private static readonly Address First = Address.On(new NodeId(0), Mobile);
    private static readonly Address Second = Address.On(new NodeId(1), Mobile);
    private readonly HomeAgent _agent = new HomeAgent(Self).Started();

    [Fact]
    public void An_update_binds_the_home_address_and_is_acknowledged_to_the_care_of_address()
    {
        var answer = _agent.Receive(Update(First, 1)).Packet();
        Assert.Equal(First, answer.Destination);
        Assert.Equal(new BindingAcknowledgement(BindingStatus.Accepted, 1, 105), answer.Message);
        Assert.Equal(new Binding(First, 1, At(420_000)), _agent.Bindings.Find(Home, SimTime.Zero));
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(7, 6)]
    [InlineData(2, 65535)]
    public void An_update_that_is_not_newer_is_refused_with_the_last_number_and_changes_nothing(int last, int number)
    {
        _agent.Receive(Update(First, (ushort)last));
        var answer = _agent.Receive(Update(Second, (ushort)number)).Message<BindingAcknowledgement>();
        Assert.Equal(new BindingAcknowledgement(BindingStatus.SequenceOutOfWindow, (ushort)last, 0), answer);
        Assert.Equal(First, _agent.Bindings.Find(Home, SimTime.Zero)?.CareOfAddress);
    }

    [Fact]
    public void Numbers_are_compared_past_zero()
    {
        _agent.Receive(Update(First, 65535));
        Assert.Equal(BindingStatus.Accepted, _agent.Receive(Update(Second, 0)).Message<BindingAcknowledgement>().Status);
    }

    [Fact]
    public void A_binding_ends_with_its_lifetime_and_then_accepts_any_number()
    {
        _agent.Receive(Update(First, 9));
        Assert.NotNull(_agent.Bindings.Find(Home, At(419_999)));
        Assert.Null(_agent.Bindings.Find(Home, At(420_000)));
        Assert.Equal(BindingStatus.Accepted, _agent.Receive(Update(Second, 3), 420_000).Message<BindingAcknowledgement>().Status);
    }

    [Fact]
    public void Lifetime_zero_deletes_the_binding()
    {
        _agent.Receive(Update(First, 1));
        _agent.Receive(new BindingUpdate(Home, Home, 2, 0).From(Home, Address.Of(Self)));
        Assert.Equal(0, _agent.Bindings.Count);
    }

    [Fact]
    public void A_home_address_of_another_subnet_is_refused()
    {
        var update = new BindingUpdate(Address.On(new NodeId(5), Mobile), First, 1, 105).From(First, Address.Of(Self));
        Assert.Equal(BindingStatus.NotHomeSubnet, _agent.Receive(update).Message<BindingAcknowledgement>().Status);
        Assert.Equal(0, _agent.Bindings.Count);
    }

    private static SimTime At(double ms) => SimTime.Zero + TimeSpan.FromMilliseconds(ms);

    private static global::Actors.Network.Packet Update(Address careOf, ushort sequence) =>
        new BindingUpdate(Home, careOf, sequence, 105).From(careOf, Address.Of(Self));
}
