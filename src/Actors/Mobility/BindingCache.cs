using Actors.Kernel;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Mobility;

/// <summary>An entry of a binding cache (RFC 3775 section 9.1).</summary>
/// <param name="Sequence">Of the last update accepted.</param>
public readonly record struct Binding(Address CareOfAddress, ushort Sequence, SimTime ExpiresAt);

/// <summary>
/// The binding cache of a home agent: one entry per mobile node of its subnet. Lifetimes are looked at when an entry is
/// used, so no timer is needed.
/// </summary>
public sealed class BindingCache
{
    private static readonly TimeSpan LifetimeUnit = TimeSpan.FromSeconds(4);
    private readonly Dictionary<NodeId, Binding> _bindings = [];

    public int Count => _bindings.Count;

    /// <summary>The valid binding of a home address, or null.</summary>
    public Binding? Find(Address home, SimTime now) =>
        _bindings.TryGetValue(home.Host, out var binding) && binding.ExpiresAt > now ? binding : null;

    /// <summary>
    /// Process an update (RFC 3775 sections 9.5.1 and 10.3.1): accepted only with a sequence number greater than that of the
    /// valid entry; lifetime 0 deletes the entry.
    /// </summary>
    /// <returns>The acknowledgement to send.</returns>
    public BindingAcknowledgement Update(BindingUpdate update, SimTime now)
    {
        if (Find(update.HomeAddress, now) is { } valid && !SequenceNumber.IsNewer(update.Sequence, valid.Sequence))
            return new BindingAcknowledgement(BindingStatus.SequenceOutOfWindow, valid.Sequence, 0);
        if (update.LifetimeUnits == 0)
            _bindings.Remove(update.HomeAddress.Host);
        else
            _bindings[update.HomeAddress.Host] = new Binding(update.CareOfAddress, update.Sequence, now + LifetimeUnit * update.LifetimeUnits);
        return new BindingAcknowledgement(BindingStatus.Accepted, update.Sequence, update.LifetimeUnits);
    }

    public void Clear() => _bindings.Clear();
}
