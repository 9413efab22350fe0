using System.Diagnostics.CodeAnalysis;
using Actors.Kernel;
using Actors.Observation;
using Actors.Security;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Network;

/// <summary>What a role machine asks its shell to do.</summary>
public enum EffectKind : byte
{
    Send,
    StartTimer,
    CancelTimer,
    Compute,
    Mark,
    SwitchLink,
    Complete,
    Deliver,
    CountData,
    ReceiveData,
}

/// <summary>One effect; which fields count depends on <see cref="Kind"/>.</summary>
/// <param name="Subject">Packet, timer, continuation or outcome.</param>
/// <param name="Ticks">Delay of a timer, instant of a mark, number of a data event.</param>
public readonly record struct Effect(
    EffectKind Kind, object? Subject, long Ticks = 0, CryptoOperation? Operation = null, Mark Mark = default, NodeId Router = default);

/// <summary>
/// The effects of one step of a role machine, in order: a buffer that its shell clears, hands to the machine, and then
/// performs. A test reads it as values.
/// </summary>
public sealed class Effects
{
    private Effect[] _items = new Effect[16];

    /// <summary>The virtual time of the step.</summary>
    public SimTime Now { get; private set; }

    public int Count { get; private set; }

    public ref readonly Effect this[int index] => ref _items[index];

    /// <summary>Where lent packets come from; null where all are to stay as they are.</summary>
    internal PacketPool? Pool { get; set; }

    /// <summary>Where state that is over goes; null where it is never begun anew.</summary>
    internal SpentState? Spent { private get; set; }

    /// <summary>State of a type that is over is to be begun anew.</summary>
    internal bool TryReuse<T>([NotNullWhen(true)] out T? spent)
        where T : class
    {
        spent = null;
        return Spent is not null && Spent.TryTake(out spent);
    }

    /// <summary>Nothing refers to this state any more, pending timers and computations included.</summary>
    internal void GiveBack(object spent) => Spent?.Add(spent);

    public void Begin(SimTime now)
    {
        Now = now;
        Count = 0;
    }

    /// <summary>Send a packet; it leaves at once towards its destination (over the radio, for a mobile node).</summary>
    public void Send(Packet packet)
    {
        // Whoever passes one on has had it in its hands.
        packet.IsLent = false;
        Add(new Effect(EffectKind.Send, packet));
    }

    /// <summary>
    /// Send a packet that no machine keeps: neither this one, which never sees it, nor its receiver's, which may keep what it carries.
    /// </summary>
    public void Send(Address source, Address destination, Message message, HandoverKey handover, int espBytes = 0) => Add(new Effect(
        EffectKind.Send,
        Pool?.Lend(source, destination, message, handover, espBytes) ?? new Packet(source, destination, message, handover, espBytes)));

    /// <summary>Start or restart a timer; it comes back through <see cref="RoleMachine.OnTimer"/> after the delay.</summary>
    public void Start(ProtocolTimer timer, TimeSpan delay) => Add(new Effect(EffectKind.StartTimer, timer, delay.Ticks));

    public void Cancel(ProtocolTimer timer) => Add(new Effect(EffectKind.CancelTimer, timer));

    /// <summary>
    /// Spend the time of a computation; its <paramref name="continuation"/> comes back through
    /// <see cref="RoleMachine.OnComputed"/> when it is done.
    /// </summary>
    public void Compute(CryptoOperation operation, object continuation) =>
        Add(new Effect(EffectKind.Compute, continuation, Operation: operation));

    /// <summary>Note an instant of the mobile node's present handover.</summary>
    public void Mark(Mark mark) => Mark(mark, Now);

    /// <summary>Note an instant that is past: another node has taken it down and told the mobile node.</summary>
    public void Mark(Mark mark, SimTime at) => Add(new Effect(EffectKind.Mark, null, at.Ticks, Mark: mark));

    /// <summary>Leave the present link and attach to the cell of <paramref name="router"/>; link-down and link-up come back.</summary>
    public void SwitchLink(NodeId router) => Add(new Effect(EffectKind.SwitchLink, null, Router: router));

    /// <summary>The mobile node's present handover is over.</summary>
    public void Complete(Outcome outcome) => Add(new Effect(EffectKind.Complete, outcome));

    /// <summary>Put a packet on the cell of this router, whatever the prefix of its destination.</summary>
    public void Deliver(Packet packet)
    {
        packet.IsLent = false;
        Add(new Effect(EffectKind.Deliver, packet));
    }

    /// <summary>Note what happens to a packet of data.</summary>
    public void CountData(DataEvent what, DataPacket packet) => Add(new Effect(EffectKind.CountData, packet, (long)what));

    /// <summary>A packet of data has reached the application of a correspondent.</summary>
    public void ReceiveData(DataPacket packet) => Add(new Effect(EffectKind.ReceiveData, packet));

    private void Add(in Effect effect)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, 2 * Count);
        _items[Count++] = effect;
    }
}
