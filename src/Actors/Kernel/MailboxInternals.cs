using System.Runtime.CompilerServices;
using Akka.Dispatch;

namespace Actors.Kernel;

/// <summary>The one private member of Akka that the kernel reads (Akka 1.5.74): whether a mailbox is open, idle and not suspended.</summary>
internal static class MailboxInternals
{
    /// <summary>0 for open and idle; anything else means closed, scheduled or suspended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Status(Mailbox mailbox) => Volatile.Read(ref StatusField(mailbox));

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_statusDotNotCallMeDirectly")]
    private static extern ref int StatusField(Mailbox mailbox);
}
