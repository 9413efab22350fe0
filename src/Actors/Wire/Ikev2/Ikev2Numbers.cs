namespace Actors.Wire.Ikev2;

/// <summary>Type of a payload (RFC 7296 section 3.2).</summary>
public enum Ikev2PayloadType : byte
{
    /// <summary>No payload follows.</summary>
    None = 0,
    SecurityAssociation = 33,
    KeyExchange = 34,
    IdentificationInitiator = 35,
    IdentificationResponder = 36,
    Certificate = 37,
    CertificateRequest = 38,
    Authentication = 39,
    Nonce = 40,
    Notify = 41,
    Delete = 42,
    VendorId = 43,
    TrafficSelectorsInitiator = 44,
    TrafficSelectorsResponder = 45,

    /// <summary>SK: the payloads in it are encrypted, and it is the last one.</summary>
    Encrypted = 46,
}

/// <summary>Exchange type (RFC 7296 section 3.1; 38 of RFC 5723).</summary>
public enum Ikev2Exchange : byte
{
    IkeSaInit = 34,
    IkeAuth = 35,
    CreateChildSa = 36,
    Informational = 37,
    IkeSessionResume = 38,
}

/// <summary>Flags of the header (RFC 7296 section 3.1).</summary>
[Flags]
public enum Ikev2Flags : byte
{
    None = 0,

    /// <summary>Sent by the original initiator.</summary>
    Initiator = 0x08,

    /// <summary>The sender can speak a higher version.</summary>
    Version = 0x10,

    /// <summary>An answer.</summary>
    Response = 0x20,
}

/// <summary>Protocol of a proposal, notification or deletion (RFC 7296 section 3.3.1).</summary>
public enum Ikev2Protocol : byte
{
    None = 0,
    Ike = 1,
    Ah = 2,
    Esp = 3,
}

/// <summary>Type of a transform (RFC 7296 section 3.3.2).</summary>
public enum Ikev2TransformType : byte
{
    Encryption = 1,
    PseudoRandomFunction = 2,
    Integrity = 3,
    KeyExchangeMethod = 4,
    ExtendedSequenceNumbers = 5,

    /// <summary>The first further key exchange of a hybrid (RFC 9370 section 2.2.1); six more follow it.</summary>
    AdditionalKeyExchange1 = 6,
}

/// <summary>Encoding of a certificate (RFC 7296 section 3.6).</summary>
public enum Ikev2CertificateEncoding : byte
{
    X509Signature = 4,
    HashAndUrlOfX509Certificate = 12,
    HashAndUrlOfX509Bundle = 13,
}

/// <summary>Type of an identification (RFC 7296 section 3.5).</summary>
public enum Ikev2IdentificationType : byte
{
    Ipv4Address = 1,
    FullyQualifiedDomainName = 2,
    Rfc822Address = 3,
    Ipv6Address = 5,
    DistinguishedName = 9,
    KeyId = 11,
}

/// <summary>Authentication method (RFC 7296 section 3.8; 14 of RFC 7427).</summary>
public enum Ikev2AuthenticationMethod : byte
{
    RsaSignature = 1,
    SharedKey = 2,

    /// <summary>Digital Signature: the data begin with a length and the algorithm's ASN.1 identifier.</summary>
    DigitalSignature = 14,
}
