namespace Experiments.Plans;

/// <summary>Why a server refuses, as experiment files write it.</summary>
public static class RefusalStatus
{
    private const byte First = 128;

    /// <summary>In the order of their numbers, from 128 (RFC 6275 section 6.1.8).</summary>
    private static readonly string[] InOrder =
    [
        "reason-unspecified",
        "administratively-prohibited",
        "insufficient-resources",
        "home-registration-not-supported",
        "not-home-subnet",
        "not-home-agent-for-this-mobile-node",
        "duplicate-address-detection-failed",
    ];

    public static string[] Words => [.. InOrder];

    /// <summary>The status that a word stands for.</summary>
    /// <exception cref="ArgumentException">It stands for none.</exception>
    public static byte Of(string word) => Array.IndexOf(InOrder, word) is >= 0 and var index
        ? (byte)(First + index)
        : throw new ArgumentException($"'{word}' is no status", nameof(word));
}
