using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Schemes.Fmipv6;
using Topology.Addressing;
using Topology.Plans;
using static Tests.Actors.ProtocolNetworks;
using static Tests.Actors.Steps;

namespace Tests.Actors.Schemes;

/// <summary>Data at the routers and agents on its way, one packet at a time.</summary>
public class DataPathTests
{
    private static readonly NodeId Mn = Paper.Find("mn")!.Value;
    private static readonly NodeId Par = Paper.Find("par")!.Value;
    private static readonly NodeId Nar = Paper.Find("nar")!.Value;
    private static readonly NodeId Ha = Paper.Find("ha")!.Value;
    private static readonly Address Home = Address.On(Ha, Mn);
    private static readonly Address Pcoa = Address.On(Par, Mn);
    private static readonly Address Ncoa = Address.On(Nar, Mn);
    private static readonly HandoverKey First = new(Mn, 1);

    private readonly AccessRouter _par = Machine<AccessRouter>("fmipv6", "par");
    private readonly AccessRouter _nar = Machine<AccessRouter>("fmipv6", "nar");

    [Fact]
    public void Previous_router_lets_data_through_until_FBack_leaves_and_then_sends_it_on_in_a_tunnel()
    {
        var initiate = _par.Receive(Update).Packet();
        Assert.False(Passes(_par, Data(0, Pcoa)).Taken);
        _par.Receive(_nar.Receive(initiate).Packet());
        var (taken, effects) = Passes(_par, Data(1, Pcoa));
        Assert.True(taken);
        var tunnelled = effects.Packet();
        Assert.Equal((Address.Of(Par), Ncoa), (tunnelled.Source, tunnelled.Destination));
        Assert.Equal(1, tunnelled.Message.Data!.Sequence);
        Assert.Contains(effects, effect => effect.Kind == EffectKind.CountData && effect.Ticks == (long)DataEvent.Forwarded);
    }

    [Fact]
    public void Previous_router_holds_data_back_from_FBU_and_releases_it_in_order_behind_FBack_where_it_redirects_at_FBU()
    {
        var par = Machine<AccessRouter>("fmipv6", "par", ("redirect-at", "fbu"));
        var initiate = par.Receive(Update).Packet();
        Assert.True(Passes(par, Data(0, Pcoa)).Taken);
        Assert.True(Passes(par, Data(1, Pcoa)).Taken);
        var packets = par.Receive(_nar.Receive(initiate).Packet()).Packets().ToArray();
        Assert.IsType<FastBindingAcknowledgment>(packets[0].Message);
        Assert.Equal([0, 1], packets.Skip(1).Select(packet => packet.Message.Data!.Sequence));
    }

    [Fact]
    public void Data_that_is_held_back_in_vain_goes_out_on_the_link()
    {
        var par = Machine<AccessRouter>("fmipv6", "par", ("redirect-at", "fbu"));
        var timer = par.Receive(Update).Timer();
        var data = Data(0, Pcoa);
        Passes(par, data);
        Effect[] effects = [];
        for (var i = 0; i <= Exchange.MaxRetries; i++)
            effects = par.Expire(timer);
        Assert.Equal((Pcoa, 0), (effects.Packet().Destination, effects.Packet().Message.Data!.Sequence));
    }

    [Fact]
    public void New_router_holds_data_back_until_UNA_and_releases_it_in_order()
    {
        Initiate(_nar);
        Assert.True(Passes(_nar, Data(0, Ncoa)).Taken);
        Assert.True(Passes(_nar, Data(1, Ncoa)).Taken);
        Assert.Equal([0, 1], _nar.Receive(Arrived(1)).Packets().Select(packet => packet.Message.Data!.Sequence));
        Assert.False(Passes(_nar, Data(2, Ncoa)).Taken);
    }

    [Fact]
    public void New_router_drops_data_for_a_mobile_node_that_it_has_refused()
    {
        var nar = Machine<AccessRouter>("ipsec-fmipv6", "nar");
        nar.Receive(Initiation);
        var (taken, effects) = Passes(nar, Data(0, Ncoa));
        Assert.True(taken);
        Assert.Equal((EffectKind.CountData, (long)DataEvent.Dropped), (Assert.Single(effects).Kind, effects[0].Ticks));
    }

