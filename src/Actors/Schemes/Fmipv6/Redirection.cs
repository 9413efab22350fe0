using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;
using static Actors.Mobility.DelayForm;

namespace Actors.Schemes.Fmipv6;

/// <summary>
/// What a previous access router does with data for mobile nodes that leave it: it holds it back until the new router is
/// known to take it, then sends it there in a tunnel to the new care-of address (RFC 5568 section 3.2).
/// </summary>
/// <param name="isAtUpdate">Whether data is held back from FBU on; else a node that is still here gets it until FBack leaves.</param>
/// <param name="isProtected">Whether the tunnel is one of ESP.</param>
/// <param name="bufferPackets">Held back for one mobile node at a time; null for no limit.</param>
public sealed class Redirection(Address router, bool isAtUpdate, bool isProtected, int? bufferPackets = null)
{
    /// <summary>More packets than this inside one another are a circle (RFC 2473 section 6.6).</summary>
    private const int EncapsulationLimit = 5;

    private const string AtAcknowledgment = "fback";

    public static readonly SchemeOption Option = new(
        "redirect-at",
        AtAcknowledgment,
        "When the previous router stops sending data over the old link: when it sends FBack, or when it receives FBU (RFC 5568 section 3.2).",
        [AtAcknowledgment, "fbu"]);

    /// <summary>Whether the option says FBU.</summary>
    public static bool IsAtUpdate(SchemeOptions options) => options.Text(Option.Name) != AtAcknowledgment;

    /// <summary>
    /// `interruption` of a scheme whose new router holds data back: until the node is let in, or until the first redirected packet
    /// has come.
    /// </summary>
    /// <param name="afterLinkUp">From link-up until what is held back has reached the node.</param>
    public static DelayForm Interruption(DelayForm afterLinkUp, bool isAtUpdate = false)
    {
        var fromAcknowledgment = Max(Tl2 + afterLinkUp, D + Tf);
        return isAtUpdate ? 2 * D + 2 * Tp + fromAcknowledgment : fromAcknowledgment;
    }

    /// <summary>Take a packet for a previous care-of address; false for one that belongs on the link.</summary>
    public bool TryTake(Departure departure, Packet packet, Effects effects)
    {
        if (departure.HasReturned || packet.Destination != departure.PreviousCareOfAddress)
            return false;
        if (departure.State == DepartureState.Forwarding)
            Forward(departure, packet, effects);
        else if (departure is { State: DepartureState.Buffering, IsReactive: true } or { State: DepartureState.Initiating, IsAwaited: true }
            || (isAtUpdate && departure.State == DepartureState.Buffering))
            (departure.Buffer ??= new PacketBuffer(bufferPackets)).Add(packet, effects);
        else
            return false;
        return true;
    }

    /// <summary>What is held back goes to the new router or, if that does not take it, on the link.</summary>
    public void Release(Departure departure, Effects effects)
    {
        if (departure.State == DepartureState.Forwarding)
            departure.Buffer?.Release(packet => Forward(departure, packet, effects), effects);
        else
            departure.Buffer?.Release(effects.Send, effects);
    }

    private void Forward(Departure departure, Packet packet, Effects effects)
    {
        // A packet that this node has just put into a tunnel of its own needs no second one.
        var inner = packet.Source == router && packet.Message is Tunnelled own ? own.Inner : packet;
        var tunnelled = Tunnelled.Wrap(router, departure.NewCareOfAddress, inner.Noting(DataPath.Forwarded), isProtected);
        var isCircling = ((Tunnelled)tunnelled.Message).Depth > EncapsulationLimit;
        effects.CountData(isCircling ? DataEvent.Dropped : DataEvent.Forwarded, packet.Message.Data!);
        if (isCircling)
            return;
        effects.Send(tunnelled);
    }
}
