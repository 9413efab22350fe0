using Actors.Kernel;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Mobility;

/// <summary>The entry of a mobile node's binding update list for the node that it registers with (RFC 3775 section 11.1).</summary>
/// <param name="ExpiresAt">End of the lifetime that was granted.</param>
public readonly record struct BindingUpdateListEntry(Address CareOfAddress, ushort Sequence, SimTime ExpiresAt);

/// <summary>Who keeps a binding, and of which addresses.</summary>
public readonly record struct Registrar(Address Agent, Address HomeAddress, Address CareOfAddress, bool IsAnchorPoint)
{
    /// <summary>A mobility anchor point, which binds the regional care-of address of a mobile node to its on-link one.</summary>
    public static Registrar At(NodeId anchorPoint, Address careOfAddress) =>
        new(Address.Of(anchorPoint), Address.On(anchorPoint, careOfAddress.Host), careOfAddress, true);
}
