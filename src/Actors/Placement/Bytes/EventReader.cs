namespace Actors.Placement.Bytes;

/// <summary>Reads what an <see cref="EventWriter"/> wrote.</summary>
internal sealed class EventReader(OpenTypes types, byte[] bytes, int from, int to) : ByteReader(bytes, from, to)
{
    /// <summary>Of tunnels in tunnels: no packet of any scheme comes near it.</summary>
    private const int DeepestNesting = 32;

    private readonly byte[] _bytes = bytes;
    private int _depth;

    public EventReader(OpenTypes types, ArraySegment<byte> bytes)
        : this(types, bytes.Array!, bytes.Offset, bytes.Offset + bytes.Count)
    {
    }

    public OpenTypes Types => types;

    /// <summary>The next bytes, to be read apart from the others.</summary>
    public EventReader Part(int count)
    {
        var start = Skip(count);
        return new EventReader(types, _bytes, start, start + count);
    }

    /// <summary>Begin a value inside of others.</summary>
    public void Descend()
    {
        if (++_depth > DeepestNesting)
            throw Bad("values nested too deeply");
    }

    public void Ascend() => _depth--;
}
