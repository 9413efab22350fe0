using Actors.Kernel;
using Akka.Actor;
using CsCheck;
using Topology.Partitioning;
using Topology.Randomness;

namespace Tests.Actors.Kernel;

/// <summary>
/// A little network of actors that do, on each message, whatever their own random stream says: send with a delay within or
/// across processes, Tell neighbours, start and cancel timers, stash, repeat, call back, now and then fail.
/// What an actor does depends on the order of what it hears, so any change of order spreads.
/// </summary>
/// <param name="ActorsOf">Number of actors of each process.</param>
/// <param name="FailureIn">One message in so many makes its actor throw; 0 for none.</param>
/// <param name="ExtraTicks">Added to the delay of the first message of actor 0, to see that the digest notices.</param>
/// <param name="SpreadMs">Added to a delay across processes for each step between their numbers.</param>
internal sealed record RandomProgram(ulong Seed, int[] ActorsOf, int FailureIn = 0, int ExtraTicks = 0, int SpreadMs = 0)
{
    private const int FirstLife = 6;

    public static readonly TimeSpan Lookahead = TimeSpan.FromMilliseconds(1);

    public static readonly Gen<RandomProgram> Generator =
        Gen.Select(Gen.ULong, Gen.Int[1, 5].Array[1, 7], (seed, actors) => new RandomProgram(seed, actors));

    public int Processes => ActorsOf.Length;

    /// <summary>Consecutive processes share a partition, as evenly as they can.</summary>
    public int[] Evenly(int partitions) =>
        [.. Enumerable.Range(0, Processes).Select(process => process * Math.Min(partitions, Processes) / Processes)];

    /// <summary>All but the last process in partition 0, or any other assignment that the seed says.</summary>
    public int[] Unevenly()
    {
        var stream = RandomStream.For(Seed, 1, 0, StreamPurpose.Topology);
        var wanted = Enumerable.Range(0, Processes).Select(_ => stream.NextInt32(3) * stream.NextInt32(2)).ToArray();
        var used = wanted.Distinct().Order().ToArray();
        return [.. wanted.Select(partition => Array.IndexOf(used, partition))];
    }

    public Outcome Run(ActorSystem system, int[] partitions, DeliveryMode mode = DeliveryMode.Direct)
    {
        using var engine = new Engine(system, [.. partitions.Select((partition, process) => ($"p{process}", partition))], Lookahead, mode);
        return Run(engine);
    }

    /// <summary>The same with what is known of the distances between partitions, and how many windows that took.</summary>
    public (Outcome Outcome, long Windows) RunApart(ActorSystem system, int[] partitions)
    {
        var count = partitions.Max() + 1;
        var direct = new TimeSpan?[count, count];
        for (var from = 0; from < Processes; from++)
        {
            for (var to = 0; to < Processes; to++)
            {
                var least = Lookahead + TimeSpan.FromMilliseconds(SpreadMs * Math.Abs(from - to));
                ref var known = ref direct[partitions[from], partitions[to]];
                if (partitions[from] != partitions[to] && !(known <= least))
                    known = least;
            }
        }

        using var engine = new Engine(
            system, [.. partitions.Select((partition, process) => ($"p{process}", partition))], new Distances(direct), DeliveryMode.Direct, null);
        var outcome = Run(engine);
        return (outcome, engine.Windows);
    }

    /// <summary>How many windows it takes where only the least of all distances is known.</summary>
    public long WindowsOfOneLookahead(ActorSystem system, int[] partitions)
    {
        using var engine = new Engine(system, [.. partitions.Select((partition, process) => ($"p{process}", partition))], Lookahead);
        Run(engine);
        return engine.Windows;
    }

    private Outcome Run(Engine engine)
    {
        var nodes = Populate(engine);
        try
        {
            for (var i = 0; i < nodes.Count; i++)
                engine.Post(nodes[i].Self!, new Token(FirstLife, i), SimTime.Zero + TimeSpan.FromTicks(10_000 * (i % 3) + (i == 0 ? ExtraTicks : 0)));
            engine.RunToEnd();
        }
        catch (SimulationFailedException failure)
        {
            return new Outcome(0, 0, 0, default, failure.Message);
        }

        var history = nodes.Aggregate(0UL, (sum, node) => sum ^ RandomStream.Mix(node.History + (ulong)node.Index));
        Assert.Equal(0, engine.Pending);
        return new Outcome(engine.Digest, engine.Events, history, engine.Now, null);
    }

