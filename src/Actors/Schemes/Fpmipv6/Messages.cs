using Actors.Kernel;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Fpmipv6;

/// <summary>
/// A mobile node's report that it is about to move (RFC 5949 section 4, step (a)): a message of the link layer, whose form the
/// RFC leaves open.
/// </summary>
public sealed record HandoverReport(ushort Identifier, NodeId NewAccessPoint) : Message
{
    /// <summary>As RtSolPr: header 8, link-layer addresses of node and access point 16 each.</summary>
    public override int SizeBytes => 40;

    public override string Name => "Report";
}

/// <summary>The network's word to move, a message of the link layer too.</summary>
/// <param name="Identifier">Of the report.</param>
/// <param name="PreparedAt">When the previous gateway had the new one's acknowledgement: for the measurement, no bytes on the wire.</param>
public sealed record HandoverCommand(ushort Identifier, bool Accepted, SimTime PreparedAt) : Message
{
    /// <summary>Header 8, link-layer address of the access point 16.</summary>
    public override int SizeBytes => 24;

    public override string Name => "Command";
}

/// <summary>Handover Initiate between gateways (RFC 5949 section 6.1.1; mobility header type 14), P flag set.</summary>
/// <param name="HomeNetworkPrefix">Whose owner is the anchor that the address option names.</param>
public sealed record HandoverInitiate(ushort Sequence, NodeId MobileNode, Address HomeNetworkPrefix) : Message
{
    /// <summary>
    /// Mobility header 10, Mobile Node Identifier with an NAI of 24 octets 27, padding 7, Home Network Prefix 20, padding 4,
    /// LMA Address 20.
    /// </summary>
    public override int SizeBytes => 88;

    public override string Name => "HI";
}

/// <summary>Handover Acknowledge between gateways (RFC 5949 section 6.1.2; mobility header type 15), P flag set.</summary>
/// <param name="Sequence">Of the initiation.</param>
public sealed record HandoverAcknowledge(ushort Sequence, NodeId MobileNode, bool Accepted) : Message
{
    /// <summary>Mobility header 10, Mobile Node Identifier 27, padding 3.</summary>
    public override int SizeBytes => 40;

    public override string Name => "HAck";
}
