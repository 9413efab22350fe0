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
    private (int Attempt, int Job) _built;

    /// <summary>That have a part in it.</summary>
    private int _members;

    public static Props Props(SpanWork work) => Akka.Actor.Props.Create(() => new SpanWorker(work)).WithDispatcher(LaboratorySystem.WorkerDispatcher);

    protected override void PostStop() => Release();

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
            answer = new Computed(turn, Compute(turn));
        }
        catch (MemberLostException lost)
        {
            Release();
            answer = new Failed(turn, lost.Message);
        }
        catch (Exception cause)
        {
            Release();
            answer = new Failed(turn, $"{cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}");
        }

        asker.Tell(answer, _context.Self);
    }

    private SpanResult Compute(Turn turn)
    {
        var begin = turn.Begin;
        if (_built != (begin.Attempt, begin.Job))
            Release();
        if (_simulation is null)
        {
            var scenario = work.ScenarioOf(begin.Job);
            var placement = new Placement(scenario.Network, [.. begin.Members.Select(member => member.Threads)], scenario.EventsPerSecond);
            if (begin.Self >= placement.Members)
                return new SpanResult(null, null, SpanCost.None);
            _simulation = new Simulation(_context.System, scenario, new Seat(placement, begin.Self, turn.Carrier));
            (_built, _members) = ((begin.Attempt, begin.Job), placement.Members);
        }

        turn.Carrier.Begin(_members);
        try
        {
            var (run, totals) = work.Run(_simulation, begin.Job, begin.Index);
            var elapsed = turn.Carrier.Elapsed;
            var cost = new SpanCost(run.Windows, run.Events, turn.Carrier.SentBytes, turn.Carrier.Waited, elapsed, elapsed)
            {
                ResidentBytes = Environment.WorkingSet,
                RoundTrip = work.WantsRoundTrip(begin.Job) ? turn.Carrier.RoundTrip(_members) : TimeSpan.Zero,
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
        _simulation = null;
        _built = default;
    }

    /// <summary>A replication to compute a part of.</summary>
    internal sealed record Turn(SpanBegin Begin, BatchCarrier Carrier);

    internal sealed record Computed(Turn Turn, SpanResult Result);

    internal sealed record Failed(Turn Turn, string Reason);
}
