using Experiments.Configuration.Schema;
using Experiments.Configuration.Syntax;

namespace Experiments.Configuration.Binding;

/// <summary>A study with everything it inherits.</summary>
/// <param name="BrokenSweeps">Swept names whose values could not be read, so that nothing is said about references to them.</param>
internal sealed record StudySource(string Name, ConfigObject Source, IReadOnlySet<string> BrokenSweeps);

/// <summary>
/// The parts of a file: all are checked for keys and types, then each study is laid over what it inherits: built-in defaults,
/// the file's defaults, the study it is like.
/// </summary>
internal sealed class ExperimentDocument
{
    private readonly ConfigObject _root;
    private readonly ExperimentSchema _schema;
    private readonly Findings _findings;
    private readonly HashSet<string> _brokenSweeps = [];

    public ExperimentDocument(ConfigObject root, ExperimentSchema schema, Findings findings)
    {
        (_root, _schema, _findings) = (root, schema, findings);
        CheckRootKeys();
        Experiment = ReadExperiment();
        if (root["partition"] is { } partition)
            Partition = schema.PartitionBlock.Read(partition.Value, "partition", findings) as Block;
        var inherited = ReadDefaults();
        if (root["studies"] is { } studies)
            Studies = ReadStudies(studies.Value, inherited);
        else if (Experiment?.Get<string>("name") is { } name)
            Studies = [new StudySource(name, inherited, _brokenSweeps)];
    }

    public Block? Experiment { get; }

    /// <summary>Null where the file says nothing of partitions.</summary>
    public Block? Partition { get; }

    public IReadOnlyList<StudySource> Studies { get; } = [];

    private void CheckRootKeys()
    {
        foreach (var entry in _root.Entries)
        {
            if (!_schema.RootKeys.Contains(entry.Key))
            {
                _findings.Error(Codes.UnknownKey, entry.KeyAt, $"unknown key '{entry.Key}' in the file. {Suggestion.For(entry.Key, _schema.RootKeys)}");
            }
            else if (_root["studies"] is not null && _schema.StudyKeys.Contains(entry.Key))
            {
                _findings.Error(Codes.UnknownKey, entry.KeyAt,
                    $"'{entry.Key}' stands outside every study. Write defaults.{entry.Key} for all studies, or studies.NAME.{entry.Key} for one.");
            }
        }
    }

    private Block? ReadExperiment()
    {
        if (_root["experiment"] is { } entry)
            return _schema.ExperimentBlock.Read(entry.Value, "experiment", _findings) as Block;
        _findings.Error(Codes.MissingKey, _root.At, "the file lacks 'experiment'. Write experiment { name = ..., seed = 1 }.");
        return null;
    }

    /// <summary>Built-in defaults, the file's above them, and above these the root's own keys in a file without studies.</summary>
    private ConfigObject ReadDefaults()
    {
        var none = new Findings();
        var inherited = new HoconParser(ExperimentSchema.Defaults, "defaults", positions: false, none, (_, _) => null).ParseFile();
        if (_root["defaults"] is { } defaults)
            inherited = ReadPart(defaults.Value, "defaults", _schema.DefaultsBlock) is { } block ? block.Over(inherited) : inherited;
        if (_root["studies"] is not null)
            return inherited;
        var own = new ConfigObject(_root.At, braced: true);
        foreach (var entry in _root.Entries.Where(entry => _schema.StudyKeys.Contains(entry.Key)))
            own.Set(entry);
        return ReadPart(own, "the file", _schema.DefaultsBlock)!.Over(inherited);
    }

    private List<StudySource> ReadStudies(ConfigValue value, ConfigObject inherited)
    {
        if (value is not ConfigObject { Count: > 0 } all)
        {
            _findings.Error(Codes.EmptyStudy, value.At, "studies holds no study. Write studies { fig3 { ... } }, or leave it out.");
            return [];
        }

        var own = new OrderedDictionary<string, ConfigObject>();
        foreach (var entry in all.Entries)
        {
            if (NameShape.Check(entry.Key, "a study", entry.KeyAt, _findings)
                && ReadPart(entry.Value, $"study {entry.Key}", _schema.StudyBlock(entry.Key)) is { } block)
                own.Add(entry.Key, block);
        }

        var studies = new List<StudySource>();
        foreach (var name in own.Keys)
        {
            if (Inherit(name, own, []) is { } source)
                studies.Add(new StudySource(name, source.Over(inherited).Without("like"), _brokenSweeps));
        }

        return studies;
    }

    private ConfigObject? Inherit(string name, OrderedDictionary<string, ConfigObject> own, List<string> open)
    {
        var block = own[name];
        if (block["like"]?.Value is not ConfigScalar like)
            return block;
        open.Add(name);
        if (open.Contains(like.Text))
        {
            _findings.Error(Codes.BadLike, like.At, $"study {name} is like itself: {string.Join(" like ", open)} like {like.Text}. Break the circle.");
            return null;
        }

        if (own.ContainsKey(like.Text))
            return Inherit(like.Text, own, open) is { } parent ? block.Over(parent) : null;
        _findings.Error(Codes.BadLike, like.At, $"study {name} is like '{like.Text}', which is no study. {Suggestion.For(like.Text, own.Keys.Where(other => other != name))}");
        return null;
    }

    private ConfigObject? ReadPart(ConfigValue value, string title, Shape shape)
    {
        if (value is not ConfigObject block)
        {
            _findings.Error(Codes.WrongKind, value.At, $"{title} is {value.Noun}. Write {{ ... }}.");
            return null;
        }

        var read = shape.Read(block, "", _findings) as Block;
        if (block["sweep"]?.Value is ConfigObject sweep)
        {
            foreach (var entry in sweep.Entries.Where(entry => read?.Inner("sweep").Find(entry.Key) is null))
                _brokenSweeps.Add(entry.Key);
        }

        return block;
    }
}
