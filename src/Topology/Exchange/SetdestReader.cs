using System.Text.RegularExpressions;
using Topology.Movement;
using Topology.Plans;

namespace Topology.Exchange;

/// <summary>Movement as ns-2's setdest writes it: a place of each node, then orders to go somewhere at a speed, which replace the order before.</summary>
public static partial class SetdestReader
{
    /// <param name="name">Of the source, for messages.</param>
    public static ReadingProblem? Read(TextReader source, string name, Func<TracePoint, bool> take)
    {
        var nodes = new OrderedDictionary<string, Node>();
        for (var number = 1; source.ReadLine() is { } line; number++)
        {
            if (Place().Match(line) is { Success: true } place)
            {
                var (id, value) = (place.Groups["id"].Value, TraceReader.Number(place.Groups["value"].Value));
                if (value is not { } metres)
                    return TraceReader.Wrong(name, number, "a coordinate is no number. Correct it.");
                var node = nodes.GetValueOrDefault(id) ?? new Node();
                nodes[id] = place.Groups["axis"].Value == "X" ? node with { At = node.At with { X = metres } } : node with { At = node.At with { Y = metres } };
            }
            else if (Order().Match(line) is { Success: true } order)
            {
                var id = order.Groups["id"].Value;
                if (TraceReader.Number(order.Groups["time"].Value) is not { } time || TraceReader.Number(order.Groups["x"].Value) is not { } x
                    || TraceReader.Number(order.Groups["y"].Value) is not { } y || TraceReader.Number(order.Groups["speed"].Value) is not { } speed || speed < 0)
                    return TraceReader.Wrong(name, number, "an order has no time, place or speed that are numbers. Correct it.");
                if (!nodes.TryGetValue(id, out var node))
                    return TraceReader.Wrong(name, number, $"node {id} has no place. Set its X_ and Y_ first.");
                if (!node.Tell(id, time, take))
                    return TraceReader.GoesBack(name, number, id);
                var at = node.PlaceAt(time);
                nodes[id] = new Node { At = at, Since = time, Target = new PlanePoint(x, y), Speed = speed, IsTold = true };
            }
            else if (line.Contains("setdest", StringComparison.Ordinal))
            {
                return TraceReader.Wrong(name, number, "this is no order. Write $ns_ at 2.0 \"$node_(0) setdest 10 20 5.0\".");
            }
        }

        foreach (var (id, node) in nodes)
        {
            if (!node.Tell(id, double.PositiveInfinity, take))
                return new ReadingProblem($"{name}:", "HO3016", $"node {id} goes back in time. Sort its orders.");
        }

        return nodes.Count > 0 ? null : new ReadingProblem($"{name}:", "HO3016", "there is no node in it. Write $node_(0) set X_ 10.");
    }

    [GeneratedRegex("""^\s*\$node_\((?<id>[^)]+)\)\s+set\s+(?<axis>[XY])_\s+(?<value>\S+)""")]
    private static partial Regex Place();

    [GeneratedRegex("""^\s*\$ns_\s+at\s+(?<time>\S+)\s+"\$node_\((?<id>[^)]+)\)\s+setdest\s+(?<x>\S+)\s+(?<y>\S+)\s+(?<speed>[^\s"]+)\s*"?""")]
    private static partial Regex Order();

    /// <summary>A node and the order that it follows.</summary>
    private sealed record Node
    {
        public PlanePoint At { get; init; }

        public double Since { get; init; }

        public PlanePoint? Target { get; init; }

        public double Speed { get; init; }

        public bool IsTold { get; init; }

        private double Arrival => Target is { } target && Speed > 0 ? Since + At.DistanceTo(target) / Speed : double.PositiveInfinity;

        public PlanePoint PlaceAt(double time) => Target is not { } target || Speed <= 0 ? At
            : time >= Arrival ? target
            : At + (time - Since) / (Arrival - Since) * (target - At);

        /// <summary>Gives away where the node was until then.</summary>
        public bool Tell(string id, double until, Func<TracePoint, bool> take)
        {
            if (until < Since || (!IsTold && !take(new TracePoint(0, id, At))))
                return false;
            if (Arrival > Since && Arrival < until && !take(new TracePoint(Arrival, id, Target!.Value)))
                return false;
            return double.IsPositiveInfinity(until) || until == 0 || take(new TracePoint(until, id, PlaceAt(until)));
        }
    }
}
