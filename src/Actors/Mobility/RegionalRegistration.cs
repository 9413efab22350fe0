using Actors.Network;
using Actors.Observation;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Mobility;

/// <summary>
/// Where a mobile node in a hierarchy is registered (RFC 5380 section 6.1): at an anchor point, which binds its regional care-of
/// address to the on-link one, and at home, where that regional address is bound. The home agent is the one to ask only when the
/// anchor point, and with it the regional address, is another.
/// </summary>
/// <exception cref="ArgumentException">The mobile node's first domain has no anchor point.</exception>
public sealed class RegionalRegistration(RoleContext context)
{
    /// <summary>The anchor point has accepted,</summary>
    public static readonly Mark LocallyRegistered = Mark.Named("locally-registered");

    /// <summary>and the home agent is told of it.</summary>
    public static readonly Mark HomeUpdateSent = Mark.Named("home-update-sent");

    private readonly NetworkFacts _network = context.Network;
    private readonly NodeId _self = context.Node.Id;
    private readonly NodeId _firstAnchorPoint = context.FirstAnchorPoint();
    private Address _registeredAtHome;

    /// <summary>The anchor point chosen last.</summary>
    public NodeId AnchorPoint { get; private set; }

    public Address CareOfAddress => Address.On(AnchorPoint, _self);

    /// <summary>Whether the home agent is the one to ask; else the anchor point.</summary>
    public bool IsAtHome { get; private set; }

    /// <summary>As a run starts: the home agent is taken to know the regional address of the first anchor point.</summary>
    public void Reset()
    {
        Begin(_firstAnchorPoint);
        _registeredAtHome = CareOfAddress;
    }

    /// <summary>The next registration begins at this anchor point.</summary>
    public void Begin(NodeId anchorPoint)
    {
        AnchorPoint = anchorPoint;
        IsAtHome = false;
    }

    /// <summary>The next registration begins at the anchor point of the router's domain, if there is one.</summary>
    /// <param name="keepsAnchorPoint">Whether the present one is kept where it covers the router's link.</param>
    public void BeginAt(NodeId router, bool keepsAnchorPoint = true) => Begin(
        keepsAnchorPoint && _network.Covers(AnchorPoint, router)
            ? AnchorPoint
            : _network.InDomainOf(router, NodeRole.MobilityAnchorPoint) ?? AnchorPoint);

    /// <summary>The one to ask has accepted: whether the home agent is to be asked now.</summary>
    public bool GoesOn(Effects effects)
    {
        if (IsAtHome)
        {
            _registeredAtHome = CareOfAddress;
            return false;
        }

        effects.Mark(LocallyRegistered);
        if (_registeredAtHome == CareOfAddress)
            return false;

        // Until it answers, nobody knows which address the home agent has.
        IsAtHome = true;
        _registeredAtHome = default;
        effects.Mark(HomeUpdateSent);
        return true;
    }

    /// <summary>A lifetime is asked for anew first at the anchor point,</summary>
    public void RefreshStarts() => IsAtHome = false;

    /// <summary>then at home.</summary>
    public bool RefreshGoesOn()
    {
        var goesOn = !IsAtHome;
        IsAtHome = true;
        return goesOn;
    }
}
