using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Topology.Addressing;
using Topology.Plans;
using static Tests.Actors.ProtocolNetworks;
using static Tests.Actors.Steps;

namespace Tests.Actors.Schemes;

/// <summary>The machines of fast handovers, one input at a time.</summary>
public class Fmipv6Tests
{
    private static readonly NodeId Mn = Paper.Find("mn")!.Value;
    private static readonly NodeId Par = Paper.Find("par")!.Value;
    private static readonly NodeId Nar = Paper.Find("nar")!.Value;
    private static readonly Address Pcoa = Address.On(Par, Mn);
    private static readonly Address Ncoa = Address.On(Nar, Mn);
    private readonly MobileNode _mobile = Machine<MobileNode>("mn");
    private readonly AccessRouter _par = Machine<AccessRouter>("par");
    private readonly AccessRouter _nar = Machine<AccessRouter>("nar");

    [Fact]
    public void A_trigger_makes_the_mobile_node_solicit_its_router_for_the_new_access_point()
    {
        var solicitation = Trigger();
        Assert.Equal((Pcoa, Address.Of(Par)), (solicitation.Source, solicitation.Destination));
        Assert.Equal(new ProxyRouterSolicitation(1, Nar), solicitation.Message);
    }

    [Fact]
    public void The_router_answers_a_solicitation_from_its_neighbour_table_and_keeps_nothing()
    {
        var answer = _par.Receive(Trigger()).Packet();
        Assert.Equal(Pcoa, answer.Destination);
        Assert.Equal(new ProxyRouterAdvertisement(1, ProxyCode.Information, Nar, Address.Of(Nar)), answer.Message);
        Assert.Equal(0, _par.Previous.Departures.Count);
    }

    [Fact]
    public void An_unknown_access_point_fails_the_handover()
    {
        var solicitation = At(0, effects => _mobile.OnTrigger(new HandoverKey(Mn, 1), Paper.Find("ha")!.Value, effects)).Packet();
        var answer = _par.Receive(solicitation).Packet();
        Assert.Equal(ProxyCode.NoInformation, ((ProxyRouterAdvertisement)answer.Message).Code);
        Assert.Equal("no router for the new access point", _mobile.Receive(answer).Outcome().Reason);
        Assert.Equal(HandoverStep.Idle, _mobile.Step);
    }

    [Theory]
    [InlineData(2, "par")]
    [InlineData(0, "par")]
    [InlineData(1, "nar")]
    public void An_advertisement_with_another_identifier_or_from_another_router_is_ignored(int identifier, string from)
    {
        Trigger();
        var advertisement = new ProxyRouterAdvertisement((ushort)identifier, ProxyCode.Information, Nar, Address.Of(Nar));
        Assert.Empty(_mobile.Receive(advertisement.From(Address.Of(Paper.Find(from)!.Value), Pcoa)));
        Assert.Equal(HandoverStep.Soliciting, _mobile.Step);
    }

    [Fact]
    public void The_fast_binding_update_proposes_an_address_with_the_new_prefix()
    {
        var update = Update();
        Assert.Equal(Address.Of(Par), update.Destination);
        Assert.Equal(new FastBindingUpdate(1, Pcoa, Ncoa, 8), update.Message);
    }

    [Fact]
    public void Previous_router_buffers_from_FBU_and_forwards_from_HAck()
    {
        var initiate = _par.Receive(Update()).Packet();
        Assert.Equal(Address.Of(Nar), initiate.Destination);
        Assert.Equal(new HandoverInitiate(1, false, Pcoa, Ncoa), initiate.Message);
        Assert.Equal(DepartureState.Buffering, Departure.State);

        var acknowledge = _nar.Receive(initiate).Packet();
        Assert.Equal(new HandoverAcknowledge(1, HandoverCode.Accepted, Ncoa), acknowledge.Message);
        var effects = _par.Receive(acknowledge);
        Assert.Equal(new FastBindingAcknowledgment(FastBindingStatus.Accepted, 1, Ncoa, 8), effects.Message<FastBindingAcknowledgment>());
        Assert.Contains(effects, effect => effect.Kind == EffectKind.CancelTimer);
        Assert.Equal(DepartureState.Forwarding, Departure.State);
    }

    [Fact]
    public void A_repeated_FBU_is_silent_while_HI_is_pending_and_gets_the_same_FBack_afterwards()
    {
        var update = Update();
        var initiate = _par.Receive(update).Packet();
        Assert.Empty(_par.Receive(update));
        var first = _par.Receive(_nar.Receive(initiate).Packet()).Message<FastBindingAcknowledgment>();
        Assert.Equal(first, _par.Receive(update).Message<FastBindingAcknowledgment>());
        Assert.Equal(1, _par.Previous.Departures.Count);
    }

