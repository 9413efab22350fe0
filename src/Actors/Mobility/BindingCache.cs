using Actors.Kernel;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Mobility;

/// <summary>An entry of a binding cache (RFC 3775 section 9.1).</summary>
/// <param name="Sequence">Of the last update accepted.</param>
public readonly record struct Binding(Address CareOfAddress, ushort Sequence, SimTime ExpiresAt)
{
    /// <summary>The number of the handover that has brought the node there.</summary>
    public int Handover { get; init; } = 1;
}

/// <summary>
/// The binding cache of a home agent: one entry per mobile node of its subnet. Lifetimes are looked at when an entry is
/// used, so no timer is needed.
/// </summary>
public sealed class BindingCache
{
    private static readonly TimeSpan LifetimeUnit = TimeSpan.FromSeconds(4);
    private readonly Dictionary<NodeId, Binding> _bindings = [];
    private HashSet<NodeId>? _deleted;
    private bool _hasLostState;
    private int _epoch;

    /// <summary>
    /// Where a node is registered when a run starts, which costs no entry and counts for data only; null where it is not.
    /// </summary>
    public Func<NodeId, Address>? First { get; init; }

    public int Count => _bindings.Count;

    /// <summary>The valid binding of a home address, or null.</summary>
    public Binding? Find(Address home, SimTime now) =>
        _bindings.TryGetValue(home.Host, out var binding) && binding.ExpiresAt > now ? binding : null;

    /// <summary>Where data for a home address goes: by its valid binding, or by that of the start until the first update; null for neither, and for a node that starts at home.</summary>
    public Binding? FindForData(Address home, SimTime now)
    {
        if (First is null || _hasLostState || _bindings.ContainsKey(home.Host) || _deleted?.Contains(home.Host) == true)
            return Find(home, now);
        var first = First(home.Host);
        return first == home ? null : new Binding(first, 0, SimTime.MaxValue);
    }

    /// <summary>
    /// Process an update (RFC 3775 sections 9.5.1 and 10.3.1): accepted only with a sequence number greater than that of the
    /// valid entry; lifetime 0 deletes the entry, and so does the home address as care-of address.
    /// </summary>
    /// <param name="handover">That has caused it.</param>
    /// <returns>The acknowledgement to send.</returns>
    public BindingAcknowledgement Update(BindingUpdate update, SimTime now, int handover = 1)
    {
        if (Find(update.HomeAddress, now) is { } valid && !SequenceNumber.IsNewer(update.Sequence, valid.Sequence))
            return new BindingAcknowledgement(BindingStatus.SequenceOutOfWindow, valid.Sequence, 0);
        var mobile = update.HomeAddress.Host;
        if (update.LifetimeUnits == 0 || update.CareOfAddress == update.HomeAddress)
        {
            _bindings.Remove(mobile);
            (_deleted ??= []).Add(mobile);
        }
        else
        {
            _bindings[mobile] = new Binding(update.CareOfAddress, update.Sequence, now + LifetimeUnit * update.LifetimeUnits) { Handover = handover };
        }

        return new BindingAcknowledgement(BindingStatus.Accepted, update.Sequence, update.LifetimeUnits);
    }

    /// <summary>Back to the start of a run; a second time within one, the node has restarted and knows nobody.</summary>
    public void Reset(RunContext run)
    {
        _bindings.Clear();
        _deleted = null;
        _hasLostState = _epoch == run.Epoch;
        _epoch = run.Epoch;
    }
}
