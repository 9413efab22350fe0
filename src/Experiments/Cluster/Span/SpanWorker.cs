using Actors;
using Actors.Kernel;
using Actors.Placement;
using Akka.Actor;
using Experiments.MonteCarlo;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Experiments.Cluster.Span;

/// <summary>
/// Runs this member's part of replications on a thread of its own. It keeps the part of the network that it has built while the
/// attempt and the job stay the same.
/// </summary>
internal sealed class SpanWorker(SpanWork work) : UntypedActor
{
    /// <summary>Kept, because running a simulation on this thread leaves no current actor behind.</summary>
    private readonly IUntypedActorContext _context = Context;
    private Simulation? _simulation;
    private Placement? _placement;
    private (int Attempt, int Job) _built;
    private BatchCarrier? _carrier;

    public static Props Props(SpanWork work) => Akka.Actor.Props.Create(() => new SpanWorker(work)).WithDispatcher(LaboratorySystem.WorkerDispatcher);

    protected override void PostStop()
    {
        Release();
        _carrier?.Dispose();
    }

    protected override void OnReceive(object message)
    {
        if (message is not Turn turn)
        {
            Unhandled(message);
            return;
        }

        var asker = Sender;
        object answer;
        try
        {
            answer = new Computed(turn, Compute(turn, asker));
        }
        catch (MemberLostException lost)
        {
            Release();
            answer = new Failed(turn, lost.Message, lost.Member);
        }
        catch (Exception cause)
        {
            Release();
            answer = new Failed(turn, $"{cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}", null);
        }

        asker.Tell(answer, _context.Self);
    }

    private SpanResult Compute(Turn turn, IActorRef asker)
    {
        var begin = turn.Begin;
        if (_carrier != turn.Carrier)
        {
            _carrier?.Dispose();
            _carrier = turn.Carrier;
        }

        Scenario? scenario = null;
        if (_placement is not { } placement || _built != (begin.Attempt, begin.Job))
        {
            Release();
            scenario = work.ScenarioOf(begin.Job);
            placement = new Placement(scenario.Network, [.. begin.Members.Select(member => member.Threads)], scenario.EventsPerSecond);
            (_placement, _built) = (placement, (begin.Attempt, begin.Job));
        }

        // Before the nodes are made, which for very many takes a while.
        asker.Tell(new Placed(turn, work.CellOf(begin.Job), placement), _context.Self);
        if (begin.Self >= placement.Members)
            return new SpanResult(null, null, SpanCost.None);
        _simulation ??= new Simulation(_context.System, scenario ?? work.ScenarioOf(begin.Job), new Seat(placement, begin.Self, turn.Carrier));
        turn.Carrier.Begin(placement.Members);
        try
        {
            var (run, totals) = work.Run(_simulation, begin.Job, begin.Index);
            var elapsed = turn.Carrier.Elapsed;
            var cost = new SpanCost(run.Windows, run.Events, turn.Carrier.SentBytes, turn.Carrier.Waited, elapsed, elapsed)
            {
                ResidentBytes = Environment.WorkingSet,
                RoundTrip = work.WantsRoundTrip(begin.Job) ? turn.Carrier.RoundTrip(placement.Members) : TimeSpan.Zero,
            };
            return new SpanResult(run, null, cost) { Totals = totals };
        }
        catch (SimulationFailedException failure)
        {
            // Its actors are in the middle of things: the next replication gets new ones.
            Release();
            return new SpanResult(null, SpanFault.Of(failure), SpanCost.None);
        }
    }

    private void Release()
    {
        _simulation?.Dispose();
        (_simulation, _placement, _built) = (null, null, default);
    }

    /// <summary>A replication to compute a part of.</summary>
    internal sealed record Turn(SpanBegin Begin, BatchCarrier Carrier);

    /// <summary>A replication begins. Told before its outcome.</summary>
    /// <param name="Cell">Its cell's number in the plan.</param>
    internal sealed record Placed(Turn Turn, int Cell, Placement Placement);

    internal sealed record Computed(Turn Turn, SpanResult Result);

    /// <param name="Lost">The member without which it cannot go on.</param>
    internal sealed record Failed(Turn Turn, string Reason, int? Lost);
}
