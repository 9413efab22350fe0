using System.Globalization;
using System.Xml;
using Topology.Generation;
using Topology.Plans;

namespace Topology.Exchange;

/// <summary>
/// A network as GraphML: wired nodes with label, domain, role and place (m), one edge for both directions of a link with its class, mean delay (ms)
/// and bandwidth (bit/s). <see cref="GraphMlReader"/> reads it back as a graph.
/// </summary>
public static class GraphMlWriter
{
    private const string Namespace = "http://graphml.graphdrawing.org/xmlns";

    private static readonly (string Name, string On, string Type)[] Keys =
    [
        ("label", "node", "string"), ("domain", "node", "string"), ("role", "node", "string"), ("x", "node", "double"), ("y", "node", "double"),
        ("Longitude", "node", "double"), ("Latitude", "node", "double"),
        ("class", "edge", "string"), ("delay", "edge", "double"), ("bandwidth", "edge", "double"),
    ];

    public static void Write(NetworkPlan plan, TextWriter target) => Write(target, xml =>
    {
        for (var index = 0; index < plan.WiredCount; index++)
        {
            var node = plan.Nodes[index];
            Node(xml, index, ("label", node.Name), ("domain", plan.Domains[node.Domain.Index].Name), ("role", node.Role.Name), ("x", Text(node.Position?.X)), ("y", Text(node.Position?.Y)));
        }

        foreach (var link in plan.Links.Where(link => link.From.Index < link.To.Index || plan.LinkBetween(link.To, link.From) < 0))
        {
            Edge(xml, link.From.Index, link.To.Index,
                ("class", ClassName(link.Class)), ("delay", Text(link.Delay.Distribution.MeanMs)), ("bandwidth", Text(link.Bandwidth?.BitsPerSecond)));
        }
    });

    public static void Write(CoreGraph core, TextWriter target) => Write(target, xml =>
    {
        for (var index = 0; index < core.Nodes.Count; index++)
        {
            var (node, place) = (core.Nodes[index], core.Nodes[index].Position);
            Node(xml, index, ("label", node.Name), (node.IsInDegrees ? "Longitude" : "x", Text(place?.X)), (node.IsInDegrees ? "Latitude" : "y", Text(place?.Y)));
        }

        foreach (var edge in core.Edges)
            Edge(xml, edge.From, edge.To, ("delay", Text(edge.Delay?.TotalMilliseconds)), ("bandwidth", Text(edge.Bandwidth?.BitsPerSecond)));
    });

    /// <summary>As experiment files and tables name a class of links.</summary>
    public static string ClassName(LinkClass link) => link switch
    {
        LinkClass.Wireless => "wireless",
        LinkClass.IntraDomain => "intra-domain",
        LinkClass.Home => "home",
        LinkClass.InterDomain => "inter-domain",
        LinkClass.HomeCorrespondent => "home-correspondent",
        _ => "router-correspondent",
    };

    private static void Write(TextWriter target, Action<XmlWriter> content)
    {
        using var xml = XmlWriter.Create(target, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true });
        xml.WriteStartElement("graphml", Namespace);
        foreach (var (name, on, type) in Keys)
        {
            xml.WriteStartElement("key");
            xml.WriteAttributeString("id", name);
            xml.WriteAttributeString("for", on);
            xml.WriteAttributeString("attr.name", name);
            xml.WriteAttributeString("attr.type", type);
            xml.WriteEndElement();
        }

        xml.WriteStartElement("graph");
        xml.WriteAttributeString("edgedefault", "undirected");
        content(xml);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Node(XmlWriter xml, int index, params (string Key, string? Value)[] data)
    {
        xml.WriteStartElement("node");
        xml.WriteAttributeString("id", Id(index));
        Data(xml, data);
        xml.WriteEndElement();
    }

    private static void Edge(XmlWriter xml, int from, int to, params (string Key, string? Value)[] data)
    {
        xml.WriteStartElement("edge");
        xml.WriteAttributeString("source", Id(from));
        xml.WriteAttributeString("target", Id(to));
        Data(xml, data);
        xml.WriteEndElement();
    }

    private static void Data(XmlWriter xml, (string Key, string? Value)[] data)
    {
        foreach (var (key, value) in data.Where(entry => entry.Value is not null))
        {
            xml.WriteStartElement("data");
            xml.WriteAttributeString("key", key);
            xml.WriteString(value);
            xml.WriteEndElement();
        }
    }

    private static string Id(int index) => "n" + index.ToString(CultureInfo.InvariantCulture);

    private static string? Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);
}
