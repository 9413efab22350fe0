namespace Actors.Kernel;

internal sealed class EventQueue
{
    public void Cancel(VirtualTimer timer) { timer.Queue = this; timer.Slot = -1; }
}