    private List<Node> Populate(Engine engine)
    {
        var nodes = ActorsOf.SelectMany((count, process) => Enumerable.Repeat(process, count))
            .Select((process, index) => new Node(this, process, index)).ToList();
        foreach (var node in nodes)
            node.Peers = nodes;
        foreach (var node in nodes)
            node.Self = engine.ActorOf(node.Process, Scripted.Props(node.Receive), $"n{node.Index}");
        return nodes;
    }

    /// <summary>All that a run leaves; equal for every partitioning and mode of delivery.</summary>
    public sealed record Outcome(ulong Digest, long Events, ulong History, SimTime End, string? Failure);

    private sealed record Token(int Life, int Number);

    private sealed class Node(RandomProgram program, int process, int index)
    {
        private readonly VirtualTimer _timer = new();
        private RandomStream _stream = RandomStream.For(program.Seed, 0, (ulong)index, StreamPurpose.Bench);
        private ICancelable? _cancelable;
        private int _stashed;

        public int Index => index;

        public int Process => process;

        public List<Node> Peers { get; set; } = [];

        public IActorRef? Self { get; set; }

        public ulong History { get; private set; }

        public void Receive(Scripted me, object message)
        {
            var token = (Token)message;
            var ticks = me.Scheduler.MonotonicClock.Ticks;
            History = RandomStream.Mix(History ^ (ulong)ticks ^ ((ulong)token.Number << 40) ^ ((ulong)token.Life << 56));
            if (program.FailureIn > 0 && _stream.NextInt32(program.FailureIn) == 0)
                throw new InvalidOperationException($"node {index} had enough of {token}");
            if (_stashed < 3 && _stream.NextInt32(6) == 0)
            {
                _stashed++;
                me.Stash.Stash();
                return;
            }

            if (_stashed > 0 && _stream.NextInt32(2) == 0)
            {
                _stashed = 0;
                me.Stash.UnstashAll();
            }

            if (token.Life == 0)
                return;
            for (var actions = _stream.NextInt32(3); actions >= 0; actions--)
                Act(me, new Token(token.Life - 1, _stream.NextInt32(1000)));
        }

        private void Act(Scripted me, Token token)
        {
            var neighbours = Peers.Where(peer => peer.Process == process).ToList();
            var anyone = Peers[_stream.NextInt32(Peers.Count)];
            var spread = program.SpreadMs * Math.Abs(anyone.Process - process);
            var neighbour = neighbours[_stream.NextInt32(neighbours.Count)].Self!;
            switch (_stream.NextInt32(9))
            {
                case 0 or 1:
                    me.After(Delay(least: 1) + spread, anyone.Self!, token);
                    break;
                case 2:
                    me.After(Delay(least: 0), neighbour, token);
                    break;
                case 3:
                    neighbour.Tell(token, me.Self);
                    break;
                case 4:
                    me.After(Delay(least: 0), me.Self, token, _timer);
                    break;
                case 5:
                    _timer.Cancel();
                    _cancelable?.Cancel();
                    break;
                case 6:
                    _cancelable = new Cancelable(me.Scheduler);
                    me.After(Delay(least: 0), neighbour, token, _cancelable);
                    break;
                case 7:
                    var repeats = new Cancelable(me.Scheduler);
                    me.Scheduler.ScheduleTellRepeatedly(
                        TimeSpan.FromMilliseconds(Delay(least: 0)), TimeSpan.FromMilliseconds(1), neighbour, token with { Life = Math.Min(token.Life, 1) }, me.Self, repeats);
                    me.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromMilliseconds(4), () => repeats.Cancel());
                    break;
                default:
                    me.Timers.StartSingleTimer("timer", token, TimeSpan.FromMilliseconds(Delay(least: 1)));
                    break;
            }
        }

        /// <summary>Whole milliseconds mostly, so that much happens at the same instant; from none to hours.</summary>
        private double Delay(int least) => _stream.NextInt32(8) switch
        {
            0 => least + _stream.NextDouble(),
            1 => least + _stream.NextInt32(10_000_000),
            _ => least + _stream.NextInt32(3),
        };
    }
}
