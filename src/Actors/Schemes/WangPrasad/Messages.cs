using Actors.Mobility.Credentials;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.WangPrasad;

/// <summary>The mobile node tells the serving network where it is about to go. The formats of this scheme are readings; see README.md.</summary>
/// <param name="Proof">By the key that the node shares with the serving network's router.</param>
public sealed record HandoverDecision(ushort Identifier, NodeId NewAccessPoint, Authenticator Proof) : Message
{
    /// <summary>ICMPv6 header with identifier 8, access point's link-layer address 16, authenticator 24.</summary>
    public override int SizeBytes => 48;

    /// <summary>What <see cref="Proof"/> covers.</summary>
    public static Digest Covered(NodeId mobile, ushort identifier, NodeId accessPoint) =>
        default(Digest).With(1).With(mobile).With(identifier).With(accessPoint);
}

/// <summary>The serving network hands the target network the key of a mobile node that will come.</summary>
/// <param name="Key">Wrapped in the key that the two routers share, as is the proof made with it.</param>
public sealed record KeyTransfer(ushort Sequence, NodeId Mobile, WrappedKey Key, Authenticator Proof) : Message
{
    /// <summary>Mobility header 8, mobile node's address 20, wrapped key (RFC 3394) 44, authenticator 20, padding 4.</summary>
    public override int SizeBytes => 96;

    /// <summary>What <see cref="Proof"/> covers.</summary>
    public static Digest Covered(NodeId from, NodeId to, ushort sequence, NodeId mobile, WrappedKey key) =>
        default(Digest).With(2).With(from).With(to).With(sequence).With(mobile).With(key.Digest.Value);
}

/// <summary>The target network has the key.</summary>
/// <param name="Sequence">Of the transfer.</param>
public sealed record KeyAcknowledgement(ushort Sequence, NodeId Mobile, Authenticator Proof) : Message
{
    /// <summary>Mobility header 8, mobile node's address 20, authenticator 20.</summary>
    public override int SizeBytes => 48;

    /// <summary>What <see cref="Proof"/> covers.</summary>
    public static Digest Covered(NodeId from, NodeId to, ushort sequence, NodeId mobile) =>
        default(Digest).With(3).With(from).With(to).With(sequence).With(mobile);
}

/// <summary>The serving network lets the mobile node go, with the key for the target network.</summary>
/// <param name="Identifier">Of the decision.</param>
/// <param name="NewRouter">Whom the access point belongs to; null where nobody knows it.</param>
/// <param name="Key">Wrapped in the key that node and router share; null without a router.</param>
public sealed record HandoverPermission(ushort Identifier, Address? NewRouter, WrappedKey? Key, Authenticator Proof) : Message
{
    /// <summary>ICMPv6 header with identifier 8, authenticator 24; new router's address 24 and wrapped key 48.</summary>
    public override int SizeBytes => NewRouter is null ? 32 : 104;

    /// <summary>What <see cref="Proof"/> covers.</summary>
    public static Digest Covered(NodeId mobile, ushort identifier, Address? router, WrappedKey? key) =>
        default(Digest).With(4).With(mobile).With(identifier).With(router ?? default).With(key?.Digest.Value ?? 0);
}

/// <summary>The mobile node asks the target network for access, by the key from the serving network.</summary>
public sealed record FastAuthenticationRequest(ulong Nonce, Authenticator Proof) : Message
{
    /// <summary>ICMPv6 header 8, nonce 16, authenticator 24.</summary>
    public override int SizeBytes => 48;

    /// <summary>What <see cref="Proof"/> covers.</summary>
    public static Digest Covered(NodeId mobile, NodeId router, ulong nonce) => default(Digest).With(5).With(mobile).With(router).With(nonce);
}

/// <summary>Access is granted, by one that has the key too.</summary>
/// <param name="Nonce">Of the request.</param>
public sealed record FastAuthenticationReply(ulong Nonce, Authenticator Proof) : Message
{
    /// <summary>ICMPv6 header 8, nonce 16, authenticator 24.</summary>
    public override int SizeBytes => 48;

    /// <summary>What <see cref="Proof"/> covers.</summary>
    public static Digest Covered(NodeId mobile, NodeId router, ulong nonce) => default(Digest).With(6).With(mobile).With(router).With(nonce);
}
