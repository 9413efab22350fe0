namespace Actors.Observation;

/// <summary>
/// A named instant of a handover, as a mobile node sees it. Phases are durations between two marks. Open: a scheme names
/// marks of its own with <see cref="Named"/>.
/// </summary>
public readonly record struct Mark
{
    private static readonly Lock Registration = new();
    private static string[] s_names = [];
    private readonly ushort _index;

    private Mark(ushort index) => _index = index;

    /// <summary>The decision to hand over: the building of the first message starts (a link trigger).</summary>
    public static readonly Mark Trigger = Named("trigger");

    /// <summary>The next router's access point has come in sight, before there is any need to move.</summary>
    public static readonly Mark NeighborFound = Named("neighbor-found");

    /// <summary>FBack (or what takes its place) has arrived: preparation is over.</summary>
    public static readonly Mark Prepared = Named("prepared");

    public static readonly Mark LinkDown = Named("link-down");

    public static readonly Mark LinkUp = Named("link-up");

    /// <summary>The request that authenticates the node in the new network has been sent (its building starts).</summary>
    public static readonly Mark AuthenticationSent = Named("authentication-sent");

    public static readonly Mark Authenticated = Named("authenticated");

    /// <summary>The binding update to the home agent (or anchor point) has been sent.</summary>
    public static readonly Mark BindingUpdateSent = Named("binding-update-sent");

    /// <summary>The binding acknowledgement has arrived.</summary>
    public static readonly Mark Registered = Named("registered");

    /// <summary>The last packet of data on the old link, known at link-down.</summary>
    public static readonly Mark LastPacket = Named("last-packet");

    /// <summary>The new access router lets traffic flow: first packet, or the answer to UNA, on the new link.</summary>
    public static readonly Mark FirstPacket = Named("first-packet");

    public string Name => s_names[_index];

    /// <summary>The mark of this name; the same one for the same name.</summary>
    public static Mark Named(string name)
    {
        lock (Registration)
        {
            var index = Array.IndexOf(s_names, name);
            if (index < 0)
            {
                index = s_names.Length;
                s_names = [.. s_names, name];
            }

            return new Mark(checked((ushort)index));
        }
    }

    public override string ToString() => Name;
}
