using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Mobility.Credentials;
using Actors.Schemes.Fmipv6;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.IbsFamipv6;

/// <summary>Where the new network asks for the mobile node's signature parameters; in RtSolPr and HI.</summary>
public sealed record HomeRealm(Address HomeServer) : MessageExtension
{
    /// <summary>Type, length and padding with a network access identifier of up to 28 bytes.</summary>
    public override int NeighborDiscoveryBytes => 32;

    public override int MobilityBytes => 32;
}

/// <summary>The signature parameters of the new network; in HAck and PrRtAdv.</summary>
/// <param name="Authority">The key generator, whose public key the mobile node verifies the network's signatures by.</param>
public sealed record VisitedParameters(NodeId Authority) : MessageExtension
{
    /// <summary>Type and length 2, a compressed point of P-256 33, padding to 8.</summary>
    public override int NeighborDiscoveryBytes => 40;

    /// <summary>Type and length 2, a compressed point of P-256 33, padding of the message to 8.</summary>
    public override int MobilityBytes => 40;
}

/// <summary>Request for the signature parameters of a user's home.</summary>
public sealed record ParameterRequest : AaaContent
{
    /// <summary>Nothing beyond the user's name.</summary>
    public override int SizeBytes => 0;
}

/// <summary>The signature parameters of a user's home.</summary>
/// <param name="Authority">The key generator of the user's private key.</param>
public sealed record ParameterReply(NodeId Authority) : AaaContent
{
    /// <summary>AVP 8 + a compressed point of P-256 33, padding 3.</summary>
    public override int SizeBytes => 44;
}

/// <summary>A request for access that the mobile node has signed.</summary>
public abstract record SignedRequest(ulong Nonce, Signature Signature) : AaaContent
{
    /// <summary>AVP 8 + vBNN-IBS over P-256: a compressed point 33 and two scalars 64, padding 3.</summary>
    public static int SignatureBytes => 108;

    /// <summary>What the signature must cover when it is this mobile node's.</summary>
    public abstract Digest CoveredFor(NodeId mobile);
}

/// <summary>A signed request for access that carries the binding update.</summary>
public sealed record RegistrationRequest(ulong Nonce, BindingUpdate Update, Signature Signature) : SignedRequest(Nonce, Signature)
{
    /// <summary>Nonce AVP 24, home address AVP 8 + 18 with padding 2, binding update AVP 8 + 32, signature AVP.</summary>
    public override int SizeBytes => 52 + 8 + BindingUpdate.HeaderBytes + SignatureBytes;

    public override Digest CoveredFor(NodeId mobile) => Covered(mobile, Nonce, Update);

    /// <summary>What the signature covers.</summary>
    public static Digest Covered(NodeId mobile, ulong nonce, BindingUpdate update) =>
        default(Digest).With(mobile).With(nonce).With(update.HomeAddress).With(update.CareOfAddress).With(update.Sequence);
}

/// <summary>The answer to a <see cref="SignedRequest"/>.</summary>
/// <param name="Nonce">Of the request.</param>
/// <param name="Signature">Of the visited AAA server; null on the way from the home server to it.</param>
public sealed record RegistrationReply(ulong Nonce, Signature? Signature) : AaaContent
{
    /// <summary>Of the home server, where the visited one does not sign.</summary>
    public Authenticator? HomeProof { get; init; }

    /// <summary>Nonce AVP 24, signature AVP, authenticator AVP 24.</summary>
    public override int SizeBytes => 24 + (Signature is null ? 0 : SignedRequest.SignatureBytes) + (HomeProof is null ? 0 : 24);

    /// <summary>What the signature, or the home server's proof, covers.</summary>
    public static Digest Covered(NodeId mobile, ulong nonce) => default(Digest).With(mobile).With(nonce).With(1UL);
}
