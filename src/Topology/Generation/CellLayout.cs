using Topology.Plans;

namespace Topology.Generation;

/// <summary>
/// Hexagonal cells without holes: a map's cells are a rectangle of rows and columns, so are a domain's maps and the domains,
/// each as near to a square as its number of parts divides.
/// </summary>
/// <param name="Radius">How far a cell reaches, in metres; above 0.</param>
/// <param name="Overlap">Part of a cell's diameter, on the line to a neighbouring router, that the neighbour covers too; 0 to below 1.</param>
public sealed record CellLayout(int Domains, int MapsPerDomain, int RoutersPerMap, double Radius, double Overlap)
{
    private const double RowHeight = 0.8660254037844386; // sqrt(3) / 2

    /// <summary>Between neighbouring routers, in metres.</summary>
    public double Spacing => 2 * Radius * (1 - Overlap);

    /// <summary>How far beyond the line midway between two routers a link still holds, in metres.</summary>
    public double Margin => Radius * Overlap;

    /// <summary>Extent of the plane, in metres: half a cell more than the outermost routers on each side.</summary>
    public PlanePoint Size => new((Columns + 0.5) * Spacing, Rows * Spacing * RowHeight);

    private int Columns => Side(Domains).Columns * Side(MapsPerDomain).Columns * Side(RoutersPerMap).Columns;

    private int Rows => Side(Domains).Rows * Side(MapsPerDomain).Rows * Side(RoutersPerMap).Rows;

    /// <param name="domain">From 0, as <paramref name="map"/> in its domain and <paramref name="router"/> in its map.</param>
    public PlanePoint Router(int domain, int map, int router)
    {
        var (maps, routers) = (Side(MapsPerDomain), Side(RoutersPerMap));
        var (domainColumn, domainRow) = Side(Domains).Place(domain);
        var (mapColumn, mapRow) = maps.Place(map);
        var (routerColumn, routerRow) = routers.Place(router);
        var column = (domainColumn * maps.Columns + mapColumn) * routers.Columns + routerColumn;
        var row = (domainRow * maps.Rows + mapRow) * routers.Rows + routerRow;
        return new PlanePoint((column + 0.5 + row % 2 * 0.5) * Spacing, (row + 0.5) * Spacing * RowHeight);
    }

    /// <summary>The middle of a map's cells.</summary>
    public PlanePoint Map(int domain, int map) => Middle(Enumerable.Range(0, RoutersPerMap).Select(router => Router(domain, map, router)));

    /// <summary>The middle of a domain's cells.</summary>
    public PlanePoint Domain(int domain) => Middle(Enumerable.Range(0, MapsPerDomain).Select(map => Map(domain, map)));

    private static PlanePoint Middle(IEnumerable<PlanePoint> points)
    {
        var (sum, count) = (default(PlanePoint), 0);
        foreach (var point in points)
            (sum, count) = (sum + point, count + 1);
        return 1.0 / count * sum;
    }

    /// <summary>Columns and rows of so many parts: the greatest divisor that is no more than the root makes the rows.</summary>
    private static Tiles Side(int parts)
    {
        var rows = (int)Math.Sqrt(parts);
        while (parts % rows != 0)
            rows--;
        return new Tiles(parts / rows, rows);
    }

    private readonly record struct Tiles(int Columns, int Rows)
    {
        public (int Column, int Row) Place(int part) => (part % Columns, part / Columns);
    }
}
