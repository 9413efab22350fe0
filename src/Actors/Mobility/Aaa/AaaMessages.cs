using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Mobility.Aaa;

/// <summary>What an AAA exchange is about: a scheme's own attributes, passed on unread by those whom they do not concern.</summary>
public abstract record AaaContent
{
    /// <summary>Bytes of the attributes, AVP headers included.</summary>
    public abstract int SizeBytes { get; }

    /// <summary>Whether an answer with it decides on the access; false where one more round trip must follow (RFC 6733 section 7.1.1).</summary>
    public virtual bool Decides => true;

    /// <summary>How a server refuses access to a user that asks with this; null where this asks for nothing that could be refused.</summary>
    public virtual AaaContent? Refused(NodeId user, NodeId server) => null;
}

/// <summary>
/// A mobile node's request for access to a network, to the access router as AAA client. The carrier is a reading: an ICMPv6
/// message with the attributes of the AAA protocol as options.
/// </summary>
/// <param name="HomeServer">The home AAA server that the realm of the node's identity leads to.</param>
public sealed record AccessRequest(uint Identifier, Address HomeServer, AaaContent Content) : Message
{
    /// <summary>ICMPv6 header 4 + identifier 4 + identity (NAI, RFC 4282) option 32, content.</summary>
    public override int SizeBytes => 40 + Content.SizeBytes;
}

/// <summary>The access router's reply.</summary>
/// <param name="Success">Whether access is granted; only <paramref name="Content"/> proves it.</param>
public sealed record AccessReply(uint Identifier, bool Success, AaaContent Content) : Message
{
    /// <summary>ICMPv6 header 4 with the result as code, identifier 4, content.</summary>
    public override int SizeBytes => 8 + Content.SizeBytes;
}

/// <summary>A Diameter request (RFC 6733), from one AAA node to the next.</summary>
/// <param name="HopByHop">Identifier by which the sender matches the answer.</param>
/// <param name="User">The mobile node it is about.</param>
/// <param name="HomeServer">Where the user's realm leads.</param>
public sealed record AaaRequest(uint HopByHop, NodeId User, Address HomeServer, AaaContent Content) : Message, IRefusable
{
    /// <summary>
    /// SCTP header and chunk 28, Diameter header 20, Session-Id 40, Auth-Application-Id 12, Origin-Host 32, Origin-Realm 24,
    /// Destination-Realm 24, User-Name 32, content.
    /// </summary>
    public override int SizeBytes => 212 + Content.SizeBytes;

    /// <summary>The Result-Code is only that access is refused: DIAMETER_AUTHORIZATION_REJECTED for every status.</summary>
    public Packet? Refused(Packet request, byte status) => Content.Refused(User, request.Destination.Host) is { } refused
        ? new Packet(request.Destination, request.Source, new AaaAnswer(HopByHop, User, false, refused), request.Handover)
        : null;
}

/// <summary>The answer, back along the same nodes.</summary>
/// <param name="Success">Result-Code: granted or not.</param>
public sealed record AaaAnswer(uint HopByHop, NodeId User, bool Success, AaaContent Content) : Message
{
    /// <summary>
    /// SCTP header and chunk 28, Diameter header 20, Session-Id 40, Auth-Application-Id 12, Result-Code 12, Origin-Host 32,
    /// Origin-Realm 24, User-Name 32, content.
    /// </summary>
    public override int SizeBytes => 200 + Content.SizeBytes;
}
