namespace Experiments.Configuration.Syntax;

/// <summary>Options <c>-s path=value</c>: each replaces the value at a path, whatever was there.</summary>
internal static class Overrides
{
    public static ConfigObject Apply(ConfigObject root, IEnumerable<string> overrides, Findings findings)
    {
        foreach (var text in overrides)
        {
            var subject = new SourcePosition($"-s {text}", 0, 0);
            if (!text.Contains('='))
            {
                findings.Error(Codes.BadOverride, subject, "there is no '='. Write -s path=value, as in -s stop.precision=5%.");
                continue;
            }

            var own = new Findings();
            var parser = new HoconParser(text, $"-s {text}", positions: false, own, (_, at) =>
            {
                own.Error(Codes.BadOverride, at, "include stands in files only.");
                return null;
            });
            var parsed = parser.ParseFile();
            findings.AddAll(own);
            if (own.HasErrors)
                continue;
            if (Single(parsed) is var (path, value))
                root = root.With(path, value.At, value);
            else
                findings.Error(Codes.BadOverride, subject, "one value at a time. Write -s path=value, and -s again for the next.");
        }

        return root;
    }

    private static (string[] Path, ConfigValue Value)? Single(ConfigObject parsed)
    {
        var path = new List<string>();
        ConfigValue value = parsed;
        do
        {
            var block = (ConfigObject)value;
            if (block.Count != 1)
                return null;
            var entry = block.Entries.First();
            path.Add(entry.Key);
            value = entry.Value;
        }
        while (value is ConfigObject { Braced: false });

        return ([.. path], value);
    }
}
