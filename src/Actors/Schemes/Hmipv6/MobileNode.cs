using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Mipv6;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Hmipv6;

/// <summary>
/// The mobile node of Hierarchical Mobile IPv6: after each move it binds its regional care-of address to the on-link one at
/// an anchor point; the home agent hears of it only when the anchor point, and with it the regional address, is another.
/// </summary>
public sealed class MobileNode : Mipv6.MobileNode
{
    internal static readonly Mark LocallyRegistered = Mark.Named("locally-registered");
    internal static readonly Mark HomeUpdateSent = Mark.Named("home-update-sent");

    private readonly NodeId _firstAnchorPoint;
    private readonly bool _keepsAnchorPoint;
    private readonly NetworkFacts _network;
    private Address _registeredAtHome;
    private bool _updatesHome;

    public MobileNode(RoleContext context)
        : base(context)
    {
        _network = context.Network;
        _firstAnchorPoint = context.FirstAnchorPoint();
        _keepsAnchorPoint = context.Options.Text(Scheme.Movement) == Scheme.IntraMap;
    }

    /// <summary>The anchor point chosen last.</summary>
    public NodeId AnchorPoint { get; private set; }

    public Address RegionalCareOfAddress => Address.On(AnchorPoint, Self);

    protected override Registrar Registrar => _updatesHome
        ? new Registrar(HomeAgentAddress, HomeAddress, RegionalCareOfAddress, false)
        : Registrar.At(AnchorPoint, CareOfAddress);

    protected override Registrar LocalRegistrar => Registrar.At(AnchorPoint, CareOfAddress);

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        AnchorPoint = _firstAnchorPoint;
        _registeredAtHome = RegionalCareOfAddress;
        _updatesHome = false;
    }

    /// <summary>Movement is detected by an advertisement that nobody has asked for, whose hop is part of MD: its MAP options are known.</summary>
    protected override void OnDetected(Effects effects) =>
        OnAdvertised(new RouterAdvertisement(Router, [.. _network.AnchorPointsOf(Router).Select(Address.Of)]), effects);

    protected override void OnAdvertised(RouterAdvertisement advertisement, Effects effects)
    {
        if (advertisement.AnchorPoints.IsEmpty)
        {
            Fail("no anchor point is advertised", effects);
            return;
        }

        if (!_keepsAnchorPoint || !advertisement.AnchorPoints.Contains(Address.Of(AnchorPoint)))
            AnchorPoint = advertisement.AnchorPoints[0].Host;
        _updatesHome = false;
        base.OnAdvertised(advertisement, effects);
    }

    protected override void OnAccepted(BindingAcknowledgement acknowledgement, Effects effects)
    {
        if (_updatesHome)
        {
            _registeredAtHome = RegionalCareOfAddress;
            base.OnAccepted(acknowledgement, effects);
            return;
        }

        effects.Mark(LocallyRegistered);
        if (_registeredAtHome == RegionalCareOfAddress)
        {
            base.OnAccepted(acknowledgement, effects);
            return;
        }

        _updatesHome = true;
        effects.Mark(HomeUpdateSent);
        Register(effects);
    }

    /// <summary>First at the anchor point, then at home.</summary>
    protected override void RefreshStarts() => _updatesHome = false;

    protected override bool RefreshGoesOn()
    {
        if (_updatesHome)
            return false;
        _updatesHome = true;
        return true;
    }

    protected override Packet PacketOf(BindingUpdate update) =>
        _updatesHome ? ThroughAnchorPoint(update, AnchorPoint, RegionalCareOfAddress) : base.PacketOf(update);
}
