using Experiments.Configuration.Syntax;

namespace Experiments.Configuration.Binding;

/// <summary>
/// Makes the paths of topology and trace files rooted. A path is relative to the file in which it stands, and what was run can be read
/// back from any folder.
/// </summary>
internal static class FilePaths
{
    private static readonly string[][] Places = [["topology", "core", "file"], ["mobility", "file"], ["mobiles", "mobility", "file"]];

    public static ConfigObject Root(ConfigObject root)
    {
        string[][] parts = [[], ["defaults"], .. ((root["studies"]?.Value as ConfigObject)?.Entries ?? []).Select(study => new[] { "studies", study.Key })];
        foreach (var path in parts.SelectMany(part => Places.Select(place => (string[])[.. part, .. place])))
        {
            ConfigValue? value = root;
            foreach (var key in path)
                value = (value as ConfigObject)?[key]?.Value;
            if (value is ConfigScalar file)
                root = root.With(path, file.At, new ConfigScalar(file.At, SchemeLibraries.Rooted(file.Text, file.At), quoted: true));
        }

        return root;
    }
}
