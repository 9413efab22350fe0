using System.Buffers.Binary;
using Actors.Security.Certificates;
using Actors.Security.Esp;
using Actors.Security.Ike;
using Actors.Security.KeyExchange;
using Actors.Security.Keys;
using Actors.Security.Signatures;

namespace Actors.Security.Profiles;

/// <summary>
/// Every computation that a table of costs knows, ready to be executed: a calibration times them, and a run with real cost
/// executes them beside charging from its table. Keys come from a seed. Not for use by two threads at once.
/// </summary>
public sealed class CryptoWorkload
{
    private const string Node = "mn";
    private const string Authority = "ca";
    private const int MessageBytes = 512;
    private const byte NextHeaderIpv6 = 41;

    private readonly Dictionary<string, Action> _computations = [];
    private readonly SimulationRandom _random;
    private readonly byte[] _message = new byte[MessageBytes];
    private readonly byte[] _unsigned = new byte[MessageBytes];
    private ulong _signatures;

    /// <summary>All computations of the profiles and of identity-based signatures. Making the RSA keys takes seconds.</summary>
    public CryptoWorkload(ulong seed)
        : this(seed, CryptoProfile.All)
    {
    }

    /// <summary>Those of some profiles, and of identity-based signatures.</summary>
    public CryptoWorkload(ulong seed, params IReadOnlyList<CryptoProfile> profiles)
    {
        _random = SimulationRandom.For(seed, replication: 0, entity: 0);
        _random.NextBytes(_message);
        foreach (var signature in profiles.Select(profile => profile.Signature).Distinct())
            Add(signature);
        AddIdentityBased();
        foreach (var exchange in profiles.Select(profile => profile.KeyExchange).Distinct())
            Add(exchange);
        foreach (var suite in profiles.Select(profile => profile.Suite).Distinct())
            Add(suite);
    }

    /// <summary>Bytes of data in the packet that <see cref="ProtectPacket"/> protects.</summary>
    public const int PacketBytes = 1500;

    /// <summary>Names of the computations.</summary>
    public IReadOnlyCollection<string> Names => _computations.Keys;

    /// <summary>Name of: ESP of a packet of <see cref="PacketBytes"/> by the sender.</summary>
    public static string ProtectPacket(CipherSuite suite) => $"{suite.Name}-protect-{PacketBytes}";

    /// <summary>Executes a computation; false when it is none of <see cref="Names"/>.</summary>
    /// <exception cref="InvalidOperationException">The computation did not give what it must: the machine or a library is at fault.</exception>
    public bool Execute(string name)
    {
        if (!_computations.TryGetValue(name, out var computation))
            return false;
        computation();
        return true;
    }

    private void Add(SignatureAlgorithm algorithm)
    {
        var authority = new CertificateAuthority(Authority, algorithm, _random);
        var node = authority.Issue(Node, algorithm);
        var signature = node.Key.Signer.Sign(_message);
        var encoded = node.Certificate.Encoded;
        _computations.Add(algorithm.Sign.Name, () => node.Key.Signer.Sign(Another()));
        _computations.Add(algorithm.Verify.Name, () => Require(node.Certificate.PublicKey.Verify(_message, signature)));
        _computations.Add(
            algorithm.VerifyCertificate.Name,
            () => Require(Certificate.Read(encoded.Span) is { } certificate && certificate.IsSignedBy(authority.Certificate)));
    }

    private void AddIdentityBased()
    {
        var generator = new IdentityKeyGenerator(_random);
        var signer = generator.Extract(Node, _random);
        var signature = signer.Sign(_message);
        var verifier = IdentityVerifier.For(Node, generator.PublicKey.Span)!;
        _computations.Add(IdentityBased.Extract.Name, () => generator.Extract(Node, _random));
        _computations.Add(IdentityBased.Sign.Name, () => signer.Sign(Another()));
        _computations.Add(IdentityBased.Verify.Name, () => Require(verifier.Verify(_message, signature)));
    }

    private void Add(IKeyExchange exchange)
    {
        var initiation = exchange.Initiate(_random);
        var response = exchange.Respond(initiation.Request.Span, _random)!;
        _computations.Add(exchange.InitiateOperation.Name, () => exchange.Initiate(_random));
        _computations.Add(exchange.RespondOperation.Name, () => Require(exchange.Respond(initiation.Request.Span, _random) is not null));
        _computations.Add(exchange.AgreeOperation.Name, () => Require(initiation.Agree(response.Answer.Span) is not null));
    }

    private void Add(CipherSuite suite)
    {
        byte[] encryptionKey = new byte[suite.EncryptionMaterialBytes], integrityKey = new byte[suite.IntegrityKeyBytes];
        _random.NextBytes(encryptionKey);
        _random.NextBytes(integrityKey);
        var sender = new EspSender(new SecurityAssociation(256, suite, EncapsulationMode.Tunnel, encryptionKey, integrityKey));
        byte[] data = new byte[PacketBytes], packet = new byte[suite.Format.PacketBytes(PacketBytes)];
        _computations.Add(ProtectPacket(suite), () => sender.Protect(data, NextHeaderIpv6, packet));
    }

    /// <summary>Never the same message: how long ML-DSA takes depends on it, and on nothing else.</summary>
    private byte[] Another()
    {
        BinaryPrimitives.WriteUInt64BigEndian(_unsigned, _signatures++);
        return _unsigned;
    }

    private static void Require(bool holds)
    {
        if (!holds)
            throw new InvalidOperationException("a computation of the workload failed: its own signature or secret does not hold");
    }
}
