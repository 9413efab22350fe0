using Actors.Placement.Bytes;

namespace Actors;

/// <summary>The bytes by which members tell one another what a run has left.</summary>
public static class RunBytes
{
    private static readonly OpenTypes Closed = new([]);

    public static byte[] Of(RunRecord run)
    {
        var writer = new EventWriter(Closed);
        Form<RunRecord>.Write(writer, run);
        return writer.ToArray();
    }

    /// <exception cref="System.Runtime.Serialization.SerializationException">The bytes are no run.</exception>
    public static RunRecord Read(byte[] bytes)
    {
        var reader = new EventReader(Closed, bytes);
        var run = Form<RunRecord>.Read(reader);
        return reader.Left == 0 ? run : throw reader.Bad("the end expected");
    }
}
