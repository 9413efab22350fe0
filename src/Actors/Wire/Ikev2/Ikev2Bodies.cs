namespace Actors.Wire.Ikev2;

/// <summary>Body of a Key Exchange payload (RFC 7296 section 3.4).</summary>
/// <param name="group">Diffie-Hellman group, or key exchange method: 14 MODP-2048, 19 P-256, 31 X25519, 36 ML-KEM-768.</param>
public readonly ref struct Ikev2KeyExchange(ushort group, ReadOnlySpan<byte> share) : IWireFormat<Ikev2KeyExchange>
{
    public ushort Group { get; } = group;

    public ReadOnlySpan<byte> Share { get; } = share;

    public static Ikev2KeyExchange Read(scoped ref WireReader reader)
    {
        var group = reader.UInt16();
        reader.Skip(2);
        return new Ikev2KeyExchange(group, reader.Rest());
    }

    public static void Write(scoped Ikev2KeyExchange value, scoped ref WireWriter writer)
    {
        writer.UInt16(value.Group);
        writer.Zeros(2);
        writer.Bytes(value.Share);
    }
}

/// <summary>Body of IDi and IDr (RFC 7296 section 3.5), which AUTH covers as it stands here.</summary>
public readonly ref struct Ikev2Identification(Ikev2IdentificationType type, ReadOnlySpan<byte> data) : IWireFormat<Ikev2Identification>
{
    public Ikev2IdentificationType Type { get; } = type;

    public ReadOnlySpan<byte> Data { get; } = data;

    public static Ikev2Identification Read(scoped ref WireReader reader)
    {
        var type = (Ikev2IdentificationType)reader.Byte();
        reader.Skip(3);
        return new Ikev2Identification(type, reader.Rest());
    }

    public static void Write(scoped Ikev2Identification value, scoped ref WireWriter writer)
    {
        writer.Byte((byte)value.Type);
        writer.Zeros(3);
        writer.Bytes(value.Data);
    }
}

/// <summary>Body of CERT and CERTREQ (RFC 7296 sections 3.6 and 3.7).</summary>
/// <param name="data">A certificate in DER, a hash and URL, or in a request the SHA-1 hashes of the authorities' keys.</param>
public readonly ref struct Ikev2Certificate(Ikev2CertificateEncoding encoding, ReadOnlySpan<byte> data) : IWireFormat<Ikev2Certificate>
{
    public Ikev2CertificateEncoding Encoding { get; } = encoding;

    public ReadOnlySpan<byte> Data { get; } = data;

    public static Ikev2Certificate Read(scoped ref WireReader reader) => new((Ikev2CertificateEncoding)reader.Byte(), reader.Rest());

    public static void Write(scoped Ikev2Certificate value, scoped ref WireWriter writer)
    {
        writer.Byte((byte)value.Encoding);
        writer.Bytes(value.Data);
    }
}

/// <summary>Body of AUTH (RFC 7296 section 3.8).</summary>
/// <param name="data">A signature or MAC; of a Digital Signature, length and identifier of the algorithm, then the signature (RFC 7427 section 3).</param>
public readonly ref struct Ikev2Authentication(Ikev2AuthenticationMethod method, ReadOnlySpan<byte> data) : IWireFormat<Ikev2Authentication>
{
    public Ikev2AuthenticationMethod Method { get; } = method;

    public ReadOnlySpan<byte> Data { get; } = data;

    public static Ikev2Authentication Read(scoped ref WireReader reader)
    {
        var method = (Ikev2AuthenticationMethod)reader.Byte();
        reader.Skip(3);
        return new Ikev2Authentication(method, reader.Rest());
    }

    public static void Write(scoped Ikev2Authentication value, scoped ref WireWriter writer)
    {
        writer.Byte((byte)value.Method);
        writer.Zeros(3);
        writer.Bytes(value.Data);
    }
}

/// <summary>The data of AUTH method 14 (RFC 7427 section 3).</summary>
/// <param name="algorithm">AlgorithmIdentifier in DER, at most 255 bytes.</param>
public readonly ref struct Ikev2DigitalSignature(ReadOnlySpan<byte> algorithm, ReadOnlySpan<byte> signature) : IWireFormat<Ikev2DigitalSignature>
{
    public ReadOnlySpan<byte> Algorithm { get; } = algorithm;

    public ReadOnlySpan<byte> Signature { get; } = signature;

    public static Ikev2DigitalSignature Read(scoped ref WireReader reader) => new(reader.Bytes(reader.Byte()), reader.Rest());

    public static void Write(scoped Ikev2DigitalSignature value, scoped ref WireWriter writer)
    {
        writer.Byte(checked((byte)value.Algorithm.Length));
        writer.Bytes(value.Algorithm);
        writer.Bytes(value.Signature);
    }
}

/// <summary>Body of Ni and Nr (RFC 7296 section 3.9): 16 to 256 bytes.</summary>
public readonly ref struct Ikev2Nonce(ReadOnlySpan<byte> data) : IWireFormat<Ikev2Nonce>
{
    public ReadOnlySpan<byte> Data { get; } = data;

    public static Ikev2Nonce Read(scoped ref WireReader reader)
    {
        if (reader.Remaining is < 16 or > 256)
            reader.Fail(ParseFault.BadLength);
        return new Ikev2Nonce(reader.Rest());
    }

    public static void Write(scoped Ikev2Nonce value, scoped ref WireWriter writer) => writer.Bytes(value.Data);
}

/// <summary>Body of Notify (RFC 7296 section 3.10).</summary>
/// <param name="spi">Of the security association it is about; empty for one of IKE.</param>
/// <param name="type">Below 16,384 an error, else a status.</param>
public readonly ref struct Ikev2Notify(Ikev2Protocol protocol, ushort type, ReadOnlySpan<byte> spi, ReadOnlySpan<byte> data)
    : IWireFormat<Ikev2Notify>
{
    public Ikev2Protocol Protocol { get; } = protocol;

    public ushort Type { get; } = type;

    public ReadOnlySpan<byte> Spi { get; } = spi;

    public ReadOnlySpan<byte> Data { get; } = data;

    public static Ikev2Notify Read(scoped ref WireReader reader)
    {
        var protocol = (Ikev2Protocol)reader.Byte();
        var spiBytes = reader.Byte();
        return new Ikev2Notify(protocol, reader.UInt16(), reader.Bytes(spiBytes), reader.Rest());
    }

    public static void Write(scoped Ikev2Notify value, scoped ref WireWriter writer)
    {
        writer.Byte((byte)value.Protocol);
        writer.Byte(checked((byte)value.Spi.Length));
        writer.UInt16(value.Type);
        writer.Bytes(value.Spi);
        writer.Bytes(value.Data);
    }
}
