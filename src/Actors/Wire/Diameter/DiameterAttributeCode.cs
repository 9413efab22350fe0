namespace Actors.Wire.Diameter;

/// <summary>Codes of attributes (RFC 6733 section 4.5; RFC 4004 section 7; RFC 5778 section 6).</summary>
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

    /// <summary>MIP-Mobile-Node-Address (RFC 4004 section 7.3), of type Address.</summary>
    public const uint MobileNodeAddress = 333;

    /// <summary>MIP-Home-Agent-Address (RFC 4004 section 7.4), of type Address.</summary>
    public const uint HomeAgentAddress = 334;

    /// <summary>MIP-Careof-Address (RFC 5778 section 6), of type Address.</summary>
    public const uint CareOfAddress = 487;

    /// <summary>MIP-Authenticator.</summary>
    public const uint Authenticator = 488;

    /// <summary>MIP-MAC-Mobility-Data.</summary>
    public const uint MobilityData = 489;

    /// <summary>MIP-Timestamp.</summary>
    public const uint Timestamp = 490;
}
