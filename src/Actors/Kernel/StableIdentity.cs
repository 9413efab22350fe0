using Akka.Actor;
using Topology.Randomness;

namespace Actors.Kernel;

/// <summary>
/// A 64-bit name of an actor that is the same in every process, run and member: FNV-1a over the path's names, without uid,
/// address, or the part of the root's name before '~' that tells simulations of one process apart.
/// </summary>
internal static class StableIdentity
{
    private const ulong Offset = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    public static ulong Of(ActorPath path)
    {
        var hash = Offset;

        // The leaf comes first: the order does not matter as long as it is fixed.
        for (var at = path; at is not RootActorPath; at = at.Parent)
            hash = (Add(hash, NameOf(at)) ^ '/') * Prime;
        return RandomStream.Mix(hash);
    }

    /// <summary>The identity of a name that is no actor's, such as a variable of the network.</summary>
    public static ulong Of(string name) => RandomStream.Mix(Add(Offset, name));

    /// <summary>An actor as messages name it, such as `fn1/par`: equal in every process and run too.</summary>
    public static string Name(ActorPath path)
    {
        var names = new Stack<string>();
        for (var at = path; at is not RootActorPath && at.Parent is not RootActorPath; at = at.Parent)
            names.Push(NameOf(at).ToString());
        return string.Join('/', names);
    }

    private static ulong Add(ulong hash, ReadOnlySpan<char> name)
    {
        foreach (var letter in name)
            hash = (hash ^ letter) * Prime;
        return hash;
    }

    private static ReadOnlySpan<char> NameOf(ActorPath path)
    {
        var name = path.Name.AsSpan();
        return path.Parent.Parent is RootActorPath ? name[(name.IndexOf('~') + 1)..] : name;
    }
}
