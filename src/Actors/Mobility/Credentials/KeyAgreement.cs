namespace Actors.Mobility.Credentials;

/// <summary>
/// Diffie-Hellman of model mode: both ends of an exchange arrive at the same value, from their own secret and the other's
/// share. The group is the integers modulo 2^64 under addition, which has the algebra and none of the strength.
/// </summary>
public static class KeyAgreement
{
    private const ulong Generator = 0xD1342543DE82EF95;

    /// <summary>g^x.</summary>
    public static ulong Share(ulong secret) => unchecked(Generator * secret);

    /// <summary>(g^y)^x.</summary>
    public static ulong Agree(ulong secret, ulong share) => unchecked(secret * share);
}
