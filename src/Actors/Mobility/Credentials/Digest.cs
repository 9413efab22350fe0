using Topology.Addressing;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Mobility.Credentials;

/// <summary>
/// What a signature or authenticator of model mode covers: 64 bits that differ, as good as always, when the content
/// differs. Stable across processes; no cryptographic strength is claimed, forgery is excluded by construction.
/// </summary>
public readonly record struct Digest(ulong Value)
{
    /// <summary>The content goes on with a value.</summary>
    public Digest With(ulong value) => new(RandomStream.Mix(Value ^ RandomStream.Mix(value + 0x9E3779B97F4A7C15)));

    public Digest With(NodeId identity) => With((ulong)identity.Index);

    public Digest With(Address address) => With(address.Prefix).With(address.InterfaceId);
}
