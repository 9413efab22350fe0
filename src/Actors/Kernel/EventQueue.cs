namespace Actors.Kernel;

internal sealed class EventQueue
{
    public void Cancel(VirtualTimer timer) => timer.Slot = -1;
}
