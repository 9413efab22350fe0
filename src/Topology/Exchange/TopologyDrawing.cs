using System.Globalization;
using System.Security;
using System.Text;
using Topology.Generation;
using Topology.Plans;

namespace Topology.Exchange;

/// <summary>A network or a graph as SVG: places as they are where they are known, else on a circle.</summary>
public static class TopologyDrawing
{
    private const double Width = 900;
    private const double Edge = 40;

    /// <summary>More labels than these would cover the picture.</summary>
    private const int MostLabels = 300;

    /// <summary>Wired nodes and links, cells as circles; nodes of home domains stand in rows above the plane.</summary>
    public static string Of(NetworkPlan plan, double cellRadius)
    {
        var placed = Enumerable.Range(0, plan.WiredCount).Select(index => plan.Nodes[index].Position).OfType<PlanePoint>().ToList();
        var span = placed.Count == 0 ? 1 : Math.Max(placed.Max(point => point.X), 1);
        var top = placed.Count == 0 ? 0 : placed.Min(point => point.Y);
        var free = Enumerable.Range(0, plan.WiredCount).Where(index => plan.Nodes[index].Position is null).ToList();
        var places = Enumerable.Range(0, plan.WiredCount).Select(index => plan.Nodes[index].Position ?? Beside(free.IndexOf(index))).ToArray();
        return Draw(
            [.. Enumerable.Range(0, plan.WiredCount).Select(index => (plan.Nodes[index].Name, places[index], Colour(plan.Nodes[index].Role), IsSmall(plan.Nodes[index].Role)))],
            [.. plan.Links.Where(link => link.From.Index < link.To.Index).Select(link => (link.From.Index, link.To.Index, Colour(link.Class)))],
            [.. plan.Cells.Where(cell => plan[cell.Router].Position is not null).Select(cell => places[cell.Router.Index])],
            cellRadius);

        PlanePoint Beside(int number) =>
            new(span * (0.1 + 0.8 * (number % 12) / 12), top - span * (0.12 + 0.1 * (number / 12)));
    }

    public static string Of(CoreGraph core)
    {
        var flat = core.Nodes.Any(node => node.Position is null);
        var places = core.Nodes.Select((node, index) => flat
            ? new PlanePoint(Math.Cos(2 * Math.PI * index / core.Nodes.Count), Math.Sin(2 * Math.PI * index / core.Nodes.Count))
            : new PlanePoint(node.Position!.Value.X, -node.Position.Value.Y)).ToArray();
        return Draw(
            [.. core.Nodes.Select((node, index) => (node.Name, places[index], "#0072b2", false))],
            [.. core.Edges.Select(edge => (edge.From, edge.To, "#555555"))],
            [],
            0);
    }

    private static string Draw(
        IReadOnlyList<(string Name, PlanePoint Place, string Colour, bool IsSmall)> nodes,
        IReadOnlyList<(int From, int To, string Colour)> links,
        IReadOnlyList<PlanePoint> cells,
        double cellRadius)
    {
        var (left, right) = (nodes.Min(node => node.Place.X) - cellRadius, nodes.Max(node => node.Place.X) + cellRadius);
        var (low, high) = (nodes.Min(node => node.Place.Y) - cellRadius, nodes.Max(node => node.Place.Y) + cellRadius);
        var scale = (Width - 2 * Edge) / Math.Max(Math.Max(right - left, (high - low) * 0.75), 1e-9);
        var text = new StringBuilder();
        PlanePoint At(PlanePoint place) => new(Edge + (place.X - left) * scale, Edge + (place.Y - low) * scale);
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {2 * Edge + (high - low) * scale:0}\" font-family=\"sans-serif\" font-size=\"9\">");
        Line($"<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        foreach (var cell in cells.Select(At))
            Line($"<circle cx=\"{cell.X:0.##}\" cy=\"{cell.Y:0.##}\" r=\"{cellRadius * scale:0.##}\" fill=\"#f0e442\" fill-opacity=\"0.18\" stroke=\"#bbbbbb\" stroke-width=\"0.4\"/>");
        foreach (var link in links)
        {
            var (from, to) = (At(nodes[link.From].Place), At(nodes[link.To].Place));
            Line($"<line x1=\"{from.X:0.##}\" y1=\"{from.Y:0.##}\" x2=\"{to.X:0.##}\" y2=\"{to.Y:0.##}\" stroke=\"{link.Colour}\" stroke-width=\"0.8\"/>");
        }

        foreach (var node in nodes)
        {
            var place = At(node.Place);
            Line($"<circle cx=\"{place.X:0.##}\" cy=\"{place.Y:0.##}\" r=\"{(node.IsSmall ? 2 : 4)}\" fill=\"{node.Colour}\"><title>{SecurityElement.Escape(node.Name)}</title></circle>");
            if (nodes.Count <= MostLabels)
                Line($"<text x=\"{place.X + 5:0.##}\" y=\"{place.Y - 3:0.##}\">{SecurityElement.Escape(node.Name)}</text>");
        }

        return text.Append("</svg>\n").ToString();
    }

    private static bool IsSmall(NodeRole role) => role == NodeRole.AccessRouter;

    private static string Colour(NodeRole role) =>
        role == NodeRole.AccessRouter ? "#0072b2"
        : role == NodeRole.MobilityAnchorPoint ? "#d55e00"
        : role == NodeRole.CoreRouter ? "#000000"
        : "#009e73";

    private static string Colour(LinkClass link) => link switch
    {
        LinkClass.IntraDomain => "#999999",
        LinkClass.Home => "#009e73",
        _ => "#cc79a7",
    };
}
