using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace Actors.Security.Certificates;

/// <summary>The extensions that certificates here have (RFC 5280, section 4.2), written and read.</summary>
internal static class CertificateExtensions
{
    private static readonly DerObjectIdentifier[] Understood =
        [X509Extensions.BasicConstraints, X509Extensions.KeyUsage, X509Extensions.SubjectAlternativeName];

    /// <summary>Of an authority: it may sign certificates, and has a key identifier.</summary>
    public static X509Extensions OfAuthority(SubjectPublicKeyInfo key, SubjectPublicKeyInfo issuerKey)
    {
        var extensions = new X509ExtensionsGenerator();
        if (key != issuerKey)
            extensions.AddExtension(X509Extensions.AuthorityKeyIdentifier, critical: false, new AuthorityKeyIdentifier(Identifier(issuerKey)));
        extensions.AddExtension(X509Extensions.BasicConstraints, critical: true, new BasicConstraints(cA: true));
        extensions.AddExtension(X509Extensions.KeyUsage, critical: true, new KeyUsage(KeyUsage.KeyCertSign | KeyUsage.CrlSign));
        extensions.AddExtension(X509Extensions.SubjectKeyIdentifier, critical: false, new SubjectKeyIdentifier(Identifier(key)));
        return extensions.Generate();
    }

    /// <summary>Of a node: the issuer's key, and the node's name as a DNS name.</summary>
    public static X509Extensions OfNode(string name, SubjectPublicKeyInfo issuerKey)
    {
        var extensions = new X509ExtensionsGenerator();
        extensions.AddExtension(X509Extensions.AuthorityKeyIdentifier, critical: false, new AuthorityKeyIdentifier(Identifier(issuerKey)));
        extensions.AddExtension(X509Extensions.SubjectAlternativeName, critical: false, new GeneralNames(new GeneralName(GeneralName.DnsName, name)));
        return extensions.Generate();
    }

    public static bool AreUnderstood(X509Extensions? extensions) =>
        extensions is null || extensions.GetCriticalExtensionOids().All(Understood.Contains);

    public static string? DnsName(X509Extensions? extensions) =>
        extensions?.GetExtensionParsedValue(X509Extensions.SubjectAlternativeName) is { } names
            ? GeneralNames.GetInstance(names).GetNames().FirstOrDefault(name => name.TagNo == GeneralName.DnsName)?.Name.ToString()
            : null;

    public static bool IsAuthority(X509Extensions? extensions) =>
        extensions?.GetExtensionParsedValue(X509Extensions.BasicConstraints) is { } constraints
        && BasicConstraints.GetInstance(constraints).IsCA()
        && Permits(extensions, KeyUsage.KeyCertSign);

    /// <summary>Without the extension every use is permitted.</summary>
    public static bool Permits(X509Extensions? extensions, int use) =>
        extensions?.GetExtensionParsedValue(X509Extensions.KeyUsage) is not { } usage
        || (KeyUsage.GetInstance(usage).IntValue & use) == use;

    /// <summary>SHA-1 of the key's bits, method 1 of RFC 5280, section 4.2.1.2: a name, no protection.</summary>
    private static byte[] Identifier(SubjectPublicKeyInfo key) => SHA1.HashData(key.PublicKey.GetOctets());
}
