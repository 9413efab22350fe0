using Experiments.Configuration.Schema;
using Experiments.Configuration.Syntax;
using Experiments.Plans;

namespace Experiments.Configuration.Binding;

/// <summary>One cell before its parameters are known.</summary>
internal sealed record CellPoint(ValueList<SweptValue> Swept, Engine Engine, SchemeUse Scheme);

/// <summary>A study that has been read: what spans its cells.</summary>
internal sealed class StudyAxes
{
    public const int MostCells = 100_000;

    private StudyAxes(StudySource source, Block block)
    {
        Name = source.Name;
        Source = source.Source;
        Block = block;
        BrokenSweeps = source.BrokenSweeps;
        Engines = block.List("engines").Select(item => (string)item.Value == "analytic" ? Engine.Analytic : Engine.Simulation).ToValueList();
        Schemes = [.. block.List("schemes").Select(item => (SchemeUse)item.Value)];
        Swept = block.Inner("sweep").Items
            .Select(item => new SweptName(item.Key, ((SweptValues)item.Value.Value).Values))
            .ToValueList();
    }

    public string Name { get; }

    public ConfigObject Source { get; }

    public Block Block { get; }

    public IReadOnlySet<string> BrokenSweeps { get; }

    public ValueList<Engine> Engines { get; }

    public IReadOnlyList<SchemeUse> Schemes { get; }

    public ValueList<SweptName> Swept { get; }

    /// <summary>Reads a study whose parts have all been checked, so errors are not reported again.</summary>
    public static StudyAxes Read(StudySource source, ExperimentSchema schema) =>
        new(source, (Block?)schema.DefaultsBlock.Read(source.Source, "", new Findings()) ?? new Block());

    public SweptName? Find(string name) => Swept.FirstOrDefault(swept => swept.Name == name);

    /// <summary>The remedy for a name that is not swept.</summary>
    public string SuggestSwept(string name) => Swept.Count == 0
        ? $"Write sweep {{ {name} = [...] }} in it."
        : Suggestion.For(name, Swept.Select(swept => swept.Name));

    /// <summary>The cells that a filter leaves, in plan order; null when there are too many to list.</summary>
    public IReadOnlyList<CellPoint>? Points(Condition? filter)
    {
        var combinations = (long)Math.Max(1, Schemes.Count) * Math.Max(1, Engines.Count);
        foreach (var swept in Swept)
        {
            combinations *= swept.Values.Count;
            if (combinations > MostCells)
                return null;
        }

        var points =
            from values in Grid(0)
            from engine in Engines
            from scheme in Schemes
            select new CellPoint(values.ToValueList(), engine, scheme);
        return [.. points.Where(point => filter?.Holds(name => ValueOf(name, point)) ?? true)];
    }

    /// <summary>All combinations of the values of the names from an index on; the first name varies slowest.</summary>
    private IEnumerable<IEnumerable<SweptValue>> Grid(int first) => first == Swept.Count
        ? [[]]
        : from value in Swept[first].Values
          from rest in Grid(first + 1)
          select rest.Prepend(new SweptValue(Swept[first].Name, value));

    private Quantity? ValueOf(string name, CellPoint point) => name switch
    {
        "study" => Quantity.Word(Name),
        "engine" => Quantity.Word(point.Engine.Text()),
        "scheme" => Quantity.Word(point.Scheme.Label),
        _ => point.Swept.FirstOrDefault(value => value.Name == name)?.Value,
    };
}
