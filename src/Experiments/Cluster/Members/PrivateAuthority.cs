using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Remote.Transport.DotNetty;
using Experiments.Cli;

namespace Experiments.Cluster.Members;

/// <summary>Mutual TLS under one private authority: both sides show a certificate of it, and the machine's own authorities count for nothing.</summary>
internal static class PrivateAuthority
{
    /// <exception cref="UsageException">A file is missing, or does not fit the others.</exception>
    public static DotNettySslSetup Setup(ClusterSettings settings)
    {
        var (certificate, key, authority) = settings.Tls;
        var own = Load($"tls.certificate = '{certificate}' and tls.key = '{key}'", () =>
        {
            // A key that came from PEM does not serve TLS everywhere; one from PKCS #12 does.
            using var read = X509Certificate2.CreateFromPemFile(certificate, key);
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        });
        var root = Load($"tls.authority = '{authority}'", () => X509CertificateLoader.LoadCertificateFromFile(authority));
        if (Reason(own, root) is { } reason)
            throw new UsageException($"handover: the certificate {certificate} is not valid under {authority}: {reason}. Make it again, as docs/cluster.md shows.");
        return new DotNettySslSetup(own, suppressValidation: false, requireMutualAuthentication: true, validateCertificateHostname: false,
            (peer, _, _, errors, _) => peer is not null && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) && Reason(peer, root) is null);
    }

    /// <summary>Why a certificate is none of the authority's; null when it is.</summary>
    private static string? Reason(X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate) ? null : string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation.Trim().TrimEnd('.')));
    }

    private static X509Certificate2 Load(string what, Func<X509Certificate2> load)
    {
        try
        {
            return load();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new UsageException($"handover: {what}: {problem.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Name PEM files, as docs/cluster.md shows.");
        }
    }
}
