using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Actors.Security.Certificates;
using Actors.Security.Ike;
using Actors.Security.KeyExchange;
using Actors.Security.Profiles;
using Actors.Security.Signatures;
using Topology.Plans;

namespace Actors.Security.Keys;

/// <summary>
/// All real keys of one run, behind the symbolic credentials of model mode: what a node signs with, the halves of its key
/// exchanges, its security associations. A function of seed and replication; keys that outlive a handover are of the seed alone.
/// FOR SIMULATION ONLY: one object knows everyone's secrets, and who asks it for the right ones is its caller's business.
/// May be used by several threads at once, a node's own parts by that node's only.
/// </summary>
public sealed partial class KeyRing : IDisposable
{
    /// <summary>What the models of messages count: RSA-2048, X25519, AES-GCM-256.</summary>
    public static readonly CryptoProfile DefaultProfile = new("model", SignatureAlgorithm.Rsa2048, KeyExchanges.X25519, CipherSuite.AesGcm256);

    private const ulong Authorities = 1UL << 32;
    private const ulong Generators = 2UL << 32;
    private const ulong OfRun = 1UL << 63;

    /// <summary>Key pairs take long to make and depend on the seed only, so that runs of one seed share them.</summary>
    private static readonly ConcurrentDictionary<(ulong Seed, string Profile, ulong Entity), Lazy<CertificateAuthority>> AuthorityCache = new();
    private static readonly ConcurrentDictionary<(ulong Seed, string Profile, ulong Entity), Lazy<NodeCredential>> CredentialCache = new();

    private readonly ulong _seed;
    private readonly long _replication;
    private readonly Func<NodeId, DomainId> _domainOf;
    private readonly ConcurrentDictionary<(NodeId Signer, UInt128 Content), byte[]> _signatures = new();
    private readonly ConcurrentDictionary<(NodeId Signer, NodeId Authority, UInt128 Content), byte[]> _identitySignatures = new();
    private readonly ConcurrentDictionary<NodeId, IdentityKeyGenerator> _generators = new();
    private readonly ConcurrentDictionary<(NodeId Owner, NodeId Authority), ISigner> _identitySigners = new();
    private readonly ConcurrentDictionary<UInt128, NodeId> _authorities = new();
    private readonly Lazy<TrustAnchors> _anchors;

    /// <param name="domains">How many there are.</param>
    /// <param name="domainOf">Of each node: whose authority certifies it.</param>
    /// <param name="isShared">Whether other rings of the run are to be told what this one comes to know: see <see cref="TakeNews"/>.</param>
    public KeyRing(
        ulong seed, long replication, int domains, Func<NodeId, DomainId> domainOf, CryptoProfile? profile = null, bool isShared = false)
    {
        _news = isShared ? new() : null;
        (_seed, _replication, _domainOf) = (seed, replication, domainOf);
        Profile = profile ?? DefaultProfile;
        _anchors = new(() => new TrustAnchors([.. Enumerable.Range(0, domains).Select(domain => AuthorityOf(new DomainId(domain)).Certificate)]));
        _secret = Bytes(0, 32);
        _blocks = Aes.Create();
        _blocks.SetKey(_secret);
    }

    public CryptoProfile Profile { get; }

    /// <summary>The authorities of all domains, which every node trusts.</summary>
    public TrustAnchors Anchors => _anchors.Value;

    /// <summary>The name in a node's certificate; names of all nodes are of one length, so that certificates are too.</summary>
    public static string NameOf(NodeId node) => string.Create(CultureInfo.InvariantCulture, $"n-{node.Index:x7}");

    /// <summary>The node of a name; null for one that is none.</summary>
    public static NodeId? NodeOf(string? name) =>
        name is { Length: 9 } && int.TryParse(name.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var index)
        && NameOf(new NodeId(index)) == name
            ? new NodeId(index)
            : null;

    /// <summary>A node's key pair and the certificate that its domain's authority has issued.</summary>
    public NodeCredential CredentialOf(NodeId node)
    {
        var domain = _domainOf(node);
        return CredentialCache.GetOrAdd((_seed, Profile.Name, (ulong)node.Index), key => new Lazy<NodeCredential>(() =>
        {
            var random = SimulationRandom.For(_seed, 0, key.Entity);
            return AuthorityOf(domain).Issue(NameOf(node), Profile.Signature.GenerateKeyPair(random));
        })).Value;
    }

