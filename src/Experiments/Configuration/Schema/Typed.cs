using Experiments.Configuration.Expressions;
using Experiments.Plans;

namespace Experiments.Configuration.Schema;

/// <summary>A value that has been read, with its place.</summary>
internal sealed record Item(object Value, SourcePosition At);

/// <summary>The values of an object that has been read; what could not be read is left out.</summary>
internal sealed class Block
{
    private readonly OrderedDictionary<string, Item> _items = [];

    public IEnumerable<KeyValuePair<string, Item>> Items => _items;

    public void Add(string key, Item item) => _items.Add(key, item);

    public Item? Find(string key) => _items.GetValueOrDefault(key);

    public T? Get<T>(string key)
        where T : class => Find(key)?.Value as T;

    /// <summary>The object under a key; empty when there is none.</summary>
    public Block Inner(string key) => Get<Block>(key) ?? new Block();

    /// <summary>The items of the list under a key; none when there is no list.</summary>
    public IReadOnlyList<Item> List(string key) => Get<IReadOnlyList<Item>>(key) ?? [];

    /// <summary>Every parameter in here, however deep, in file order.</summary>
    public IEnumerable<Parameter> Parameters => _items.Values.SelectMany(item => ParametersOf(item.Value));

    private static IEnumerable<Parameter> ParametersOf(object value) => value switch
    {
        Parameter parameter => [parameter],
        DelayParameter delay => delay.Parameters.Values.Concat(delay.Values),
        SchemeUse scheme => scheme.Options.Parameters,
        Block block => block.Parameters,
        IReadOnlyList<Item> list => list.SelectMany(item => ParametersOf(item.Value)),
        _ => [],
    };
}

/// <summary>A value that may depend on swept names.</summary>
/// <param name="Path">How messages name it: <c>delays.wireless</c>.</param>
/// <param name="Text">As written.</param>
internal sealed record Parameter(string Path, string Text, Expression Expression, ParameterType Type, SourcePosition At);

/// <summary>A delay: a distribution's name and its parameters.</summary>
/// <param name="Values">Of an empirical distribution.</param>
internal sealed record DelayParameter(
    string Path,
    string Distribution,
    IReadOnlyDictionary<string, Parameter> Parameters,
    IReadOnlyList<Parameter> Values,
    SourcePosition At);

/// <summary>A scheme as a study names it.</summary>
internal sealed record SchemeUse(string Name, string Label, Block Options, SourcePosition At);

/// <summary>An expectation as a study states it.</summary>
internal sealed record ExpectationText(string? Claim, string? Text, string Check, ParsedExpectation Statement)
{
    public bool IsRequired { get; init; } = true;
}

/// <summary>The values of a swept name.</summary>
internal sealed record SweptValues(ValueList<Quantity> Values);

/// <summary>A choice of cells, with its text.</summary>
internal sealed record FilterText(string Text, Condition Condition);
