using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Akka.Actor;

namespace Actors.Kernel;

/// <summary>Hints to the processor about the objects of an actor that is about to be invoked. Nothing depends on them.</summary>
internal static class PrefetchHint
{
    private const int LineBytes = 64;

    public static unsafe void Touch<T>(ref T place)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref place));
    }

    /// <summary>The first cache lines of an object. The collector may move it meanwhile: a hint at a stale address does no harm.</summary>
    public static unsafe void Touch(object target, int lines)
    {
        if (!Sse.IsSupported)
            return;
        var address = (byte*)Unsafe.As<object, nint>(ref target);
        for (var line = 0; line < lines; line++)
            Sse.Prefetch0(address + line * LineBytes);
    }

    /// <summary>A message and what was made just before it, which is often what it carries.</summary>
    public static unsafe void TouchMessage(object message)
    {
        if (!Sse.IsSupported)
            return;
        var address = (byte*)Unsafe.As<object, nint>(ref message);
        Sse.Prefetch0(address - LineBytes);
        Sse.Prefetch0(address);
        Sse.Prefetch0(address + LineBytes);
    }

    /// <summary>The actor and the mailbox of a cell.</summary>
    public static void TouchParts(ActorCell cell)
    {
        if (Actor(cell) is { } actor)
            Touch(actor, lines: 2);
        if (cell.Mailbox is { } mailbox)
            Touch(mailbox, lines: 1);
    }

    /// <summary>What the actor of a cell will read besides itself, and the numbers of its events; its parts have been fetched before.</summary>
    public static void TouchState(ActorCell cell)
    {
        if (Actor(cell) is IHasState actor)
            actor.FetchState();
        if (cell.Mailbox is { } mailbox)
            Touch(mailbox.MessageQueue, lines: 1);
    }

    /// <summary>Internal to Akka 1.5.74.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Actor")]
    private static extern ActorBase? Actor(ActorCell cell);
}

/// <summary>An actor that keeps state in other objects, which are worth fetching before it is invoked.</summary>
internal interface IHasState
{
    /// <summary>Touch these objects; a hint only.</summary>
    void FetchState();
}
