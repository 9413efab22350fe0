using Actors.Placement.Bytes;

namespace Experiments.Cluster.Protocol;

/// <summary>Reads what a <see cref="MessageWriter"/> wrote.</summary>
internal sealed class MessageReader(byte[] bytes) : ByteReader(bytes, 0, bytes.Length)
{
    public string? OptionalText() => Bool() ? Text() : null;

    public byte[]? OptionalBytes() => Bool() ? Bytes() : null;

    /// <param name="leastBytes">Of an item: a list cannot have more items than the bytes that are left allow.</param>
    public IReadOnlyList<T> List<T>(Func<T> read, int leastBytes = 1)
    {
        var count = Count();
        if ((long)count * leastBytes > Left)
            throw Bad("a list longer than the message");
        var items = new T[count];
        for (var i = 0; i < count; i++)
            items[i] = read();
        return items;
    }

    public void End()
    {
        if (Left != 0)
            throw Bad($"{Left} bytes too many");
    }
}