    [Fact]
    public void An_older_FBU_is_ignored_and_a_newer_one_starts_over()
    {
        var update = (FastBindingUpdate)Update().Message;
        _par.Receive((update with { Sequence = 5 }).From(Pcoa, Address.Of(Par)));
        Assert.Empty(_par.Receive((update with { Sequence = 4 }).From(Pcoa, Address.Of(Par))));
        var again = _par.Receive((update with { Sequence = 6 }).From(Pcoa, Address.Of(Par)));
        Assert.Equal(EffectKind.CancelTimer, again[0].Kind);
        Assert.Equal(2, again.Message<HandoverInitiate>().Sequence);
        Assert.Equal(1, _par.Previous.Departures.Count);
    }

    [Theory]
    [InlineData(2, "nar")]
    [InlineData(1, "ha")]
    public void A_HAck_with_another_number_or_from_another_node_is_ignored(int sequence, string from)
    {
        _par.Receive(Update());
        var acknowledge = new HandoverAcknowledge((ushort)sequence, HandoverCode.Accepted, Ncoa);
        Assert.Empty(_par.Receive(acknowledge.From(Address.Of(Paper.Find(from)!.Value), Address.Of(Par))));
        Assert.Equal(DepartureState.Buffering, Departure.State);
    }

    [Fact]
    public void A_HAck_that_no_one_waits_for_is_ignored() => Assert.Empty(
        _par.Receive(new HandoverAcknowledge(1, HandoverCode.Accepted, Ncoa).From(Address.Of(Nar), Address.Of(Par))));

    [Fact]
    public void A_refusal_of_the_new_router_reaches_the_mobile_node()
    {
        _par.Receive(Update());
        var refusal = new HandoverAcknowledge(1, HandoverCode.Prohibited, Ncoa).From(Address.Of(Nar), Address.Of(Par));
        var acknowledgment = _par.Receive(refusal).Packet();
        Assert.Equal("FBU refused: Prohibited", _mobile.Receive(acknowledgment).Outcome().Reason);
    }

    [Fact]
    public void An_FBU_for_an_address_of_no_router_is_refused()
    {
        var update = ((FastBindingUpdate)Update().Message) with { NewCareOfAddress = Address.On(Paper.Find("ha")!.Value, Mn) };
        Assert.Equal(FastBindingStatus.Refused, _par.Receive(update.From(Pcoa, Address.Of(Par))).Message<FastBindingAcknowledgment>().Status);
        Assert.Equal(0, _par.Previous.Departures.Count);
    }

    [Fact]
    public void The_new_router_assigns_an_address_when_the_proposed_one_is_not_on_its_link()
    {
        var acknowledge = _nar.Receive(new HandoverInitiate(1, false, Pcoa, Pcoa).From(Address.Of(Par), Address.Of(Nar)))
            .Message<HandoverAcknowledge>();
        Assert.Equal((HandoverCode.AddressAssigned, Ncoa), (acknowledge.Code, acknowledge.NewCareOfAddress));
    }

    [Fact]
    public void New_router_buffers_from_HI_until_UNA()
    {
        _nar.Receive(_par.Receive(Update()).Packet());
        Assert.True(_nar.Next.Arrivals.TryFind(Mn, out var arrival));
        Assert.Equal(ArrivalState.Buffering, arrival.State);
        Assert.Empty(_nar.Receive(new UnsolicitedNeighborAdvertisement(Pcoa).From(Ncoa, Address.Of(Nar))));
        Assert.Equal(1, _nar.Next.Arrivals.Count);
        _nar.Receive(new UnsolicitedNeighborAdvertisement(Ncoa).From(Ncoa, Address.Of(Nar)));
        Assert.Equal(0, _nar.Next.Arrivals.Count);
    }

    [Fact]
    public void FBack_prepares_the_handover_and_switches_the_link()
    {
        var acknowledgment = Acknowledgment();
        var stranger = ((FastBindingAcknowledgment)acknowledgment.Message) with { Sequence = 2 };
        Assert.Empty(_mobile.Receive(stranger.From(Address.Of(Par), Pcoa)));
        var effects = _mobile.Receive(acknowledgment);
        Assert.Equal([EffectKind.CancelTimer, EffectKind.Mark, EffectKind.SwitchLink], effects.Select(effect => effect.Kind));
        Assert.Equal(Mark.Prepared, effects[1].Mark);
        Assert.Equal(Nar, effects[2].Router);
    }

