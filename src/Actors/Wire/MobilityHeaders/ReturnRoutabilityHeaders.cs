namespace Actors.Wire.MobilityHeaders;

/// <summary>Home Test Init (RFC 6275 section 6.1.3).</summary>
public readonly record struct HomeTestInitHeader(ulong Cookie) : IMobilityMessage<HomeTestInitHeader>
{
    public static MobilityType Type => MobilityType.HomeTestInit;

    public static HomeTestInitHeader Read(scoped ref WireReader reader)
    {
        reader.Skip(2);
        return new HomeTestInitHeader(reader.UInt64());
    }

    public static void Write(HomeTestInitHeader value, scoped ref WireWriter writer)
    {
        writer.Zeros(2);
        writer.UInt64(value.Cookie);
    }
}

/// <summary>Care-of Test Init (RFC 6275 section 6.1.4).</summary>
public readonly record struct CareOfTestInitHeader(ulong Cookie) : IMobilityMessage<CareOfTestInitHeader>
{
    public static MobilityType Type => MobilityType.CareOfTestInit;

    public static CareOfTestInitHeader Read(scoped ref WireReader reader)
    {
        reader.Skip(2);
        return new CareOfTestInitHeader(reader.UInt64());
    }

    public static void Write(CareOfTestInitHeader value, scoped ref WireWriter writer)
    {
        writer.Zeros(2);
        writer.UInt64(value.Cookie);
    }
}

/// <summary>Home Test (RFC 6275 section 6.1.5).</summary>
/// <param name="NonceIndex">Of the nonce that the token was made with.</param>
/// <param name="Cookie">Of the init.</param>
public readonly record struct HomeTestHeader(ushort NonceIndex, ulong Cookie, ulong KeygenToken) : IMobilityMessage<HomeTestHeader>
{
    public static MobilityType Type => MobilityType.HomeTest;

    public static HomeTestHeader Read(scoped ref WireReader reader) => new(reader.UInt16(), reader.UInt64(), reader.UInt64());

    public static void Write(HomeTestHeader value, scoped ref WireWriter writer)
    {
        writer.UInt16(value.NonceIndex);
        writer.UInt64(value.Cookie);
        writer.UInt64(value.KeygenToken);
    }
}

/// <summary>Care-of Test (RFC 6275 section 6.1.6).</summary>
/// <param name="NonceIndex">Of the nonce that the token was made with.</param>
/// <param name="Cookie">Of the init.</param>
public readonly record struct CareOfTestHeader(ushort NonceIndex, ulong Cookie, ulong KeygenToken) : IMobilityMessage<CareOfTestHeader>
{
    public static MobilityType Type => MobilityType.CareOfTest;

    public static CareOfTestHeader Read(scoped ref WireReader reader) => new(reader.UInt16(), reader.UInt64(), reader.UInt64());

    public static void Write(CareOfTestHeader value, scoped ref WireWriter writer)
    {
        writer.UInt16(value.NonceIndex);
        writer.UInt64(value.Cookie);
        writer.UInt64(value.KeygenToken);
    }
}
