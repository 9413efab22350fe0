using Actors.Kernel;
using Actors.Network;
using Actors.Observation;
using Topology.Addressing;
using Topology.Plans;

namespace Tests.Actors;

/// <summary>Single inputs of a machine, and its effects as values.</summary>
internal static class Steps
{
    /// <summary>The effects of one input at an instant.</summary>
    public static Effect[] At(double ms, Action<Effects> input)
    {
        var effects = new Effects();
        effects.Begin(SimTime.Zero + TimeSpan.FromMilliseconds(ms));
        input(effects);
        return [.. Enumerable.Range(0, effects.Count).Select(i => effects[i])];
    }

    public static Effect[] Receive(this RoleMachine machine, Packet packet, double ms = 0) => At(ms, effects => machine.OnPacket(packet, effects));

    public static Effect[] Expire(this RoleMachine machine, ProtocolTimer timer, double ms = 0) => At(ms, effects => machine.OnTimer(timer, effects));

    public static Effect[] Finish(this RoleMachine machine, Effect computation) =>
        At(0, effects => machine.OnComputed(computation.Subject!, effects));

    public static IEnumerable<Packet> Packets(this IEnumerable<Effect> effects) =>
        effects.Where(effect => effect.Kind == EffectKind.Send).Select(effect => (Packet)effect.Subject!);

    public static Packet Packet(this IEnumerable<Effect> effects) => Assert.Single(effects.Packets());

    public static T Message<T>(this IEnumerable<Effect> effects)
        where T : Message => Assert.IsType<T>(effects.Packet().Message);

    public static ProtocolTimer Timer(this IEnumerable<Effect> effects) =>
        (ProtocolTimer)Assert.Single(effects, effect => effect.Kind == EffectKind.StartTimer).Subject!;

    public static Outcome Outcome(this IEnumerable<Effect> effects) =>
        (Outcome)Assert.Single(effects, effect => effect.Kind == EffectKind.Complete).Subject!;

    public static Packet From(this Message message, Address source, Address destination) =>
        new(source, destination, message, new HandoverKey(source.Host, 1));

    public static T Started<T>(this T machine)
        where T : RoleMachine
    {
        var run = new RunContext();
        run.Begin(1, 0);
        machine.Reset(run);
        return machine;
    }
}
