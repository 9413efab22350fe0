using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tests.Experiments.Cluster;

/// <summary>A private authority and certificates of it, in files; gone with the test.</summary>
internal sealed class CertificateFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("handover-tls-");
    private readonly X509Certificate2 _authority;

    public CertificateFiles(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path("authority.pem"), _authority.ExportCertificatePem());
    }

    public string Path(string file) => System.IO.Path.Combine(_folder.FullName, file);

    /// <summary>Settings of a member with a certificate of its own, in a file.</summary>
    /// <param name="trusted">The authority that it trusts; null for the one that made its certificate.</param>
    public string Settings(string member, CertificateFiles? trusted = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={member}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        using var certificate = request.Create(_authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(Path($"{member}.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path($"{member}.key"), key.ExportPkcs8PrivateKeyPem());
        var file = Path($"{member}.conf");
        File.WriteAllText(file,
            $$"""
            handover.cluster {
              lanes = 1
              join-within = 3s
              tls { enabled = on, certificate = "{{Path($"{member}.pem")}}", key = "{{Path($"{member}.key")}}", authority = "{{(trusted ?? this).Path("authority.pem")}}" }
            }
            """);
        return file;
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }
}
