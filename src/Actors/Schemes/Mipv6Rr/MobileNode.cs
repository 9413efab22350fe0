using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Topology.Addressing;
using Topology.Randomness;

namespace Actors.Schemes.Mipv6Rr;

/// <summary>
/// A mobile node that, while it registers at home, proves to its correspondent that it is reached at both its addresses,
/// and then binds them there. When that fails, packets go by way of the home agent.
/// </summary>
public sealed class MobileNode : Mipv6.MobileNode
{
    internal static readonly Mark TestsSent = Mark.Named("tests-sent");
    internal static readonly Mark Tested = Mark.Named("tested");
    internal static readonly Mark Optimised = Mark.Named("optimised");

    /// <summary>420 s, MAX_RR_BINDING_LIFETIME (RFC 3775 section 12), in units of 4 s.</summary>
    private const ushort LifetimeUnits = 105;

    private readonly Address _correspondent;
    private Exchange _homeTest = new();
    private Exchange _careOfTest = new();
    private Exchange _update = new();
    private RandomStream _cookies;
    private ulong _homeCookie;
    private ulong _careOfCookie;
    private HomeTest? _home;
    private CareOfTest? _careOf;
    private ushort _sequence;
    private ushort _firstSequence;
    private Outcome? _optimisation;

    /// <summary>What the correspondent has bound, as far as the node knows, and how long.</summary>
    private (Address CareOfAddress, SimTime Until) _bound;

    public MobileNode(RoleContext context)
        : base(context) => _correspondent = Address.Of(context.Mobile!.Value.Correspondent
            ?? throw new ArgumentException($"{context.Node.Name} has no correspondent; the scheme needs one for every mobile node"));

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _cookies = run.Stream((ulong)Self.Index, StreamPurpose.Nonce);
        _sequence = 0;
        _bound = (CareOfAddress, SimTime.MaxValue);
        (_homeTest, _careOfTest, _update) = (new Exchange(), new Exchange(), new Exchange());
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        switch (packet.Message)
        {
            case HomeTest test when _homeTest.IsOpen && test.Cookie == _homeCookie && packet.Destination == HomeAddress:
                _homeTest.Close(effects);
                _home = test;
                OnTest(effects);
                break;
            case CareOfTest test when _careOfTest.IsOpen && test.Cookie == _careOfCookie && packet.Destination == CareOfAddress:
                _careOfTest.Close(effects);
                _careOf = test;
                OnTest(effects);
                break;
            case CorrespondentAcknowledgement acknowledgement when _update.IsOpen:
                OnAcknowledgement(acknowledgement, effects);
                break;
            default:
                base.OnPacket(packet, effects);
                break;
        }
    }

    /// <summary>Straight to a correspondent that knows where the node is (RFC 6275 section 11.3.1).</summary>
    public override Packet? Uplink(DataPacket data, Address correspondent) =>
        _bound.CareOfAddress == CareOfAddress && data.SentAt < _bound.Until
            ? new Packet(CareOfAddress, correspondent, data with { IsRouteOptimised = true }, Arrival)
            : base.Uplink(data, correspondent);

    /// <summary>The update to the home agent leaves first: with its binding there, HoTI finds the tunnel open.</summary>
    protected override void Moved(Effects effects)
    {
        base.Moved(effects);
        _optimisation = null;
        effects.Mark(TestsSent);
        Test(effects);
    }

    protected override void Registered(Effects effects)
    {
        Answered(effects);
        if (_optimisation is not null)
            Finish(_optimisation, effects);
    }

    protected override void OnOtherTimer(ProtocolTimer timer, Effects effects)
    {
        if (timer is not Exchange { IsOpen: true } exchange)
            return;
        if (exchange.MayRepeat)
            exchange.Repeat(effects, ReferenceEquals(exchange, _update) ? UpdatePacket() : null);
        else
            GiveUp(exchange.Request!.Message.Name + " unanswered", effects);
    }

    protected override void Ended(Effects effects)
    {
        _homeTest.Close(effects);
        _careOfTest.Close(effects);
        _update.Close(effects);
    }

    /// <summary>Ask for both tokens at once.</summary>
    private void Test(Effects effects)
    {
        _home = null;
        _careOf = null;
        _homeCookie = _cookies.NextUInt64();
        _careOfCookie = _cookies.NextUInt64();
        var home = new Packet(HomeAddress, _correspondent, new HomeTestInit(_homeCookie), Handover);
        _homeTest.Open(Tunnelled.Wrap(CareOfAddress, HomeAgentAddress, home, isProtected: true), Retransmission, effects);
        _careOfTest.Open(PacketTo(_correspondent, new CareOfTestInit(_careOfCookie), 0), Retransmission, effects);
    }

    private void OnTest(Effects effects)
    {
        if (_home is null || _careOf is null)
            return;
        effects.Mark(Tested);
        _firstSequence = (ushort)(_sequence + 1);
        _update.Open(UpdatePacket(), Retransmission, effects);
    }

    private void OnAcknowledgement(CorrespondentAcknowledgement acknowledgement, Effects effects)
    {
        var isOurs = SequenceNumber.IsWithin(acknowledgement.Sequence, _firstSequence, _sequence);
        if (acknowledgement.Authorization is null)
        {
            // Nobody has signed this; at worst the tests are made once more than needed.
            if (isOurs && acknowledgement.Status is BindingStatus.ExpiredHomeNonce or BindingStatus.ExpiredCareOfNonce or BindingStatus.ExpiredNonces)
            {
                _update.Close(effects);
                Test(effects);
            }

            return;
        }

        var expected = Key.Authorize(
            CareOfAddress, _correspondent, acknowledgement.Status, acknowledgement.Sequence, acknowledgement.LifetimeUnits);
        if (acknowledgement.Authorization != expected)
            return;
        if (acknowledgement.Status == BindingStatus.SequenceOutOfWindow)
        {
            if (!isOurs && SequenceNumber.IsNewer(acknowledgement.Sequence, _sequence))
                _sequence = acknowledgement.Sequence;
            _update.Open(UpdatePacket(), Retransmission, effects);
        }
        else if (isOurs && acknowledgement.Status == BindingStatus.Accepted)
        {
            effects.Mark(Optimised, acknowledgement.AcceptedAt);
            _bound = (CareOfAddress, acknowledgement.AcceptedAt + TimeSpan.FromSeconds(4) * acknowledgement.LifetimeUnits);
            Settle(Success, effects);
        }
        else if (isOurs)
        {
            GiveUp("BU to CN refused: " + acknowledgement.Status, effects);
        }
    }

    private BindingManagementKey Key => new(_home!.Token, _careOf!.Token);

    private Packet UpdatePacket()
    {
        _sequence++;
        return PacketTo(
            _correspondent,
            new CorrespondentUpdate(
                HomeAddress,
                _sequence,
                LifetimeUnits,
                _home!.NonceIndex,
                _careOf!.NonceIndex,
                Key.Authorize(CareOfAddress, _correspondent, HomeAddress, _sequence, LifetimeUnits)),
            0);
    }

    /// <summary>Go on through the home agent.</summary>
    private void GiveUp(string reason, Effects effects) => Settle(new Outcome("tunnelled", reason), effects);

    /// <summary>The correspondent's part is over; so is the handover, once the home agent has answered.</summary>
    private void Settle(Outcome outcome, Effects effects)
    {
        Ended(effects);
        _optimisation = outcome;
        if (!IsRegistering)
            Finish(outcome, effects);
    }
}
