using Akka.Actor;
using Akka.Configuration;

namespace Actors.Kernel;

/// <summary>
/// The logical processes of an ActorSystem. Akka never forgets a dispatcher, so processes are given back and used again:
/// thousands of simulations in one system need no more of them than ran at once.
/// </summary>
internal sealed class LogicalProcessPool(ExtendedActorSystem system) : IExtension
{
    private readonly Lock _lock = new();
    private readonly Stack<LogicalProcess> _free = [];
    private int _created;
    private int _engines;

    public static LogicalProcessPool Of(ActorSystem system) => system.WithExtension<LogicalProcessPool, Provider>();

    /// <summary>A number that tells the engines of this system apart.</summary>
    public int NextEngine() => Interlocked.Increment(ref _engines);

    public LogicalProcess Take()
    {
        lock (_lock)
        {
            if (_free.TryPop(out var free))
                return free;
            var process = new LogicalProcess($"logical-process-{_created++}");
            var prerequisites = system.Dispatchers.Prerequisites;
            system.Dispatchers.RegisterConfigurator(
                process.DispatcherId,
                new LogicalProcessDispatcher.Factory(ConfigurationFactory.Empty, prerequisites, process));
            return process;
        }
    }

    public void GiveBack(LogicalProcess process)
    {
        lock (_lock)
        {
            process.Partition = null;
            _free.Push(process);
        }
    }

    private sealed class Provider : ExtensionIdProvider<LogicalProcessPool>
    {
        public override LogicalProcessPool CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
