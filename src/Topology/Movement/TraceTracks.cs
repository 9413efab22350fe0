using Topology.Plans;

namespace Topology.Movement;

/// <summary>
/// The handovers of nodes whose places at some instants were recorded: between two of them a node goes straight at constant speed, before the first
/// and after the last it stays. Fed point by point, in order of time for each node, so that a trace is read as a stream; only handovers are kept.
/// </summary>
public sealed class TraceTracks(CellPlane cells, HandoverRule rule, double pingPongSeconds)
{
    private readonly Dictionary<string, Track> _byName = [];
    private readonly List<Track> _tracks = [];

    /// <summary>Nodes, in order of their first points.</summary>
    public int Count => _tracks.Count;

    /// <summary>When the last point was recorded, in seconds.</summary>
    public double EndSeconds { get; private set; }

    /// <summary>The cell in which a node starts.</summary>
    public int FirstRouter(int node) => _tracks[node].First;

    /// <summary>Its handovers, in order of time.</summary>
    public IReadOnlyList<PlannedHandover> Handovers(int node) => _tracks[node].Handovers;

    /// <summary>False for a point that is no later than the node's one before.</summary>
    public bool TryAdd(in TracePoint point)
    {
        EndSeconds = Math.Max(EndSeconds, point.Seconds);
        if (!_byName.TryGetValue(point.Node, out var track))
        {
            _byName.Add(point.Node, track = new Track(point, cells.Locate(point.Place)));
            _tracks.Add(track);
            return true;
        }

        if (point.Seconds <= track.Seconds)
            return point.Seconds == track.Seconds && point.Place == track.Place;
        track.GoTo(point, cells, rule, pingPongSeconds);
        return true;
    }

    private sealed class Track(in TracePoint first, int router)
    {
        private int _router = router;
        private int _left = -1;

        /// <summary>The cells whose links are watched until they fail, and the handovers that left them.</summary>
        private readonly List<(int Router, int Handover)> _watched = [];

        public int First { get; } = router;

        public double Seconds { get; private set; } = first.Seconds;

        public PlanePoint Place { get; private set; } = first.Place;

        public List<PlannedHandover> Handovers { get; } = [];

        public void GoTo(in TracePoint point, CellPlane cells, HandoverRule rule, double pingPongSeconds)
        {
            var length = point.Seconds - Seconds;
            var velocity = 1 / length * (point.Place - Place);
            for (var spent = 0.0; ;)
            {
                var at = Place + spent * velocity;
                var crossing = cells.Crossing(_router, at, velocity, length - spent, rule.TriggersAt);
                Watch(cells, at, velocity, Seconds + spent, crossing?.Seconds ?? length - spent, rule);
                if (crossing is not { } next)
                    break;
                spent += next.Seconds;
                var now = Seconds + spent;
                var isPingPong = next.Neighbour == _left && now - Handovers[^1].AtSeconds < pingPongSeconds;
                (_left, _router) = (_router, next.Neighbour);
                _watched.Add((_left, Handovers.Count));
                Handovers.Add(new PlannedHandover(now, next.Neighbour, null, isPingPong));
            }

            (Seconds, Place) = (point.Seconds, point.Place);
        }

        private void Watch(CellPlane cells, PlanePoint at, PlanePoint velocity, double now, double seconds, HandoverRule rule)
        {
            for (var index = _watched.Count - 1; index >= 0; index--)
            {
                var watched = _watched[index];
                var handover = Handovers[watched.Handover];
                var left = handover.AtSeconds + HandoverTracker.LookAheadSeconds - now;
                if (cells.Crossing(watched.Router, at, velocity, Math.Min(seconds, left), rule.Margin) is { } failure)
                    Handovers[watched.Handover] = handover with { FailsAfterSeconds = now + failure.Seconds - handover.AtSeconds };
                else if (seconds < left)
                    continue;
                _watched.RemoveAt(index);
            }
        }
    }
}
