using System.Globalization;
using Actors.Mobility;
using Experiments.Configuration;
using Experiments.Plans;

namespace Experiments.MonteCarlo;

/// <summary>
/// The schemes that experiments may name: what the reader must know of them, and back from a plan to the scheme itself.
/// Grows by the class libraries that a file names while it is read; afterwards it is constant.
/// </summary>
public sealed class SchemeLibrary(IReadOnlyList<IHandoverScheme> schemes) : ISchemeCatalogue
{
    private readonly List<IHandoverScheme> _all = [.. schemes];
    private readonly List<SchemeEntry> _entries = [.. schemes.Select(scheme => Entry(scheme, null))];
    private readonly List<SchemeAssembly> _loaded = [];

    /// <summary>Raised whenever the engine gives other numbers for the same cell.</summary>
    public string EngineVersion => "2";

    public IReadOnlyList<IHandoverScheme> All => _all;

    public IReadOnlyList<SchemeEntry> Schemes => _entries;

    /// <summary>The class libraries that were loaded, in order.</summary>
    public IReadOnlyList<SchemeAssembly> Loaded => _loaded;

    /// <exception cref="KeyNotFoundException">No scheme has this name.</exception>
    public IHandoverScheme this[string name] =>
        All.FirstOrDefault(scheme => scheme.Name == name) ?? throw new KeyNotFoundException($"no scheme is named '{name}'");

    /// <inheritdoc/>
    public IReadOnlyList<string> Load(string path)
    {
        if (_loaded.Find(known => known.Path == path) is not { } library)
        {
            library = SchemeAssembly.Load(path);
            foreach (var scheme in library.Schemes)
            {
                if (_all.Exists(other => other.Name == scheme.Name))
                    throw new SchemeLibraryException($"{path}: there is another scheme '{scheme.Name}'. Give the library's scheme another name.");
            }

            _loaded.Add(library);
            _all.AddRange(library.Schemes);
            _entries.AddRange(library.Schemes.Select(scheme => Entry(scheme, library)));
        }

        return [.. library.Schemes.Select(scheme => scheme.Name)];
    }

    /// <summary>The options of a planned scheme, in the types that it declared.</summary>
    public SchemeOptions OptionsOf(SchemePlan plan)
    {
        var declared = this[plan.Name].Options;
        return new SchemeOptions(declared, declared.ToDictionary(option => option.Name, option => Value(option, plan[option.Name])));
    }

    /// <summary>An option's default as a file writes it.</summary>
    public static string DefaultText(Actors.Mobility.SchemeOption option) => option.Default switch
    {
        TimeSpan duration => Quantity.Milliseconds((decimal)duration.Ticks / TimeSpan.TicksPerMillisecond).ToString(),
        bool flag => flag ? "on" : "off",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var text => text.ToString()!,
    };

    /// <summary>A scheme declares all its options, inherited ones too, so the entry names no parent to take more from.</summary>
    /// <param name="library">Where it comes from, whose every build is a version; null for the product's own.</param>
    private static SchemeEntry Entry(IHandoverScheme scheme, SchemeAssembly? library) => new(
        scheme.Name,
        Parent: null,
        scheme.Version.ToString(CultureInfo.InvariantCulture) + (library is null ? "" : $"+{library.Sha256}"),
        [.. scheme.Options.Select(option => new Configuration.SchemeOption(option.Name, TypeOf(option), DefaultText(option)))])
    {
        Phases = [.. scheme.Phases.Select(phase => phase.Name)],
    };

    private static ParameterType TypeOf(Actors.Mobility.SchemeOption option) => option.Default switch
    {
        TimeSpan => ParameterType.Duration with { Example = DefaultText(option) },
        double => new ParameterType(Dimension.Number, DefaultText(option)),
        bool => ParameterType.Switch,
        _ => ParameterType.Choice([.. option.Choices ?? [DefaultText(option)]]),
    };

    private static object Value(Actors.Mobility.SchemeOption option, Quantity value) => option.Default switch
    {
        TimeSpan => value.Duration,
        double => (double)value.Value,
        bool => value.Symbol == "on",
        _ => value.Symbol!,
    };
}
