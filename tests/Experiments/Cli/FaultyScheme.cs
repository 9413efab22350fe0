using Actors.Mobility;
using Actors.Network;
using Actors.Observation;
using Topology.Plans;

namespace Tests.Experiments.Cli;

/// <summary>What is wrong with a scheme.</summary>
internal enum Fault
{
    Throws,
    Swallows,
    AlwaysThrows,
    CannotBeBuilt,
    Hangs,
}

/// <summary>FMIPv6 with a home agent that throws at, or swallows, whatever reaches it in every tenth replication; or that cannot be made.</summary>
internal sealed class FaultyScheme(string name, Fault fault) : IHandoverScheme
{
    public const int FirstFailure = 3;
    public const int Period = 10;

    /// <summary>Set to let replications go that hang.</summary>
    public static readonly ManualResetEventSlim Released = new();

    private readonly IHandoverScheme _healthy = HandoverSchemes.Find("fmipv6")!;

    public string Name => name;

    public string Title => name;

    public string? Parent => null;

    public string Source => "tests";

    public int Version => 1;

    public IReadOnlyList<SchemeOption> Options => _healthy.Options;

    public IReadOnlyList<Phase> Phases => _healthy.Phases;

    public IReadOnlyList<string> TotalPhases => _healthy.TotalPhases;

    public RoleMachine? CreateMachine(RoleContext context)
    {
        if (fault == Fault.CannotBeBuilt)
            throw new NotSupportedException("no such machine");
        var healthy = _healthy.CreateMachine(context);
        return context.Node.Role == NodeRole.HomeAgent ? new HomeAgent(healthy!, fault) : healthy;
    }

    public DelayModel Delays(SchemeOptions options) => _healthy.Delays(options);

    private sealed class HomeAgent(RoleMachine healthy, Fault fault) : RoleMachine
    {
        private bool _faulty;

        public override void Reset(RunContext run)
        {
            _faulty = fault == Fault.AlwaysThrows || run.Replication % Period == FirstFailure;
            healthy.Reset(run);
        }

        public override void OnPacket(Packet packet, Effects effects)
        {
            if (!_faulty)
                healthy.OnPacket(packet, effects);
            else if (fault == Fault.Hangs)
                Released.Wait();
            else if (fault is Fault.Throws or Fault.AlwaysThrows)
                throw new InvalidOperationException("the binding cache\nis lost");
        }

        public override void OnTimer(ProtocolTimer timer, Effects effects) => healthy.OnTimer(timer, effects);

        public override void OnComputed(object continuation, Effects effects) => healthy.OnComputed(continuation, effects);

        public override bool OnTransit(Packet packet, Effects effects) => healthy.OnTransit(packet, effects);
    }
}
