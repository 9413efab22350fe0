namespace Actors.Wire.Diameter;

/// <summary>Codes of attributes (RFC 6733 section 4.5; RFC 5778 section 6; RFC 5447 section 4).</summary>
public static class DiameterAttributeCode
{
    public const uint UserName = 1;
    public const uint AuthApplicationId = 258;
    public const uint SessionId = 263;
    public const uint OriginHost = 264;
    public const uint ResultCode = 268;
    public const uint AuthRequestType = 274;
    public const uint DestinationRealm = 283;
    public const uint OriginRealm = 296;

    /// <summary>Of type Address: home agent, home address, care-of address.</summary>
    public const uint MobileNodeHomeAgent = 486;
    public const uint MobileNodeAddress = 333;
    public const uint CareOfAddress = 487;

    /// <summary>MIP-Authenticator (RFC 5778 section 6.9).</summary>
    public const uint Authenticator = 488;

    /// <summary>MIP-MAC-Mobility-Data (RFC 5778 section 6.10).</summary>
    public const uint MobilityData = 489;
    public const uint Timestamp = 490;
}
