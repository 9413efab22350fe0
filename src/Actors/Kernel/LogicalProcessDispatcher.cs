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

    public override void Dispatch(ActorCell cell, Envelope envelope)
    {
        if (Partition.Current is { } current)
            current.Tell(cell, envelope, Process);
        else if (Process.Partition is { } owner)
            owner.TellFromOutside(cell, envelope);
        else
            DispatchToMailbox(cell, envelope);
    }

    /// <summary>Akka's own path, through the mailbox.</summary>
    public void DispatchToMailbox(ActorCell cell, Envelope envelope) => base.Dispatch(cell, envelope);

    protected override void ExecuteTask(IRunnable run) =>
        (Process.Partition ?? throw new InvalidOperationException($"{Process.DispatcherId} belongs to no engine")).Execute(run, Process);

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