    [Fact]
    public void A_packet_of_the_mobile_node_shows_that_it_is_there_where_UNA_is_lost()
    {
        Initiate(_nar);
        Passes(_nar, Data(0, Ncoa));
        var update = new BindingUpdate(Home, Ncoa, 1, 105).From(Ncoa, Address.Of(Ha));
        var stranger = new BindingUpdate(Home, Pcoa, 1, 105).From(Pcoa, Address.Of(Ha));
        Assert.Empty(At(0, effects => Assert.False(_nar.OnUplink(stranger, effects))).Packets());
        Assert.Equal(0, At(0, effects => Assert.False(_nar.OnUplink(update, effects))).Packet().Message.Data!.Sequence);
    }

    [Fact]
    public void Full_buffer_drops_what_comes_last()
    {
        var nar = Machine<AccessRouter>("fmipv6", "nar", 2);
        Initiate(nar);
        var kinds = Enumerable.Range(0, 3).Select(sequence => (DataEvent)Assert.Single(Passes(nar, Data(sequence, Ncoa)).Effects).Ticks);
        Assert.Equal([DataEvent.Buffered, DataEvent.Buffered, DataEvent.Overflowed], kinds);
        Assert.Equal([0, 1], nar.Receive(Arrived(1)).Packets().Select(packet => packet.Message.Data!.Sequence));
    }

    [Fact]
    public void Data_in_ESP_from_the_mobile_node_goes_on_without_it()
    {
        var nar = Machine<AccessRouter>("ipsec-fmipv6", "nar");
        var inner = new Packet(Home, Address.Of(Paper.Find("cn")!.Value), new DataPacket(Mn, 0, SimTime.Zero, 160), First);
        var packet = new Packet(Ncoa, Address.Of(Ha), new Tunnelled(inner), First, 36);
        Assert.Equal(packet.SizeBytes - 36, At(0, effects => Assert.True(nar.OnUplink(packet, effects))).Packet().SizeBytes);
    }

    [Fact]
    public void Home_agent_lets_out_only_what_comes_from_the_care_of_address()
    {
        var agent = Machine<HomeAgent>("mipv6", "ha");
        var inner = new Packet(Home, Address.Of(Paper.Find("cn")!.Value), new DataPacket(Mn, 0, SimTime.Zero, 160), First);
        Assert.Same(inner, agent.Receive(new Packet(Pcoa, Address.Of(Ha), new Tunnelled(inner), First)).Packet());
        Assert.Equal((long)DataEvent.Dropped, Assert.Single(agent.Receive(new Packet(Ncoa, Address.Of(Ha), new Tunnelled(inner), First))).Ticks);
    }

    [Fact]
    public void Signalling_is_never_held_back()
    {
        Initiate(_nar);
        Assert.False(Passes(_nar, new BindingAcknowledgement(BindingStatus.Accepted, 1, 105).From(Address.Of(Ha), Ncoa)).Taken);
    }

    [Fact]
    public void A_router_that_the_mobile_node_has_come_back_to_sends_nothing_on_any_more()
    {
        _par.Receive(_nar.Receive(_par.Receive(Update).Packet()).Packet());
        _par.Receive(new Packet(Pcoa, Address.Of(Par), new UnsolicitedNeighborAdvertisement(Pcoa), new HandoverKey(Mn, 2)));
        Assert.False(Passes(_par, Data(0, Pcoa)).Taken);
    }

    [Fact]
    public void A_packet_in_too_many_tunnels_goes_nowhere()
    {
        _par.Receive(_nar.Receive(_par.Receive(Update).Packet()).Packet());
        var packet = Data(0, Pcoa);
        for (var i = 0; i < 5; i++)
            packet = Tunnelled.Wrap(Address.Of(Nar), Pcoa, packet, isProtected: false);
        var (taken, effects) = Passes(_par, packet);
        Assert.True(taken);
        Assert.Empty(effects.Packets());
    }

