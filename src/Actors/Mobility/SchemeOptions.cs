namespace Actors.Mobility;

/// <summary>An option of a scheme, as an experiment file may set it.</summary>
/// <param name="Name">Lower case with hyphens.</param>
/// <param name="Default">A <see cref="TimeSpan"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="string"/>; its type is the option's type.</param>
/// <param name="Meaning">One sentence, with unit and source.</param>
/// <param name="Choices">The legal values of a text option; null for other types.</param>
public sealed record SchemeOption(string Name, object Default, string Meaning, IReadOnlyList<string>? Choices = null);

/// <summary>Values for every option of a scheme.</summary>
public sealed class SchemeOptions
{
    private readonly Dictionary<string, object> _values;

    /// <exception cref="ArgumentException">A value names no declared option or has another type.</exception>
    public SchemeOptions(IEnumerable<SchemeOption> declared, IReadOnlyDictionary<string, object>? values = null)
    {
        _values = declared.ToDictionary(option => option.Name, option => option.Default);
        foreach (var (name, value) in values ?? new Dictionary<string, object>())
        {
            if (!_values.TryGetValue(name, out var standard) || standard.GetType() != value.GetType())
                throw new ArgumentException($"option '{name}' with a {value.GetType().Name} is not declared");
            _values[name] = value;
        }
    }

    public TimeSpan Duration(string name) => (TimeSpan)_values[name];

    public double Number(string name) => (double)_values[name];

    public bool Flag(string name) => (bool)_values[name];

    public string Text(string name) => (string)_values[name];
}