    /// <summary>A node's signature. One that has been made is not made anew: who passes a message on needs no key.</summary>
    public byte[] Sign(NodeId signer, ReadOnlySpan<byte> content)
    {
        var key = (signer, HashOf(content));
        if (_signatures.TryGetValue(key, out var signature))
            return signature;
        var credential = CredentialOf(signer);
        lock (credential)
            signature = credential.Key.Signer.Sign(content);
        return _signatures[key] = signature;
    }

    /// <summary>Whether the owner of a certified key has signed this.</summary>
    public static bool Verify(Certificate certificate, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        lock (certificate)
            return certificate.PublicKey.Verify(content, signature);
    }

    /// <summary>Whom a certificate names, when an authority that every node trusts has issued it; else null.</summary>
    /// <param name="elapsed">Virtual time since the start of the run.</param>
    public NodeId? SubjectOf(Certificate certificate, TimeSpan elapsed)
    {
        lock (Anchors)
            return Anchors.Verify(certificate, elapsed) == CertificateVerdict.Trusted ? NodeOf(certificate.Identity) : null;
    }

    /// <summary>An identity-based signature by a key that <paramref name="authority"/> has extracted.</summary>
    public byte[] SignByIdentity(NodeId owner, NodeId authority, ReadOnlySpan<byte> content)
    {
        var key = (owner, authority, HashOf(content));
        if (_identitySignatures.TryGetValue(key, out var signature))
            return signature;
        var signer = _identitySigners.GetOrAdd((owner, authority), pair => GeneratorOf(pair.Authority).Extract(
            NameOf(pair.Owner), SimulationRandom.For(_seed, 0, Generators | (uint)pair.Owner.Index, pair.Authority.Index + 1)));
        lock (signer)
            signature = signer.Sign(content);
        return _identitySignatures[key] = signature;
    }

    /// <summary>Whether the owner of an identity under this authority has signed this.</summary>
    public bool VerifyByIdentity(NodeId owner, NodeId authority, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature) =>
        IdentityVerifier.For(NameOf(owner), GeneratorOf(authority).PublicKey.Span)!.Verify(content, signature);

    /// <summary>The public key of an identity key generator, a compressed point of P-256.</summary>
    public ReadOnlyMemory<byte> ParametersOf(NodeId authority)
    {
        var key = GeneratorOf(authority).PublicKey;
        Note(new KeyFact.Authority(HashOf(key.Span), authority));
        return key;
    }

    /// <summary>Whose public key this is; null for bytes that are no generator's.</summary>
    public NodeId? AuthorityOf(ReadOnlySpan<byte> parameters) => _authorities.TryGetValue(HashOf(parameters), out var authority) ? authority : null;

    public void Dispose()
    {
        _blocks.Dispose();
        foreach (var association in Associations)
            association.Dispose();
    }

    /// <summary>So many bytes of a purpose, of this run.</summary>
    private byte[] Bytes(ulong entity, int count, long index = 0)
    {
        var bytes = new byte[count];
        SimulationRandom.For(_seed, _replication, entity + OfRun, index).NextBytes(bytes);
        return bytes;
    }

    private static UInt128 HashOf(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(content, hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private CertificateAuthority AuthorityOf(DomainId domain) => AuthorityCache.GetOrAdd(
        (_seed, Profile.Name, Authorities | (uint)domain.Index),
        key => new Lazy<CertificateAuthority>(() => new CertificateAuthority(
            string.Create(CultureInfo.InvariantCulture, $"CA {domain.Index:D6}"), Profile.Signature, SimulationRandom.For(_seed, 0, key.Entity)))).Value;

    private IdentityKeyGenerator GeneratorOf(NodeId authority) =>
        _generators.GetOrAdd(authority, node => new IdentityKeyGenerator(SimulationRandom.For(_seed, 0, Generators | (uint)node.Index)));
}
