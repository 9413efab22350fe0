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

    /// <summary>The actor and the mailbox of a cell.</summary>
    public static void TouchParts(ActorCell cell)
    {
        if (Actor(cell) is { } actor)
            Touch(actor, lines: 2);
        if (cell.Mailbox is { } mailbox)
            Touch(mailbox, lines: 1);
    }

    /// <summary>Internal to Akka 1.5.74.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Actor")]
    private static extern ActorBase? Actor(ActorCell cell);
}
