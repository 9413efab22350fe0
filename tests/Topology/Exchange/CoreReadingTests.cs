using Topology.Exchange;
using Topology.Generation;
using Topology.Plans;
using static Tests.Topology.Networks;

namespace Tests.Topology.Exchange;

public sealed class CoreReadingTests
{
    /// <summary>In the form of the Internet Topology Zoo.</summary>
    private const string Zoo = """
        <?xml version="1.0" encoding="utf-8"?>
        <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
          <key attr.name="Latitude" attr.type="double" for="node" id="d29" />
          <key attr.name="Longitude" attr.type="double" for="node" id="d32" />
          <key attr.name="label" attr.type="string" for="node" id="d33" />
          <key attr.name="LinkSpeedRaw" attr.type="double" for="edge" id="d34" />
          <key attr.name="LinkLabel" attr.type="string" for="edge" id="d35" />
          <graph edgedefault="undirected">
            <data key="d0">2010</data>
            <node id="0"><data key="d29">52.52</data><data key="d32">13.405</data><data key="d33">Berlin</data></node>
            <node id="1"><data key="d29">48.8566</data><data key="d32">2.3522</data><data key="d33">Paris</data></node>
            <node id="2"><data key="d33">Nowhere</data></node>
            <edge source="0" target="1"><data key="d34">10000000000.0</data><data key="d35">10 Gbps</data></edge>
            <edge source="1" target="0" />
            <edge source="1" target="2" />
            <edge source="2" target="2" />
          </graph>
        </graphml>
        """;

    [Fact]
    public void A_map_of_the_Topology_Zoo_gets_its_delays_by_distance()
    {
        var core = GraphMl(Zoo).Core!;
        Assert.Equal(["Berlin", "Paris", "Nowhere"], core.Nodes.Select(node => node.Name));
        Assert.Equal(2, core.Edges.Count);

        // 878 km as the crow flies.
        Assert.InRange(core.Edges[0].Delay!.Value.TotalMilliseconds, 4.37, 4.41);
        Assert.Equal(new BitRate(1e10), core.Edges[0].Bandwidth);
        Assert.Null(core.Edges[1].Delay);
    }

    [Theory]
    [InlineData("<!DOCTYPE graphml [<!ENTITY a \"b\">]><graphml><graph/></graphml>", "x.graphml:1 HO3014 the file has a document type, which is not read. Delete its DOCTYPE.")]
    [InlineData("<graphml></graphml>", "x.graphml: HO3014 there is no graph with nodes in it. Give a GraphML file.")]
    [InlineData("<graphml><graph><node id='a'/><node id='a'/></graph></graphml>", "x.graphml:1 HO3003 two nodes have the id 'a'. Rename one of them.")]
    [InlineData("<graphml><graph><node id='a'/>\n<edge source='a' target='b'/></graph></graphml>", "x.graphml:2 HO3004 an edge names node 'b', which is not there. Name two nodes of the file.")]
    [InlineData("<graphml><graph><node id='a'/><node id='b'/><edge source='a' target='b'><data key='delay'>x</data></edge></graph></graphml>", "x.graphml:1 HO3014 delay = 'x' is no number. Correct it.")]
    public void What_is_wrong_with_GraphML_is_told_in_a_line(string text, string problem) => Assert.Equal(problem, GraphMl(text).Problem!.ToString());

    [Fact]
    public void Broken_XML_is_told_in_a_line()
    {
        var problem = GraphMl("<graphml>\n<graph").Problem!;
        Assert.Equal(("x.graphml:2", "HO3014"), (problem.Where, problem.Code));
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Fact]
    public void A_list_of_links_gives_nodes_in_order_of_their_first_link()
    {
        var core = Csv("from,to,delay,bandwidth\n# core\na,b,2.5\nb,c,,1e9\n").Core!;
        Assert.Equal(["a", "b", "c"], core.Nodes.Select(node => node.Name));
        Assert.Equal([new CoreEdge(0, 1, Ms(2.5)), new CoreEdge(1, 2, null, new BitRate(1e9))], core.Edges);
    }

    [Theory]
    [InlineData("a,b", "x.csv:1 HO3014 this is no link. Write from,to,delay[,bandwidth], as in a,b,2.5,1e9.")]
    [InlineData("a,b,1\na,a,1", "x.csv:2 HO3014 'a' is linked to itself. Name two nodes.")]
    [InlineData("a,b,-1", "x.csv:1 HO3005 '-1' is no delay in ms of 0 or more. Correct it, or leave it empty.")]
    [InlineData("a,b,1,0", "x.csv:1 HO3007 '0' is no bandwidth in bit/s above 0. Correct it, or leave it out.")]
    [InlineData("a,b,1\nb,a,2", "x.csv:2 HO3003 'b' and 'a' are linked twice. Keep one; it stands for both directions.")]
    [InlineData("", "x.csv: HO3014 there is no link in it. Write from,to,delay, one a line.")]
    public void What_is_wrong_with_a_list_is_told_in_a_line(string text, string problem) => Assert.Equal(problem, Csv(text).Problem!.ToString());

    [Fact]
    public void A_network_that_was_written_is_read_back_as_the_same_graph()
    {
        var plan = new HmipTopology { Domains = 3, Core = new GridCore() }.Build(Delays, 1, TopologyOverrides.None, 0).Plan!;
        using var writer = new StringWriter();
        GraphMlWriter.Write(plan, writer);
        var core = GraphMl(writer.ToString()).Core!;
        Assert.Equal(plan.Nodes.Select(node => node.Name), core.Nodes.Select(node => node.Name));
        Assert.Equal(
            plan.Links.Where(link => link.From.Index < link.To.Index).Select(link => (link.From.Index, link.To.Index, link.Delay.Distribution.MeanMs)),
            core.Edges.Select(edge => (edge.From, edge.To, edge.Delay!.Value.TotalMilliseconds)));

        using var again = new StringWriter();
        GraphMlWriter.Write(core, again);
        Assert.Equal(core.Edges, GraphMl(again.ToString()).Core!.Edges);
        Assert.Equal(core.Nodes, GraphMl(again.ToString()).Core!.Nodes);
    }

    private static CoreReading GraphMl(string text) => GraphMlReader.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "x.graphml");

    private static CoreReading Csv(string text) => EdgeListReader.Read(new StringReader(text), "x.csv");
}
