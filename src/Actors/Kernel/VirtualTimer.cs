using Akka.Actor;

namespace Actors.Kernel;

/// <summary>
/// A restartable timer in virtual time, to be passed as the cancelable of <see cref="ITellScheduler"/>: scheduling it again
/// replaces the pending expiry, cancelling removes the event at once. It allocates nothing after its construction, which
/// Akka's <see cref="Cancelable"/> (a CancellationTokenSource for each) cannot say.
/// </summary>
public class VirtualTimer : ICancelable
{
    internal EventQueue? Queue;
    internal int Slot = -1;

    /// <summary>Whether an expiry is scheduled and has not been delivered or cancelled.</summary>
    public bool IsPending => Slot >= 0;

    public bool IsCancellationRequested => false;

    CancellationToken ICancelable.Token => CancellationToken.None;

    public void Cancel()
    {
        if (Slot >= 0)
            Queue!.Cancel(this);
    }

    void ICancelable.CancelAfter(TimeSpan delay) => throw NotDelayed();

    void ICancelable.CancelAfter(int millisecondsDelay) => throw NotDelayed();

    void ICancelable.Cancel(bool throwOnFirstException) => Cancel();

    private static NotSupportedException NotDelayed() =>
        new("a virtual timer is cancelled at an instant of virtual time: schedule a message that cancels it");
}
