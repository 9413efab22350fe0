using Actors.Placement.Bytes;

namespace Experiments.Cluster.Protocol;

/// <summary>Writes the fields of a message.</summary>
/// <param name="room">Bytes that it will hardly need more than.</param>
internal sealed class MessageWriter(int room = 256) : ByteWriter(room)
{
    public void OptionalText(string? value)
    {
        Bool(value is not null);
        if (value is not null)
            Text(value);
    }

    public void OptionalBytes(byte[]? value)
    {
        Bool(value is not null);
        if (value is not null)
            Bytes(value);
    }

    public void List<T>(IReadOnlyList<T> items, Action<T> write)
    {
        Unsigned((ulong)items.Count);
        foreach (var item in items)
            write(item);
    }
}
