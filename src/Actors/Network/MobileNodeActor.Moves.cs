using Actors.Kernel;
using Actors.Observation;
using Akka.Actor;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Network;

/// <content>When and where a mobile node goes: the move that is planned, what is in sight, and the handover that begins.</content>
internal sealed partial class MobileNodeActor
{
    /// <summary>Where the move goes that is planned; there is one at most.</summary>
    private NodeId _nextRouter;

    /// <summary>T_ant of that move; negative where the old link holds for as long as is looked ahead.</summary>
    private TimeSpan _nextAnticipation;

    /// <summary>Whether the planned move waits until the present one is made.</summary>
    private bool _isFollowing;

    private void OnTrigger()
    {
        // Between two links the present move comes first.
        _isFollowing = _uplink is null;
        if (_isFollowing)
            return;
        var (router, foreseen) = (_nextRouter, _nextAnticipation);

        if (_pending)
            End(Outcome.Superseded);
        RecordAwaiting();
        _handovers++;
        Process.Begun++;
        _pending = true;
        if (!_isSighted)
            BeginTimeline();
        _isSighted = false;
        Mark(Observation.Mark.Trigger);
        var anticipation = Process.Delays.Anticipation is { } law ? MovementDelays.Of(law, Process.Run, StreamPurpose.Anticipation, Handover) : foreseen;
        if (anticipation >= TimeSpan.Zero)
        {
            _foreseen = router;
            _linkFailure ??= new VirtualTimer();
            Scheduler.ScheduleTellOnce(anticipation, Me, LinkFailure.Instance, Me, _linkFailure);
        }
        else
        {
            _linkFailure?.Cancel();
        }

        _reception?.Begin(Handover, Process.Data);
        MobileMachine.OnTrigger(Handover, router, Begin());
        Perform();
        if (Process.Movement.IsHeadless)
            PlanNextMove();
    }

    private void PlanNextMove()
    {
        if (Process.Movement.Next(Process.Run, Id, _router, _handovers, Now) is not { } move)
            return;
        var after = move.After;
        if (MobileMachine.ListensForNeighbors)
        {
            var ahead = MovementDelays.Of(Process.Delays.Discovery, Process.Run, StreamPurpose.Discovery, Next);
            if (after < ahead)
                after = ahead;
            Scheduler.ScheduleTellOnce(after - ahead, Me, new Neighbor(move.Router), Me);
        }

        _nextRouter = move.Router;
        _nextAnticipation = move.Anticipation ?? TimeSpan.MinValue;
        Scheduler.ScheduleTellOnce(after, Me, Trigger.Instance, Me);
    }

    /// <summary>An access point comes in sight; a node that is busy or between two links takes no notice.</summary>
    private void OnNeighbor(NodeId router)
    {
        if (_pending || _uplink is null)
            return;
        RecordAwaiting();
        _isSighted = true;
        BeginTimeline();
        Mark(Observation.Mark.NeighborFound);
        MobileMachine.OnNeighbor(Next, router, Begin());
        Perform();
    }

    private sealed record Neighbor(NodeId Router);

    private sealed record Trigger
    {
        public static readonly Trigger Instance = new();
    }
}
