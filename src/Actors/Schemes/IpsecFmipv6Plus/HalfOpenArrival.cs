using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Schemes.Fmipv6;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.IpsecFmipv6Plus;

/// <summary>An arrival that is half open until the mobile node has proved that it holds the key.</summary>
public sealed class HalfOpenArrival(NodeId mobile, HandoverKey handover, Address previousRouter, HandoverInitiate? initiate)
    : Arrival(mobile, handover, previousRouter, initiate)
{
    /// <summary>M1.</summary>
    public Offer Offer => (Offer)Initiate!.Extension!;

    /// <summary>M3; null until M1 is verified.</summary>
    public Answer? Answer { get; set; }

    /// <summary>K_c; null until M1 is verified.</summary>
    public SecretKey? ConfirmationKey { get; set; }

    /// <summary>Whether the mobile node waits for M3 on this link.</summary>
    public bool IsAwaited { get; set; }

    /// <summary>Whether M5 has come: the binding holds.</summary>
    public bool IsCommitted { get; set; }

    /// <summary>Whether this is M5 of the exchange.</summary>
    public bool IsConfirmedBy(Confirmation confirmation) =>
        ConfirmationKey is { } key && key.Verify(confirmation.Proof, Confirmation.Covered(Offer, Answer!));
}

/// <summary>The last offer of a mobile node that a router has verified.</summary>
public sealed class SeenOffer(NodeId mobile, long counter) : MobileSession(mobile)
{
    public long Counter { get; } = counter;
}
