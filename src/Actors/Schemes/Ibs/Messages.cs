using Actors.Mobility.Credentials;
using Actors.Schemes.IbsFamipv6;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.Ibs;

/// <summary>A signed request for access alone; the binding update goes its own way.</summary>
/// <param name="CareOfAddress">The address that access is asked for.</param>
public sealed record SignedAccessRequest(ulong Nonce, Address CareOfAddress, Signature Signature) : SignedRequest(Nonce, Signature)
{
    /// <summary>Nonce AVP 24, address AVP 8 + 18 with padding 2, signature AVP.</summary>
    public override int SizeBytes => 52 + SignatureBytes;

    public override Digest CoveredFor(NodeId mobile) => Covered(mobile, Nonce, CareOfAddress);

    /// <summary>What the signature covers.</summary>
    public static Digest Covered(NodeId mobile, ulong nonce, Address careOfAddress) =>
        default(Digest).With(mobile).With(nonce).With(careOfAddress);
}
