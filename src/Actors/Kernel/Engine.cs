using Akka.Actor;
using Akka.Configuration;
using Topology.Partitioning;

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
    private readonly List<LogicalProcess> _processes = [];
    private readonly List<IActorRef> _roots = [];
    private readonly Partition[] _partitions;
    private readonly WindowExchange? _exchange;
    private readonly PartitionThreads? _threads;
    private readonly int _engine;
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
        : this(system, processes, Distances.Uniform(processes.Max(process => process.Partition) + 1, lookahead), mode, null)
    {
    }

    /// <param name="distances">Between partitions of this member; those that something crosses must be positive.</param>
    /// <param name="ties">To the other members that run the same network; null where it runs here alone.</param>
    internal Engine(
        ActorSystem system,
        IReadOnlyList<(string Name, int Partition)> processes,
        Distances distances,
        DeliveryMode mode,
        IMemberTies? ties)
    {
        _system = system;
        _pool = LogicalProcessPool.Of(system);
        _engine = _pool.NextEngine();
        _partitions = [.. Enumerable.Range(0, distances.Parts).Select(i => new Partition(i, mode))];
        if (_partitions.Length > 1 || ties is not null)
        {
            _exchange = new WindowExchange(_partitions, distances, ties);
            _threads = new PartitionThreads(_partitions.Length, (index, until) => _exchange.Run(_partitions[index], until));
        }

        try
        {
            foreach (var (name, partition) in processes)
                AddProcess(name, _partitions[partition]);
            Settle(() => _roots.All(root => ((RepointableActorRef)root).IsStarted));
            Begin();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The end of the last run; every later delay counts from here.</summary>
    public SimTime Now { get; private set; }

    /// <summary>Sum of the partitions' event digests of this run: equal for every partitioning.</summary>
    public ulong Digest => _partitions.Aggregate(0UL, (sum, partition) => unchecked(sum + partition.Digest));

    /// <summary>Events executed in this run.</summary>
    public long Events => _partitions.Sum(partition => partition.Events);

    /// <summary>Events that are still pending.</summary>
    public int Pending => _partitions.Sum(partition => partition.Queue.Count) + (_exchange?.Pending ?? 0);

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
        Settle(static () => true);
        ThrowIfFailed();
    }

    /// <summary>Create one actor as a child of a process's root.</summary>
    public IActorRef ActorOf(int process, Props props, string name)
    {
        IActorRef? created = null;
        Populate(process, context => created = context.ActorOf(On(process, props), name));
        return created!;
    }

    /// <summary>Make room for events that will be pending at once.</summary>
    /// <param name="events">By process.</param>
    internal void Expect(IReadOnlyList<int> events)
    {
        var sums = new int[_partitions.Length];
        foreach (var (process, count) in events.Index())
            sums[_processes[process].Partition!.Index] += count;
        foreach (var (partition, sum) in sums.Index())
            _partitions[partition].Queue.Reserve(sum);
    }

    /// <summary>Begin a new run at time zero: nothing is pending, digests and counters start anew.</summary>
    /// <exception cref="SimulationFailedException">The last run failed: it left stopped actors behind, so the engine can only be disposed.</exception>
    public void Begin()
    {
        ThrowIfFailed();
        _epoch++;
        _posted = 0;
        Now = SimTime.Zero;
        _exchange?.Clear();
        InPossession(partition => partition.Begin(_epoch));
    }

    /// <summary>Put an event into the run from outside, such as the first trigger of a node. Call it in a fixed order.</summary>
    public void Post(IActorRef receiver, object message, SimTime at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(at, Now);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(at.Ticks, EventQueue.LatestTime, nameof(at));

        // The member that it lives in posts it too; here it only takes its number.
        if (receiver is AbsentActor)
        {
            _posted++;
            return;
        }

        var cell = (ActorCell)((ActorRefWithCell)receiver).Underlying;
        var process = ((LogicalProcessDispatcher)cell.Dispatcher).Process;
        process.Partition!.Post(new RemoteEvent(at.Ticks, 0, ++_posted, receiver, message, ActorRefs.NoSender));
    }

    /// <summary>Run every event with a time of at most <paramref name="until"/>.</summary>
    /// <exception cref="SimulationFailedException">An actor failed or broke a rule of the kernel.</exception>
    /// <exception cref="MemberLostException">Another member that runs the same network is lost.</exception>
    public void Run(SimTime until)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(until, Now);
        foreach (var partition in _partitions)
            partition.Enter();
        try
        {
            _exchange?.Begin();
            if (_threads is null)
            {
                _partitions[0].Pump();
                _partitions[0].RunUntil(until.Ticks);
            }
            else
            {
                _threads.Run(until.Ticks);
            }
        }
        finally
        {
            foreach (var partition in _partitions)
                partition.Leave();
        }

        _exchange?.ThrowIfParted();
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
        InPossession(static partition => partition.Begin(0));
        foreach (var process in _processes)
            _pool.GiveBack(process);
    }

    /// <summary>
    /// The first failure in the order of events, whichever partition met it. All partitions finish the window of a failure, so
    /// that the first one is always among those noted.
    /// </summary>
    private void ThrowIfFailed()
    {
        var first = _partitions.Where(partition => partition.Fault is not null).MinBy(partition => partition.FaultKey);
        if (first is not null)
            throw new SimulationFailedException(first.Fault!, first.FaultKey);
    }

    private void AddProcess(string name, Partition partition)
    {
        var process = _pool.Take();
        process.Name = name;
        process.Partition = partition;
        partition.Exchange = _exchange;
        _processes.Add(process);
        _roots.Add(_system.ActorOf(On(_processes.Count - 1, Props.Create<ProcessRoot>()), $"{_engine}~{name}"));
    }

    private void InPossession(Action<Partition> act)
    {
        foreach (var partition in _partitions)
        {
            partition.Enter();
            try
            {
                act(partition);
            }
            finally
            {
                partition.Leave();
            }
        }
    }

    /// <summary>
    /// Let the processes handle what Akka sends them outside runs (creation, termination) until <paramref name="done"/>. The
    /// user guardian, which lives in real time, takes part, so this waits for it.
    /// </summary>
    private void Settle(Func<bool> done)
    {
        var wait = default(SpinWait);
        while (true)
        {
            InPossession(static partition => partition.Pump());
            if (done())
                return;
            wait.SpinOnce();
        }
    }
}
