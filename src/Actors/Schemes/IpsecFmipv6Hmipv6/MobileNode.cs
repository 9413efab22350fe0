using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.IpsecFmipv6Hmipv6;

/// <summary>
/// A mobile node of the proposal that registers at its anchor point. Where the new router has another one it registers there, and then its
/// new regional care-of address at home.
/// </summary>
public sealed class MobileNode : IpsecFmipv6.MobileNode
{
    private readonly NodeId _firstAnchorPoint;
    private readonly NetworkFacts _network;
    private Address _registeredAtHome;
    private bool _updatesHome;

    public MobileNode(RoleContext context)
        : base(context)
    {
        _network = context.Network;
        _firstAnchorPoint = context.FirstAnchorPoint();
    }

    /// <summary>The anchor point chosen last.</summary>
    public NodeId AnchorPoint { get; private set; }

    private Address RegionalCareOfAddress => Address.On(AnchorPoint, Self);

    protected override Registrar Registrar => _updatesHome
        ? new Registrar(HomeAgentAddress, HomeAddress, RegionalCareOfAddress, false)
        : Registrar.At(AnchorPoint, CareOfAddress);

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        AnchorPoint = _firstAnchorPoint;
        _registeredAtHome = RegionalCareOfAddress;
        _updatesHome = false;
    }

    protected override void Attached(Effects effects)
    {
        if (!_network.Covers(AnchorPoint, Router) && _network.InDomainOf(Router, NodeRole.MobilityAnchorPoint) is { } next)
            AnchorPoint = next;
        _updatesHome = false;
        base.Attached(effects);
    }

    protected override void OnAccepted(BindingAcknowledgement acknowledgement, Effects effects)
    {
        if (!_updatesHome && _registeredAtHome != RegionalCareOfAddress)
        {
            _updatesHome = true;
            Register(effects);
            return;
        }

        if (_updatesHome)
            _registeredAtHome = RegionalCareOfAddress;
        base.OnAccepted(acknowledgement, effects);
    }

    /// <summary>First at the anchor point, then at home where that was last.</summary>
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
