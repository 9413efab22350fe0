using Actors.Placement;
using Actors.Placement.Bytes;
using Actors.Security.Keys;

namespace Actors;

/// <summary>What the rings of members tell each other, so that each can read the packets of the others.</summary>
internal sealed class KeyNews(KeyRing ring) : IMemberNews
{
    public void Write(EventWriter writer) => Form<IReadOnlyList<KeyFact>>.Write(writer, ring.TakeNews());

    public void Read(EventReader reader)
    {
        foreach (var fact in Form<IReadOnlyList<KeyFact>>.Read(reader))
            ring.Learn(fact);
    }
}