    [Fact]
    public void Data_on_a_link_of_the_proposal_is_in_ESP()
    {
        var par = Machine<AccessRouter>("ipsec-fmipv6", "par");
        var data = Data(0, Pcoa);
        var (taken, effects) = Passes(par, data);
        Assert.True(taken);
        Assert.Equal(EspOverhead.Bytes(EspMode.Transport, data.Message.SizeBytes), effects.Packet().SizeBytes - data.SizeBytes);
    }

    [Fact]
    public void Home_agent_sends_data_where_the_mobile_node_starts_until_its_first_update()
    {
        var agent = Machine<HomeAgent>("mipv6", "ha");
        Assert.Equal(Pcoa, Passes(agent, Data(0, Home)).Effects.Packet().Destination);
        Assert.Equal(0, agent.Bindings.Count);
        agent.Receive(new Packet(Ncoa, Address.Of(Ha), new BindingUpdate(Home, Ncoa, 1, 105), new HandoverKey(Mn, 3)));
        var packet = Passes(agent, Data(1, Home)).Effects.Packet();
        Assert.Equal((Ncoa, 3, 0), (packet.Destination, packet.Handover.Number, packet.EspBytes));
        Assert.False(Passes(agent, Data(2, Home), 420_000).Taken);
    }

    [Fact]
    public void Home_agent_sends_no_signalling_where_nobody_has_registered() =>
        Assert.False(Passes(Machine<HomeAgent>("mipv6", "ha"), new RouterSolicitation().From(Address.Of(Nar), Home)).Taken);

    [Fact]
    public void Home_agent_that_has_restarted_or_was_told_that_the_node_is_home_knows_nothing_of_the_start()
    {
        var agent = Machine<HomeAgent>("mipv6", "ha");
        agent.Receive(new BindingUpdate(Home, Home, 1, 0).From(Home, Address.Of(Ha)));
        Assert.False(Passes(agent, Data(0, Home)).Taken);
        var run = new RunContext();
        run.Begin(1, 1);
        run.Begin(1, 2);
        agent.Reset(run);
        Assert.True(Passes(agent, Data(0, Home)).Taken);
        agent.Reset(run);
        Assert.False(Passes(agent, Data(0, Home)).Taken);
    }

    private static Packet Update => new FastBindingUpdate(1, Pcoa, Ncoa, 8).From(Pcoa, Address.Of(Par));

    private static Packet Initiation => new(Address.Of(Par), Address.Of(Nar), new HandoverInitiate(1, false, Pcoa, Ncoa), First);

    private static Packet Arrived(int handover) =>
        new(Ncoa, Address.Of(Nar), new UnsolicitedNeighborAdvertisement(Ncoa), new HandoverKey(Mn, handover));

    private static void Initiate(AccessRouter nar) => nar.Receive(Initiation);

    private static Packet Data(int sequence, Address to) =>
        new(Address.Of(Paper.Find("cn")!.Value), to, new DataPacket(Mn, sequence, SimTime.Zero, 160), First);

    private static (bool Taken, Effect[] Effects) Passes(RoleMachine machine, Packet packet, double ms = 0)
    {
        var taken = false;
        var effects = At(ms, effects => taken = machine.OnTransit(packet, effects));
        return (taken, effects);
    }

    private static T Machine<T>(string scheme, string node, int bufferPackets)
        where T : RoleMachine
    {
        var of = Scheme(scheme);
        var context = new RoleContext(Paper[Paper.Find(node)!.Value], null, new NetworkFacts(Paper), new SchemeOptions(of.Options));
        return ((T)of.CreateMachine(context with { BufferPackets = bufferPackets })!).Started();
    }

    private static T Machine<T>(string scheme, string node, params (string Name, object Value)[] options)
        where T : RoleMachine
    {
        var of = Scheme(scheme);
        var values = new SchemeOptions(of.Options, options.ToDictionary(option => option.Name, option => option.Value));
        return ((T)of.CreateMachine(new RoleContext(Paper[Paper.Find(node)!.Value], null, new NetworkFacts(Paper), values))!).Started();
    }
}
