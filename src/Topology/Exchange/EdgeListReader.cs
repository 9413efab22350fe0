using System.Globalization;
using Topology.Generation;
using Topology.Plans;

namespace Topology.Exchange;

/// <summary>
/// A list of links, one a line: `from,to,delay[,bandwidth]`, the delay in ms one way (empty for the topology's), the bandwidth in bit/s. A first line
/// that begins with `from,` is a heading; lines that are empty or begin with `#` are passed over. A link stands for both directions.
/// </summary>
public static class EdgeListReader
{
    /// <param name="name">Of the source, for messages.</param>
    public static CoreReading Read(TextReader source, string name)
    {
        var places = new Dictionary<string, int>();
        var nodes = new List<CoreNode>();
        var edges = new List<CoreEdge>();
        var seen = new HashSet<(int, int)>();
        for (var number = 1; source.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#' || (number == 1 && line.StartsWith("from,", StringComparison.Ordinal)))
                continue;
            var where = string.Create(CultureInfo.InvariantCulture, $"{name}:{number}");
            var parts = line.Split(',', StringSplitOptions.TrimEntries);
            if (parts.Length is not (3 or 4) || parts[0].Length == 0 || parts[1].Length == 0)
                return CoreReading.Wrong($"{where}", "HO3014", $"this is no link. Write from,to,delay[,bandwidth], as in a,b,2.5,1e9.");
            if (parts[0] == parts[1])
                return CoreReading.Wrong($"{where}", "HO3014", $"'{parts[0]}' is linked to itself. Name two nodes.");
            if (!TryNumber(parts[2], 0, out var delay))
                return CoreReading.Wrong($"{where}", "HO3005", $"'{parts[2]}' is no delay in ms of 0 or more. Correct it, or leave it empty.");
            if (!TryNumber(parts.Length > 3 ? parts[3] : "", double.Epsilon, out var rate))
                return CoreReading.Wrong($"{where}", "HO3007", $"'{parts[3]}' is no bandwidth in bit/s above 0. Correct it, or leave it out.");
            var (left, right) = (Place(parts[0]), Place(parts[1]));
            if (!seen.Add((Math.Min(left, right), Math.Max(left, right))))
                return CoreReading.Wrong($"{where}", "HO3003", $"'{parts[0]}' and '{parts[1]}' are linked twice. Keep one; it stands for both directions.");
            edges.Add(new CoreEdge(left, right, delay is { } ms ? TimeSpan.FromMilliseconds(ms) : null, rate is { } bits ? new BitRate(bits) : null));
        }

        return nodes.Count == 0
            ? CoreReading.Wrong($"{name}:", "HO3014", $"there is no link in it. Write from,to,delay, one a line.")
            : new CoreReading(new CoreGraph(nodes, edges), null);

        int Place(string node)
        {
            if (!places.TryGetValue(node, out var place))
            {
                places.Add(node, place = nodes.Count);
                nodes.Add(new CoreNode(node, null));
            }

            return place;
        }
    }

    /// <summary>Null for an empty text.</summary>
    private static bool TryNumber(string text, double least, out double? number)
    {
        number = null;
        if (text.Length == 0)
            return true;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !(value >= least && double.IsFinite(value) && value < 1e12 * 1e6))
            return false;
        number = value;
        return true;
    }
}
