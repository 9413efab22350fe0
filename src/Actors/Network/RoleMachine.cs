using Actors.Kernel;
using Topology.Addressing;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Network;

/// <summary>
/// A protocol role of a node as a pure machine: (state, input, now) to (state, effects). It sees neither Akka nor a clock;
/// its shell, the node's actor, translates packets and timers into inputs and performs the effects.
/// A machine is confined to its node: it shares nothing that changes.
/// </summary>
public abstract class RoleMachine
{
    /// <summary>Back to the state at the start of a replication. Called before the first input of each run.</summary>
    public abstract void Reset(RunContext run);

    /// <summary>A packet addressed to this node.</summary>
    public abstract void OnPacket(Packet packet, Effects effects);

    /// <summary>A timer started by this machine has expired.</summary>
    public virtual void OnTimer(ProtocolTimer timer, Effects effects)
    {
    }

    /// <summary>A computation asked for by this machine is done.</summary>
    public virtual void OnComputed(object continuation, Effects effects)
    {
    }

    /// <summary>
    /// A packet on its way to a host of this node's own prefix, such as a mobile node's home or care-of address.
    /// True when the machine took it (to tunnel, buffer or drop); false lets the shell deliver it on the link.
    /// </summary>
    public virtual bool OnTransit(Packet packet, Effects effects) => false;

    /// <summary>
    /// A packet that a mobile node has put on the link of this router, on its way to elsewhere; only a run with data asks. True when
    /// the machine took it; false lets the shell forward it.
    /// </summary>
    public virtual bool OnUplink(Packet packet, Effects effects) => false;
}

/// <summary>The machine of a mobile node: it also hears its link layer and the decision to hand over.</summary>
public abstract class MobileNodeMachine : RoleMachine
{
    /// <summary>The link layer foresees a move to the cell of <paramref name="newRouter"/> (step 1 of the paper).</summary>
    public abstract void OnTrigger(HandoverKey handover, NodeId newRouter, Effects effects);

    /// <summary>Whether <see cref="OnNeighbor"/> is of use to it.</summary>
    public virtual bool ListensForNeighbors => false;

    /// <summary>The access point of <paramref name="newRouter"/> has come in sight: a trigger of this handover may follow.</summary>
    public virtual void OnNeighbor(HandoverKey handover, NodeId newRouter, Effects effects)
    {
    }

    /// <summary>
    /// Data of an application on this node for a correspondent, as it leaves the node; null for a node that knows no way. Whether there
    /// is a link is not asked.
    /// </summary>
    public virtual Packet? Uplink(DataPacket data, Address correspondent) => null;

    /// <summary>The link to the present router is gone.</summary>
    public virtual void OnLinkDown(Effects effects)
    {
    }

    /// <summary>Attached to the cell of <paramref name="router"/>.</summary>
    public abstract void OnLinkUp(NodeId router, Effects effects);
}

/// <summary>The identity of a run, from which every random stream of it derives. One object per simulation, set before each run.</summary>
public sealed class RunContext
{
    public ulong Seed { get; private set; }

    public long Replication { get; private set; }

    /// <summary>Grows with every run: an actor that remembers another number resets itself first.</summary>
    public int Epoch { get; private set; }

    /// <summary>The instant at which the run stops; null for one that lasts until nothing is pending.</summary>
    public SimTime? End { get; private set; }

    /// <summary>How many times the node has restarted in this run; machines of another life draw other values.</summary>
    public int Life { get; private init; }

    /// <summary>
    /// Where a node begins to number its requests: in each life further on, so that peers do not take them for copies of those
    /// before the restart (RFC 6733 section 3 lets a node draw the number).
    /// </summary>
    public uint FirstIdentifier => (uint)Life << 28;

    /// <summary>The same for numbers of 16 bits, which are compared modulo 2^16.</summary>
    public ushort FirstSequence => (ushort)(Life << 14);

    public void Begin(ulong seed, long replication, SimTime? end = null)
    {
        Seed = seed;
        Replication = replication;
        End = end;
        Epoch++;
    }

    /// <summary>The run as a node sees it that has restarted so many times.</summary>
    public RunContext InLife(int life) => new() { Seed = Seed, Replication = Replication, End = End, Epoch = Epoch, Life = life };

    /// <summary>The stream of a purpose of an entity in this replication; see <see cref="RandomStream.For"/>.</summary>
    public RandomStream Stream(ulong entity, StreamPurpose purpose, long index = 0) =>
        RandomStream.For(Seed, Replication, entity, purpose, index + ((long)Life << 40));
}
