using Actors.Kernel;
using Akka.Actor;
using Akka.Configuration;

namespace Experiments.MonteCarlo;

/// <summary>The one ActorSystem of a command: real-time actors (coordinator, workers) and simulated ones live in it.</summary>
public static class LaboratorySystem
{
    /// <summary>A thread for each actor: a simulation blocks it.</summary>
    internal const string WorkerDispatcher = "handover.worker-dispatcher";

    internal static readonly Config Configuration = ConfigurationFactory.ParseString(
        $$"""
        {{WorkerDispatcher}} { type = PinnedDispatcher }
        akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off, coordinated-shutdown.run-by-clr-shutdown-hook = off }
        """).WithFallback(Engine.Configuration);

    public static ActorSystem Create() => ActorSystem.Create("handover", Configuration);
}
