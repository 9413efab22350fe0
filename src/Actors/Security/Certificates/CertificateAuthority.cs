using Actors.Security.Signatures;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Security;

namespace Actors.Security.Certificates;

/// <summary>A node's key pair with the certificate of its public half.</summary>
public sealed record NodeCredential(KeyPair Key, Certificate Certificate);

/// <summary>
/// A test authority, such as that of a domain. Keys and serial numbers come from the source it is given, dates are fixed: equal
/// sources give equal certificates. FOR SIMULATION ONLY.
/// </summary>
public sealed class CertificateAuthority
{
    private const int ValidDays = 3 * 365;
    private const long SerialTop = 1L << 62;

    private readonly string _name;
    private readonly KeyPair _key;
    private readonly SecureRandom _random;

    /// <summary>A root authority, with a certificate signed by itself.</summary>
    /// <param name="name">Common name.</param>
    public CertificateAuthority(string name, SignatureAlgorithm algorithm, SecureRandom random)
    {
        (_name, _key, _random) = (name, algorithm.GenerateKeyPair(random), random);
        var info = Info(_key);
        Certificate = Sign(name, info, CertificateExtensions.OfAuthority(info, info));
    }

    private CertificateAuthority(string name, KeyPair key, Certificate certificate, SecureRandom random) =>
        (_name, _key, Certificate, _random) = (name, key, certificate, random);

    public Certificate Certificate { get; }

    /// <summary>An authority that this one vouches for.</summary>
    public CertificateAuthority Subordinate(string name, SignatureAlgorithm algorithm)
    {
        var key = algorithm.GenerateKeyPair(_random);
        var certificate = Sign(name, Info(key), CertificateExtensions.OfAuthority(Info(key), Info(_key)));
        return new CertificateAuthority(name, key, certificate, _random);
    }

    /// <summary>A fresh key pair and its certificate.</summary>
    /// <param name="name">The node's name: the common name, and the DNS name that the peer knows it by.</param>
    public NodeCredential Issue(string name, SignatureAlgorithm algorithm) => Issue(name, algorithm.GenerateKeyPair(_random));

    /// <summary>A certificate of this key.</summary>
    public NodeCredential Issue(string name, KeyPair key) =>
        new(key, Sign(name, Info(key), CertificateExtensions.OfNode(name, Info(_key))));

    /// <summary>
    /// Length of a node's certificate, at most: of the same fields with a key and a signature of the algorithm's full size.
    /// </summary>
    public static int NodeCertificateBytes(string issuer, string name, SignatureAlgorithm algorithm)
    {
        var key = algorithm.SizedPublicKey;
        var signed = ToBeSigned(issuer, name, key, CertificateExtensions.OfNode(name, key), algorithm, SerialTop);
        return Encode(signed, algorithm, new byte[algorithm.SignatureBytes]).Length;
    }

    private Certificate Sign(string subject, SubjectPublicKeyInfo key, X509Extensions extensions)
    {
        var signed = ToBeSigned(_name, subject, key, extensions, _key.Algorithm, _random.NextLong() & (SerialTop - 1) | SerialTop);
        return Certificate.Read(Encode(signed, _key.Algorithm, _key.Signer.Sign(signed.GetDerEncoded())))
            ?? throw new InvalidOperationException($"the certificate made for {subject} cannot be read");
    }

    private static TbsCertificateStructure ToBeSigned(
        string issuer, string subject, SubjectPublicKeyInfo key, X509Extensions extensions, SignatureAlgorithm algorithm, long serial)
    {
        var fields = new V3TbsCertificateGenerator();
        fields.SetSerialNumber(DerInteger.ValueOf(serial));
        fields.SetSignature(algorithm.Identifier);
        fields.SetIssuer(Name(issuer));
        fields.SetStartDate(new Time(VirtualCalendar.Epoch));
        fields.SetEndDate(new Time(VirtualCalendar.Epoch.AddDays(ValidDays)));
        fields.SetSubject(Name(subject));
        fields.SetSubjectPublicKeyInfo(key);
        fields.SetExtensions(extensions);
        return fields.GenerateTbsCertificate();
    }

    private static byte[] Encode(TbsCertificateStructure signed, SignatureAlgorithm algorithm, byte[] signature) =>
        new DerSequence(signed, algorithm.Identifier, new DerBitString(signature)).GetDerEncoded();

    private static X509Name Name(string common) => new([X509Name.CN], [common]);

    private static SubjectPublicKeyInfo Info(KeyPair key) => SubjectPublicKeyInfo.GetInstance(key.PublicKeyInfo.ToArray());
}
