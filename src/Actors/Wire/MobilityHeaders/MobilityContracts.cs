using Actors.Wire.Ipv6;

namespace Actors.Wire.MobilityHeaders;

/// <summary>Type of a mobility header (RFC 6275 section 6.1.1; RFC 5568 section 6.2).</summary>
public enum MobilityType : byte
{
    BindingRefreshRequest = 0,
    HomeTestInit = 1,
    CareOfTestInit = 2,
    HomeTest = 3,
    CareOfTest = 4,
    BindingUpdate = 5,
    BindingAcknowledgement = 6,
    BindingError = 7,
    FastBindingUpdate = 8,
    FastBindingAcknowledgment = 9,

    /// <summary>RFC 5096.</summary>
    Experimental = 11,
    HandoverInitiate = 14,
    HandoverAcknowledge = 15,
}

/// <summary>The fixed fields of a mobility message, those after the checksum. A scheme may bring its own.</summary>
public interface IMobilityMessage<TSelf> : IWireFormat<TSelf>
    where TSelf : IMobilityMessage<TSelf>, allows ref struct
{
    static abstract MobilityType Type { get; }
}

/// <summary>
/// The content of a mobility option, what follows type and length (RFC 6275 section 6.2.1). A scheme brings its own by
/// implementing this; reading and writing need nothing else.
/// </summary>
public interface IMobilityOption<TSelf> : IWireFormat<TSelf>
    where TSelf : IMobilityOption<TSelf>, allows ref struct
{
    static abstract byte Type { get; }

    /// <summary>From the start of the mobility header.</summary>
    static virtual OptionAlignment Alignment => OptionAlignment.None;
}
