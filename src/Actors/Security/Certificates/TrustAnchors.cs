namespace Actors.Security.Certificates;

/// <summary>What a node makes of another's certificate.</summary>
public enum CertificateVerdict : byte
{
    Trusted,
    NotYetValid,
    Expired,

    /// <summary>No certificate at hand is of its issuer.</summary>
    UnknownIssuer,

    /// <summary>Its issuer has a certificate, but not one that lets it issue others.</summary>
    IssuerIsNoAuthority,
    BadSignature,

    /// <summary>More intermediate authorities than a node follows.</summary>
    PathTooLong,
}

/// <summary>The authorities that a node trusts, such as those of its own and the visited domains.</summary>
public sealed class TrustAnchors(params IReadOnlyList<Certificate> anchors)
{
    private const int MostIntermediates = 3;

    /// <summary>Follows the path from a certificate to an anchor (RFC 5280, section 6), every link of it valid now.</summary>
    /// <param name="intermediates">Certificates of authorities that came along with it; trusted only through an anchor.</param>
    /// <param name="elapsed">Virtual time since the start of the run.</param>
    public CertificateVerdict Verify(Certificate certificate, IReadOnlyList<Certificate> intermediates, TimeSpan elapsed)
    {
        var now = VirtualCalendar.At(elapsed);
        for (var depth = 0; depth <= MostIntermediates; depth++)
        {
            if (Period(certificate, now) is not CertificateVerdict.Trusted and var outside)
                return outside;
            var anchor = Issuer(anchors, certificate);
            if ((anchor ?? Issuer(intermediates, certificate)) is not { } issuer)
                return CertificateVerdict.UnknownIssuer;
            if (!issuer.IsAuthority)
                return CertificateVerdict.IssuerIsNoAuthority;
            if (!certificate.IsSignedBy(issuer))
                return CertificateVerdict.BadSignature;
            if (anchor is not null)
                return Period(anchor, now);
            certificate = issuer;
        }

        return CertificateVerdict.PathTooLong;
    }

    /// <summary>As above, without intermediate authorities.</summary>
    public CertificateVerdict Verify(Certificate certificate, TimeSpan elapsed) => Verify(certificate, [], elapsed);

    private static CertificateVerdict Period(Certificate certificate, DateTime now) =>
        now < certificate.NotBefore ? CertificateVerdict.NotYetValid
        : now >= certificate.NotAfter.AddSeconds(1) ? CertificateVerdict.Expired
        : CertificateVerdict.Trusted;

    private static Certificate? Issuer(IReadOnlyList<Certificate> candidates, Certificate certificate)
    {
        foreach (var candidate in candidates)
            if (candidate.Subject == certificate.Issuer)
                return candidate;
        return null;
    }
}
