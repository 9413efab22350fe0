using System.Security.Cryptography.X509Certificates;
using Actors.Security.Certificates;
using Actors.Security.Keys;
using Actors.Security.Signatures;
using CsCheck;

namespace Tests.Actors.Security;

public sealed class CertificateTests
{
    private static readonly SignatureAlgorithm Fast = SignatureAlgorithm.Ed25519;
    private static readonly CertificateAuthority Authority = new("home", Fast, SimulationRandom.For(1, 0, 0));
    private static readonly NodeCredential Node = Authority.Issue("mn", Fast);
    private static readonly TrustAnchors Anchors = new(Authority.Certificate);

    private static readonly byte[][] Encoded =
        [.. SignatureAlgorithm.All.Select(algorithm => Authority.Issue("mn", TestKeys.Of(algorithm.Name)).Certificate.Encoded.ToArray())];

    [Fact]
    public void A_certificate_is_trusted_through_the_authority_of_its_domain_alone()
    {
        Assert.Equal(CertificateVerdict.Trusted, Anchors.Verify(Node.Certificate, TimeSpan.Zero));
        Assert.Equal("mn", Node.Certificate.Identity);
        Assert.False(Node.Certificate.IsAuthority);
        Assert.True(Node.Certificate.MaySign);
        Assert.False(Authority.Certificate.MaySign);
        var visited = new CertificateAuthority("visited", Fast, SimulationRandom.For(1, 0, 1));
        Assert.Equal(CertificateVerdict.UnknownIssuer, new TrustAnchors(visited.Certificate).Verify(Node.Certificate, TimeSpan.Zero));
        Assert.Equal(CertificateVerdict.Trusted, new TrustAnchors(visited.Certificate, Authority.Certificate).Verify(Node.Certificate, TimeSpan.Zero));
        var namesake = new CertificateAuthority("home", Fast, SimulationRandom.For(2, 0, 0));
        Assert.Equal(CertificateVerdict.BadSignature, new TrustAnchors(namesake.Certificate).Verify(Node.Certificate, TimeSpan.Zero));
    }

    [Fact]
    public void Validity_is_judged_in_virtual_time()
    {
        var end = Node.Certificate.NotAfter - VirtualCalendar.Epoch;
        Assert.Equal(VirtualCalendar.Epoch, Node.Certificate.NotBefore);
        Assert.Equal(CertificateVerdict.NotYetValid, Anchors.Verify(Node.Certificate, TimeSpan.FromTicks(-1)));
        Assert.Equal(CertificateVerdict.Trusted, Anchors.Verify(Node.Certificate, end));
        Assert.Equal(CertificateVerdict.Expired, Anchors.Verify(Node.Certificate, end + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_path_leads_over_authorities_only_and_has_an_end()
    {
        var authority = Authority;
        var path = new List<Certificate>();
        for (var depth = 1; depth <= 4; depth++)
        {
            authority = authority.Subordinate($"sub{depth}", Fast);
            path.Add(authority.Certificate);
            var node = authority.Issue("nar", Fast).Certificate;
            Assert.Equal(depth <= 3 ? CertificateVerdict.Trusted : CertificateVerdict.PathTooLong, Anchors.Verify(node, path, TimeSpan.Zero));
            Assert.Equal(CertificateVerdict.UnknownIssuer, Anchors.Verify(node, TimeSpan.Zero));
        }

        // A node that issues certificates in its own name.
        var rogue = new CertificateAuthority("mn", Fast, SimulationRandom.For(9, 0, 0)).Issue("nar", Fast).Certificate;
        Assert.Equal(CertificateVerdict.IssuerIsNoAuthority, Anchors.Verify(rogue, [Node.Certificate], TimeSpan.Zero));
    }

    [Fact]
    public void Every_altered_byte_is_noticed()
    {
        var encoded = Node.Certificate.Encoded.Span;
        for (var i = 0; i < 8 * encoded.Length; i++)
            Assert.False(Certificate.Read(TestKeys.Flip(encoded, i / 8, i % 8)) is { } altered && Anchors.Verify(altered, TimeSpan.Zero) == CertificateVerdict.Trusted, $"bit {i}");
        for (var length = 0; length < encoded.Length; length++)
            Assert.Null(Certificate.Read(encoded[..length]));
        Assert.Null(Certificate.Read([.. encoded, 0]));
    }

    [Fact]
    public void Hostile_bytes_are_no_certificate_and_no_exception() =>
        Gen.Select(Gen.Int[0, SignatureAlgorithm.All.Count - 1], Gen.Select(Gen.Int[0, 9999], Gen.Byte).Array[1, 6], Gen.Bool).Sample((which, changes, isCut) =>
        {
            var bytes = Encoded[which].ToArray();
            foreach (var (at, value) in changes)
                bytes[at % bytes.Length] = value;
            if (isCut)
                bytes = bytes[..(changes[0].Item1 % bytes.Length)];
            if (Certificate.Read(bytes) is { } read && !bytes.AsSpan().SequenceEqual(Encoded[which]))
                Assert.NotEqual(CertificateVerdict.Trusted, Anchors.Verify(read, [read], TimeSpan.Zero));
        }, iter: 3000);

    [Theory]
    [InlineData("ecdsa-p256")]
    [InlineData("ed25519")]
    [InlineData("ml-dsa-44")]
    [InlineData("ml-dsa-65")]
    public void The_seed_decides_certificates(string name)
    {
        var algorithm = SignatureAlgorithm.All.Single(candidate => candidate.Name == name);
        Assert.Equal(Issue(1), Issue(1));
        Assert.NotEqual(Issue(1), Issue(2));

        string Issue(ulong seed) => Convert.ToHexString(
            new CertificateAuthority("home", algorithm, SimulationRandom.For(seed, 0, 0)).Issue("mn", algorithm).Certificate.Encoded.Span);
    }

    [Theory]
    [InlineData("rsa-2048")]
    [InlineData("ecdsa-p256")]
    public void The_platform_builds_the_same_chain(string name)
    {
        var algorithm = SignatureAlgorithm.All.Single(candidate => candidate.Name == name);
        var authority = new CertificateAuthority("home", algorithm, SimulationRandom.For(1, 0, 0));
        var node = authority.Issue("mn", algorithm);
        using var chain = new X509Chain();
        using var root = X509CertificateLoader.LoadCertificate(authority.Certificate.Encoded.Span);
        using var leaf = X509CertificateLoader.LoadCertificate(node.Certificate.Encoded.Span);
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = VirtualCalendar.At(TimeSpan.FromHours(1)).ToLocalTime();
        Assert.True(chain.Build(leaf), string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation)));
        Assert.Equal("mn", leaf.GetNameInfo(X509NameType.DnsName, forIssuer: false));
        if (name == "rsa-2048")
            Assert.Equal(CertificateAuthority.NodeCertificateBytes("home", "mn", algorithm), node.Certificate.Encoded.Length);
    }
}
