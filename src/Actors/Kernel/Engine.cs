using Akka.Actor;
using Akka.Configuration;

namespace Actors.Kernel;

/// <summary>
/// Virtual time for a set of logical processes inside an ActorSystem: creates their actors, runs them to an instant, and can
/// begin again from zero any number of times. Several engines may live in one system beside real-time actors.
/// Not thread-safe: one owner drives it.
/// </summary>
public sealed class Engine : IDisposable
{
    /// <summary>What an ActorSystem needs to host engines.</summary>
    public static readonly Config Configuration = ConfigurationFactory.ParseString(
        $$"""
        akka.scheduler.implementation = "{{typeof(VirtualTimeScheduler).AssemblyQualifiedName}}"
        {{LogicalProcessMailbox.Id}}.mailbox-type = "{{typeof(LogicalProcessMailbox).AssemblyQualifiedName}}"
        """);

    private readonly ActorSystem _system;
    private readonly LogicalProcessPool _pool;
    private readonly LogicalProcess[] _processes;
    private readonly IActorRef[] _roots;
    private readonly Partition[] _partitions;
    private readonly WindowExchange? _exchange;
    private readonly PartitionThreads? _threads;
    private int _epoch;
    private uint _posted;
    private bool _disposed;

    /// <param name="processes">Name and partition (dense, from 0) of each logical process.</param>
    /// <param name="lookahead">Least delay of anything sent between partitions; must be positive with more than one.</param>
    public Engine(
        ActorSystem system,
        IReadOnlyList<(string Name, int Partition)> processes,
        TimeSpan lookahead = default,
        DeliveryMode mode = DeliveryMode.Direct)
    {
        _system = system;
        _pool = LogicalProcessPool.Of(system);
        _partitions = [.. Enumerable.Range(0, processes.Max(process => process.Partition) + 1).Select(i => new Partition(i, mode))];
        if (_partitions.Length > 1)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lookahead, TimeSpan.Zero);
            _exchange = new WindowExchange(_partitions, lookahead);
            _threads = new PartitionThreads(_partitions.Length, RunPartition);
        }

        var engine = _pool.NextEngine();
        _processes = new LogicalProcess[processes.Count];
        _roots = new IActorRef[processes.Count];
        for (var i = 0; i < processes.Count; i++)
        {
            var process = _processes[i] = _pool.Take();
            process.Name = processes[i].Name;
            process.Partition = _partitions[processes[i].Partition];
            process.Partition.Exchange = _exchange;
            _roots[i] = system.ActorOf(On(i, Props.Create<ProcessRoot>()), $"{engine}~{process.Name}");
        }

        Settle(() => _roots.All(root => ((RepointableActorRef)root).IsStarted));
        Begin();
    }

    /// <summary>The end of the last run; every later delay counts from here.</summary>
    public SimTime Now { get; private set; }

    /// <summary>Sum of the partitions' event digests of this run: equal for every partitioning.</summary>
    public ulong Digest => _partitions.Aggregate(0UL, (sum, partition) => unchecked(sum + partition.Digest));

    /// <summary>Events executed in this run.</summary>
    public long Events => _partitions.Sum(partition => partition.Events);

    /// <summary>Events that are still pending.</summary>
    public int Pending => _partitions.Sum(partition => partition.Queue.Count);

    /// <summary>Synchronisation windows of the last run; 1 for a single partition.</summary>
    public long Windows => _exchange?.Windows ?? 1;

    /// <summary>The props bound to a process's dispatcher and mailbox.</summary>
    public Props On(int process, Props props) =>
        props.WithDispatcher(_processes[process].DispatcherId).WithMailbox(LogicalProcessMailbox.Id);

    /// <summary>Create actors as children of a process's root, in its context, now.</summary>
    public void Populate(int process, Action<IUntypedActorContext> create)
    {
        _roots[process].Tell(new ProcessRoot.Populate(create), ActorRefs.NoSender);
        Settle();
    }

    /// <summary>Let the processes handle everything that has been sent to them since the last run, at the present instant.</summary>
    public void Settle()
    {
        Settle(() => true);
        ThrowIfFailed();
    }

    /// <summary>Create one actor as a child of a process's root.</summary>
    public IActorRef ActorOf(int process, Props props, string name)
    {
        IActorRef? created = null;
        Populate(process, context => created = context.ActorOf(On(process, props), name));
        return created!;
    }

    /// <summary>Begin a new run at time zero: nothing is pending, digests and counters start anew.</summary>
    public void Begin()
    {
        _epoch++;
        _posted = 0;
        Now = SimTime.Zero;
        foreach (var partition in _partitions)
            partition.Begin(_epoch);
    }

    /// <summary>Put an event into the run from outside, such as the first trigger of a node. Call it in a fixed order.</summary>
    public void Post(IActorRef receiver, object message, SimTime at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(at, Now);
        var cell = (ActorCell)((ActorRefWithCell)receiver).Underlying;
        var process = ((LogicalProcessDispatcher)cell.Dispatcher).Process;
        process.Partition!.Accept(new RemoteEvent(at.Ticks, 0, ++_posted, receiver, message, ActorRefs.NoSender));
    }

    /// <summary>Run every event with a time of at most <paramref name="until"/>.</summary>
    /// <exception cref="SimulationFailedException">An actor failed or broke a rule of the kernel.</exception>
    public void Run(SimTime until)
    {
        foreach (var partition in _partitions)
            partition.Gate.Enter();
        try
        {
            _exchange?.Begin();
            if (_threads is null)
                _partitions[0].RunUntil(until.Ticks);
            else
                _threads.Run(until.Ticks);
        }
        finally
        {
            foreach (var partition in _partitions)
                partition.Gate.Exit();
        }

        var last = until < SimTime.MaxValue ? until.Ticks : _partitions.Max(partition => partition.Now);
        Now = new SimTime(last);
        foreach (var partition in _partitions)
            partition.AdvanceTo(last);
        ThrowIfFailed();
    }

    /// <summary>Run until nothing is pending.</summary>
    public void RunToEnd() => Run(SimTime.MaxValue);

    /// <summary>Advance by <paramref name="duration"/>.</summary>
    public void RunFor(TimeSpan duration) => Run(Now + duration);

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _threads?.Dispose();
        foreach (var root in _roots)
            _system.Stop(root);
        Settle(() => _roots.All(root => ((RepointableActorRef)root).IsTerminated));
        foreach (var partition in _partitions)
            partition.Begin(0);
        foreach (var process in _processes)
            _pool.GiveBack(process);
    }

    /// <summary>The first failure in virtual time, whichever partition met it.</summary>
    private void ThrowIfFailed()
    {
        var first = _partitions.Where(partition => partition.Fault is not null).MinBy(partition => partition.Fault!.At);
        if (first is not null)
            throw new SimulationFailedException(first.Fault!);
    }

    private void RunPartition(int index, long until) => _exchange!.Run(_partitions[index], until);

    /// <summary>
    /// Let the processes handle what Akka sends them outside runs (creation, termination) until <paramref name="done"/>. The
    /// user guardian, which lives in real time, takes part, so this waits for it.
    /// </summary>
    private void Settle(Func<bool> done)
    {
        var wait = default(SpinWait);
        while (true)
        {
            foreach (var partition in _partitions)
            {
                lock (partition.Gate)
                    partition.Pump();
            }

            if (done())
                return;
            wait.SpinOnce();
        }
    }
}
