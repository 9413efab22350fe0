namespace Actors.Security.Ike;

/// <summary>
/// The encrypted payload SK (RFC 7296, section 3.14; RFC 5282 for AES-GCM), the last of an IKE message: everything before its
/// body is authenticated, the payloads inside are encrypted.
/// </summary>
public static class EncryptedPayload
{
    /// <summary>Pad length.</summary>
    private const int TrailerBytes = 1;

    /// <summary>Length of the body: vector, payloads with padding, check value.</summary>
    public static int BodyBytes(CipherSuite suite, int payloadBytes) =>
        suite.Format.IvBytes + payloadBytes + PaddingBytes(suite, payloadBytes) + TrailerBytes + suite.Format.CheckBytes;

    /// <summary>Fills in the body at the end of a message that is complete but for it.</summary>
    /// <param name="payloads">The chain inside.</param>
    /// <param name="invocation">Never the same twice under one key, such as the message identifier.</param>
    public static void Seal(PacketCipher cipher, Span<byte> message, ReadOnlySpan<byte> payloads, ulong invocation)
    {
        var suite = cipher.Suite;
        var headerBytes = message.Length - BodyBytes(suite, payloads.Length);
        var content = message[(headerBytes + suite.Format.IvBytes)..^suite.Format.CheckBytes];
        content.Clear();
        payloads.CopyTo(content);
        content[^1] = (byte)PaddingBytes(suite, payloads.Length);
        cipher.Seal(message, headerBytes, invocation);
    }

    /// <summary>The chain inside; null when the message was altered or is malformed.</summary>
    /// <param name="headerBytes">What stands before the payload's body.</param>
    public static byte[]? Open(PacketCipher cipher, ReadOnlySpan<byte> message, int headerBytes)
    {
        var contentBytes = cipher.ContentBytes(message.Length, headerBytes);
        if (contentBytes < TrailerBytes)
            return null;
        var content = new byte[contentBytes];
        if (!cipher.Open(message, headerBytes, content))
            return null;
        var payloadBytes = contentBytes - TrailerBytes - content[^1];
        return payloadBytes < 0 ? null : content[..payloadBytes];
    }

    /// <summary>A combined cipher needs no padding in IKE, other than in ESP (RFC 5282, section 3).</summary>
    private static int PaddingBytes(CipherSuite suite, int payloadBytes)
    {
        var block = suite.IntegrityTransform is null ? 1 : suite.Format.AlignmentBytes;
        return (block - (payloadBytes + TrailerBytes) % block) % block;
    }
}
