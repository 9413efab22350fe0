namespace Actors.Mobility;

/// <summary>Sequence numbers of 16 bits, compared modulo 2^16 (RFC 3775 section 9.5.1).</summary>
public static class SequenceNumber
{
    /// <summary>Whether <paramref name="number"/> is one of the 32,767 numbers that follow <paramref name="last"/>.</summary>
    public static bool IsNewer(ushort number, ushort last) => (short)(number - last) > 0;

    /// <summary>Whether <paramref name="number"/> lies on the way from <paramref name="first"/> up to <paramref name="last"/>, both included.</summary>
    public static bool IsWithin(ushort number, ushort first, ushort last) => (ushort)(number - first) <= (ushort)(last - first);
}
