using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace Actors.Kernel;

/// <summary>The dispatcher of one logical process: hands everything to the process's partition.</summary>
internal sealed class LogicalProcessDispatcher : MessageDispatcher
{
    public LogicalProcessDispatcher(MessageDispatcherConfigurator configurator, LogicalProcess process)
        : base(configurator)
    {
        Process = process;
        Id = process.DispatcherId;
        Throughput = 1;
        ShutdownTimeout = TimeSpan.FromSeconds(1);
    }

    public LogicalProcess Process { get; }

    private Partition Owner =>
        Process.Partition ?? throw new InvalidOperationException($"{Process.DispatcherId} belongs to no engine");

    public override void Dispatch(ActorCell cell, Envelope envelope)
    {
        var owner = Owner;
        var current = Partition.Current;
        if (current is null)
            owner.TellFromOutside(cell, envelope);
        else
            current.Tell(cell, envelope, Process);
    }

    /// <summary>Akka's own path, through the mailbox.</summary>
    public void DispatchToMailbox(ActorCell cell, Envelope envelope) => base.Dispatch(cell, envelope);

    protected override void ExecuteTask(IRunnable run) => Owner.Execute(run);

    protected override void Shutdown()
    {
    }

    internal sealed class Factory : MessageDispatcherConfigurator
    {
        private readonly LogicalProcessDispatcher _dispatcher;

        public Factory(Config config, IDispatcherPrerequisites prerequisites, LogicalProcess process)
            : base(config, prerequisites) =>
            _dispatcher = new LogicalProcessDispatcher(this, process);

        public override MessageDispatcher Dispatcher() => _dispatcher;
    }
}
