using System.Globalization;
using System.Xml;
using Topology.Generation;
using Topology.Plans;

namespace Topology.Exchange;

/// <summary>
/// GraphML as the Internet Topology Zoo writes it, read as a stream: `label`, `Longitude` and `Latitude` of nodes, `LinkSpeedRaw` (bit/s) of
/// links; besides them `delay` (ms) and `bandwidth` (bit/s) of links, and `x` and `y` (m) of nodes, as this laboratory writes it. A link without
/// a delay gets one by distance where both ends have degrees; parallel links count once, links from a node to itself not at
/// all, and directions are ignored.
/// </summary>
public static class GraphMlReader
{
    /// <summary>Light in fibre: 5 us a kilometre, and a kilometre at least.</summary>
    private const double MicrosecondsPerKilometre = 5;

    private const double EarthRadiusKilometres = 6371;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreWhitespace = true,
        IgnoreProcessingInstructions = true,
    };

    /// <param name="name">Of the source, for messages.</param>
    public static CoreReading Read(Stream source, string name)
    {
        try
        {
            using var xml = XmlReader.Create(source, Settings);
            return new Graph(name).Read(xml);
        }
        catch (XmlException broken)
        {
            return CoreReading.Wrong($"{name}:{At(broken.LineNumber)}", "HO3014", broken.Message.Contains("DTD", StringComparison.Ordinal)
                ? $"the file has a document type, which is not read. Delete its DOCTYPE."
                : $"this is no XML: {broken.Message.TrimEnd('.')}. Correct the file.");
        }
    }

    /// <summary>One-way delay between two places in degrees (east, north), whole microseconds.</summary>
    public static TimeSpan DelayBetween(PlanePoint from, PlanePoint to)
    {
        static double Square(double angle) => Math.Sin(angle / 2) * Math.Sin(angle / 2);
        var radians = Math.PI / 180;
        var haversine = Square((to.Y - from.Y) * radians)
            + Math.Cos(from.Y * radians) * Math.Cos(to.Y * radians) * Square((to.X - from.X) * radians);
        var kilometres = 2 * EarthRadiusKilometres * Math.Asin(Math.Min(1, Math.Sqrt(haversine)));
        return TimeSpan.FromMicroseconds(Math.Round(MicrosecondsPerKilometre * Math.Max(1, kilometres)));
    }

    private static string At(int line) => Math.Max(1, line).ToString(CultureInfo.InvariantCulture);

    /// <summary>What has been read of a file.</summary>
    private sealed class Graph(string source)
    {
        private readonly Dictionary<string, string> _attributes = [];
        private readonly Dictionary<string, int> _places = [];
        private readonly List<CoreNode> _nodes = [];
        private readonly List<(string From, string To, Dictionary<string, string> Data, int Line)> _edges = [];
        private ReadingProblem? _problem;

        public CoreReading Read(XmlReader xml)
        {
            var isGraph = false;
            while (_problem is null && xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element)
                    continue;
                switch (xml.LocalName)
                {
                    case "key":
                        _attributes[xml.GetAttribute("id") ?? ""] = xml.GetAttribute("attr.name") ?? "";
                        break;
                    case "graph":
                        isGraph = true;
                        break;
                    case "node":
                        Node(xml);
                        break;
                    case "edge":
                        var line = ((IXmlLineInfo)xml).LineNumber;
                        var (from, to) = (xml.GetAttribute("source") ?? "", xml.GetAttribute("target") ?? "");
                        _edges.Add((from, to, Data(xml), line));
                        break;
                }
            }

            if (_problem is null && (!isGraph || _nodes.Count == 0))
                _problem = new($"{source}:", "HO3014", $"there is no graph with nodes in it. Give a GraphML file.");
            var edges = _problem is null ? Edges() : [];
            return _problem is null ? new CoreReading(new CoreGraph(_nodes, edges), null) : new CoreReading(null, _problem);
        }

        private void Node(XmlReader xml)
        {
            var line = ((IXmlLineInfo)xml).LineNumber;
            var id = xml.GetAttribute("id") ?? "";
            var data = Data(xml);
            if (!_places.TryAdd(id, _nodes.Count))
            {
                _problem = new($"{source}:{At(line)}", "HO3003", $"two nodes have the id '{id}'. Rename one of them.");
                return;
            }

            var (east, north) = (Number(data, "Longitude", line), Number(data, "Latitude", line));
            var (x, y) = (Number(data, "x", line), Number(data, "y", line));
            var isInDegrees = east is not null && north is not null;
            PlanePoint? position = isInDegrees ? new PlanePoint(east!.Value, north!.Value)
                : x is not null && y is not null ? new PlanePoint(x.Value, y.Value) : null;
            _nodes.Add(new CoreNode(data.GetValueOrDefault("label") is { Length: > 0 } label ? label : id, position, isInDegrees));
        }

        /// <summary>The data of the present element, by the names of their keys.</summary>
        private Dictionary<string, string> Data(XmlReader xml)
        {
            var data = new Dictionary<string, string>();
            if (xml.IsEmptyElement)
                return data;
            using var inner = xml.ReadSubtree();
            inner.Read();
            var more = inner.Read();
            while (more)
            {
                if (inner.NodeType == XmlNodeType.Element && inner.LocalName == "data")
                {
                    var key = inner.GetAttribute("key") ?? "";
                    data[_attributes.GetValueOrDefault(key, key)] = inner.ReadElementContentAsString();
                    more = !inner.EOF;
                }
                else
                {
                    more = inner.Read();
                }
            }

            return data;
        }

        private List<CoreEdge> Edges()
        {
            var edges = new List<CoreEdge>();
            var seen = new HashSet<(int, int)>();
            foreach (var (from, to, data, line) in _edges)
            {
                if (!_places.TryGetValue(from, out var left) || !_places.TryGetValue(to, out var right))
                {
                    _problem = new($"{source}:{At(line)}", "HO3004", $"an edge names node '{(_places.ContainsKey(from) ? to : from)}', which is not there. Name two nodes of the file.");
                    return edges;
                }

                if (left == right || !seen.Add((Math.Min(left, right), Math.Max(left, right))))
                    continue;
                var delay = Number(data, "delay", line) is { } ms ? TimeSpan.FromMilliseconds(ms)
                    : _nodes[left].IsInDegrees && _nodes[right].IsInDegrees ? DelayBetween(_nodes[left].Position!.Value, _nodes[right].Position!.Value)
                    : (TimeSpan?)null;
                var rate = Number(data, "bandwidth", line) ?? Number(data, "LinkSpeedRaw", line);
                if (delay < TimeSpan.Zero || rate <= 0)
                    _problem = new($"{source}:{At(line)}", "HO3005", $"the link from '{from}' to '{to}' has a negative delay, or a bandwidth of nothing. Correct it.");
                edges.Add(new CoreEdge(left, right, delay, rate is { } bits ? new BitRate(bits) : null));
            }

            return edges;
        }

        private double? Number(Dictionary<string, string> data, string key, int line)
        {
            if (data.GetValueOrDefault(key) is not { Length: > 0 } text)
                return null;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
                return number;
            _problem ??= new($"{source}:{At(line)}", "HO3014", $"{key} = '{text}' is no number. Correct it.");
            return null;
        }
    }
}
