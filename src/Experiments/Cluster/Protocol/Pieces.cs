namespace Experiments.Cluster.Protocol;

/// <summary>What is too long for one message, in pieces that fit a frame.</summary>
internal static class Pieces
{
    /// <summary>Below akka.remote.dot-netty.tcp.maximum-frame-size, with room for the envelope.</summary>
    public const int MostBytes = 4 << 20;

    public static int CountOf(byte[] bytes) => Math.Max(1, (bytes.Length + MostBytes - 1) / MostBytes);

    public static IEnumerable<ReadOnlyMemory<byte>> Of(byte[] bytes)
    {
        for (var part = 0; part < CountOf(bytes); part++)
            yield return bytes.AsMemory(part * MostBytes, Math.Min(MostBytes, bytes.Length - part * MostBytes));
    }

    /// <summary>Pieces made one again.</summary>
    public static byte[] Joined(IReadOnlyList<ReadOnlyMemory<byte>?> pieces)
    {
        var bytes = new byte[pieces.Sum(piece => piece!.Value.Length)];
        var at = 0;
        foreach (var piece in pieces)
        {
            piece!.Value.CopyTo(bytes.AsMemory(at));
            at += piece.Value.Length;
        }

        return bytes;
    }
}
