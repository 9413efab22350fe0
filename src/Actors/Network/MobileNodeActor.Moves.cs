using Actors.Kernel;
using Actors.Observation;
using Akka.Actor;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Network;

/// <content>When and where a mobile node goes: the move that is planned, what is in sight, and the handover that begins.</content>
internal sealed partial class MobileNodeActor
{
    /// <summary>The move that is planned: there is one at most, and its message lives as long as the node, where the collector need not look.</summary>
    private readonly Trigger _next = new();

    /// <summary>Whether the planned move waits until the present one is made.</summary>
    private bool _isFollowing;

    private void OnTrigger()
    {
        // Between two links the present move comes first.
        _isFollowing = _uplink is null;
        if (_isFollowing)
            return;
        var (router, foreseen) = (_next.Router, _next.Anticipation);

        if (_pending)
            End(Outcome.Superseded);
        RecordAwaiting();
        _handovers++;
        Process.Begun++;
        _pending = true;
        if (!_isSighted)
            _timeline.Clear();
        _isSighted = false;
        Mark(Observation.Mark.Trigger);
        var window = Process.Delays.Anticipation is { } law ? MovementDelays.Of(law, Process.Run, StreamPurpose.Anticipation, Handover) : foreseen;
        if (window is { } anticipation)
        {
            _linkFailure ??= new VirtualTimer();
            Scheduler.ScheduleTellOnce(anticipation, Me, new LinkFailure(router), Me, _linkFailure);
        }
        else
        {
            _linkFailure?.Cancel();
        }

        _reception?.Begin(Handover, Process.Data);
        _machine.OnTrigger(Handover, router, Begin());
        Perform();
        if (Process.Movement.IsHeadless)
            PlanNextMove();
    }

    private void PlanNextMove()
    {
        if (Process.Movement.Next(Process.Run, Id, _router, _handovers, Now) is not { } move)
            return;
        var after = move.After;
        if (_machine.ListensForNeighbors)
        {
            var ahead = MovementDelays.Of(Process.Delays.Discovery, Process.Run, StreamPurpose.Discovery, Next);
            if (after < ahead)
                after = ahead;
            Scheduler.ScheduleTellOnce(after - ahead, Me, new Neighbor(move.Router), Me);
        }

        _next.Router = move.Router;
        _next.Anticipation = move.Anticipation;
        Scheduler.ScheduleTellOnce(after, Me, _next, Me);
    }

    /// <summary>An access point comes in sight; a node that is busy or between two links takes no notice.</summary>
    private void OnNeighbor(NodeId router)
    {
        if (_pending || _uplink is null)
            return;
        RecordAwaiting();
        _isSighted = true;
        _timeline.Clear();
        Mark(Observation.Mark.NeighborFound);
        _machine.OnNeighbor(Next, router, Begin());
        Perform();
    }

    private sealed record Neighbor(NodeId Router);

    private sealed class Trigger
    {
        public NodeId Router { get; set; }

        public TimeSpan? Anticipation { get; set; }
    }
}