    [Fact]
    public void UNA_and_BU_leave_together_at_link_up()
    {
        var packets = LinkUp().Packets().ToArray();
        Assert.Equal(new UnsolicitedNeighborAdvertisement(Ncoa), packets[0].Message);
        Assert.Equal(1, Assert.IsType<BindingUpdate>(packets[1].Message).Sequence);
        Assert.Equal(36, packets[1].EspBytes);
    }

    [Fact]
    public void Every_copy_of_a_BU_has_its_own_number_and_the_answer_to_any_of_them_counts()
    {
        var timer = LinkUp().Timer();
        Assert.Equal(2, _mobile.Expire(timer).Message<BindingUpdate>().Sequence);
        Assert.Empty(_mobile.Receive(Acknowledgement(BindingStatus.Accepted, 0)));
        Assert.Empty(_mobile.Receive(Acknowledgement(BindingStatus.Accepted, 3)));
        var effects = _mobile.Receive(Acknowledgement(BindingStatus.Accepted, 1));
        Assert.Equal(Outcome.Predictive, effects.Outcome());
        Assert.Equal(Mark.Registered, effects[0].Mark);
        Assert.Empty(_mobile.Receive(Acknowledgement(BindingStatus.Accepted, 2)));
    }

    [Fact]
    public void A_number_that_the_home_agent_finds_too_old_is_followed_by_a_newer_one()
    {
        LinkUp();
        Assert.Equal(42, _mobile.Receive(Acknowledgement(BindingStatus.SequenceOutOfWindow, 41)).Message<BindingUpdate>().Sequence);
        Assert.Equal(Outcome.Predictive, _mobile.Receive(Acknowledgement(BindingStatus.Accepted, 42)).Outcome());
    }

    [Fact]
    public void A_refused_binding_fails_the_handover()
    {
        LinkUp();
        Assert.Equal("BU refused: NotHomeSubnet", _mobile.Receive(Acknowledgement(BindingStatus.NotHomeSubnet, 1)).Outcome().Reason);
    }

    [Fact]
    public void A_router_drops_an_HI_that_no_one_answers()
    {
        var timer = _par.Receive(Update()).Timer();
        for (var retry = 0; retry < Exchange.MaxRetries; retry++)
            Assert.Equal(1, _par.Expire(timer).Message<HandoverInitiate>().Sequence);
        Assert.Empty(_par.Expire(timer).Packets());
        Assert.Equal(0, _par.Previous.Departures.Count);
    }

    [Fact]
    public void Messages_have_the_sizes_of_their_layouts()
    {
        Assert.Equal(80, new ProxyRouterSolicitation(1, Nar).From(Pcoa, Pcoa).SizeBytes);
        Assert.Equal(144, new ProxyRouterAdvertisement(1, ProxyCode.Information, Nar, Address.Of(Nar)).From(Pcoa, Pcoa).SizeBytes);
        Assert.Equal(104, new HandoverInitiate(1, false, Pcoa, Ncoa).From(Pcoa, Pcoa).SizeBytes);
        Assert.Equal(72, new HandoverAcknowledge(1, HandoverCode.Accepted, Ncoa).From(Pcoa, Pcoa).SizeBytes);
    }

    private Departure Departure
    {
        get
        {
            Assert.True(_par.Previous.Departures.TryFind(Mn, out var departure));
            return departure;
        }
    }

    internal static T Machine<T>(string node, string scheme = "fmipv6")
        where T : RoleMachine
    {
        var definition = Scheme(scheme);
        var spec = Paper[Paper.Find(node)!.Value];
        return ((T)definition.CreateMachine(new RoleContext(
            spec, spec.Id == Mn ? Paper.Mobiles[0] : null, new NetworkFacts(Paper), new SchemeOptions(definition.Options)))!).Started();
    }

    private static Packet Acknowledgement(BindingStatus status, ushort sequence) =>
        new BindingAcknowledgement(status, sequence, 105).From(Address.Of(Paper.Find("ha")!.Value), Ncoa);

    private Packet Trigger() => At(0, effects => _mobile.OnTrigger(new HandoverKey(Mn, 1), Nar, effects)).Packet();

    private Packet Update() => _mobile.Receive(_par.Receive(Trigger()).Packet()).Packet();

    private Packet Acknowledgment() => _par.Receive(_nar.Receive(_par.Receive(Update()).Packet()).Packet()).Packet();

    private Effect[] LinkUp()
    {
        _mobile.Receive(Acknowledgment());
        return At(0, effects => _mobile.OnLinkUp(Nar, effects));
    }
}
