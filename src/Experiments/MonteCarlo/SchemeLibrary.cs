using System.Globalization;
using Actors.Mobility;
using Experiments.Configuration;
using Experiments.Plans;

namespace Experiments.MonteCarlo;

/// <summary>The schemes that experiments may name: what the reader must know of them, and back from a plan to the scheme itself.</summary>
public sealed class SchemeLibrary(IReadOnlyList<IHandoverScheme> schemes) : ISchemeCatalogue
{
    /// <summary>Raised whenever the engine gives other numbers for the same cell.</summary>
    public string EngineVersion => "1";

    public IReadOnlyList<IHandoverScheme> All { get; } = schemes;

    public IReadOnlyList<SchemeEntry> Schemes { get; } = [.. schemes.Select(Entry)];

    /// <exception cref="KeyNotFoundException">No scheme has this name.</exception>
    public IHandoverScheme this[string name] =>
        All.FirstOrDefault(scheme => scheme.Name == name) ?? throw new KeyNotFoundException($"no scheme is named '{name}'");

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
    private static SchemeEntry Entry(IHandoverScheme scheme) => new(
        scheme.Name,
        Parent: null,
        scheme.Version.ToString(CultureInfo.InvariantCulture),
        [.. scheme.Options.Select(option => new Configuration.SchemeOption(option.Name, TypeOf(option), DefaultText(option)))]);

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
