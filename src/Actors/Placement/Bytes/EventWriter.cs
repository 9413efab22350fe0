namespace Actors.Placement.Bytes;

/// <summary>Writes events: values by their fields.</summary>
/// <param name="types">What can stand where a field's type leaves it open.</param>
/// <param name="room">Bytes that it will hardly need more than.</param>
internal sealed class EventWriter(OpenTypes types, int room = 256) : ByteWriter(room)
{
    public OpenTypes Types => types;
}
