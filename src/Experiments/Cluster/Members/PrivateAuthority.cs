using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Remote.Transport.DotNetty;
using Experiments.Cli;

namespace Experiments.Cluster.Members;

/// <summary>Mutual TLS under one private authority: both sides show a certificate of it, and the machine's own authorities count for nothing.</summary>
internal sealed class PrivateAuthority
{
    private readonly X509Certificate2 _own;
    private readonly X509Certificate2 _root;

    /// <param name="files">In PEM: this member's certificate, its key, and the authority's certificate.</param>
    /// <exception cref="UsageException">A file is missing, or does not fit the others.</exception>
    public PrivateAuthority((string Certificate, string Key, string Authority) files)
    {
        var (certificate, key, authority) = files;
        _own = Load($"tls.certificate = '{certificate}' and tls.key = '{key}'", () =>
        {
            // A key that came from PEM does not serve TLS everywhere; one from PKCS #12 does.
            using var read = X509Certificate2.CreateFromPemFile(certificate, key);
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        });
        _root = Load($"tls.authority = '{authority}'", () => X509CertificateLoader.LoadCertificateFromFile(authority));
        if (Reason(_own) is { } reason)
            throw new UsageException($"handover: the certificate {certificate} is not valid under {authority}: {reason}. Make it again, as docs/cluster.md shows.");
    }

    /// <summary>For the messages of the cluster.</summary>
    public DotNettySslSetup Setup() => new(
        _own, suppressValidation: false, requireMutualAuthentication: true, validateCertificateHostname: false, (peer, _, _, errors, _) => Trusts(peer, errors));

    /// <summary>A connection under TLS to a member that this one has called.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">It shows no certificate of the authority.</exception>
    public Stream Call(Stream line)
    {
        var secured = new SslStream(line);
        secured.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = "handover",
            ClientCertificates = [_own],
            RemoteCertificateValidationCallback = (_, peer, _, errors) => Trusts(peer, errors),
        });
        return secured;
    }

    /// <summary>A connection under TLS to a member that has called this one.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">It shows no certificate of the authority.</exception>
    public Stream Answer(Stream line)
    {
        var secured = new SslStream(line);
        secured.AuthenticateAsServer(new SslServerAuthenticationOptions
        {
            ServerCertificate = _own,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, peer, _, errors) => Trusts(peer, errors),
        });
        return secured;
    }

    private bool Trusts(X509Certificate? peer, SslPolicyErrors errors) =>
        peer is X509Certificate2 shown && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) && Reason(shown) is null;

    /// <summary>Why a certificate is none of the authority's; null when it is.</summary>
    private string? Reason(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_root);
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
