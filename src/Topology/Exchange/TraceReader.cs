using System.Globalization;
using System.Xml;
using Topology.Movement;
using Topology.Plans;

namespace Topology.Exchange;

/// <summary>
/// Recorded movement, read as a stream: the FCD output of SUMO (`.xml`), lines `time,id,x,y` in seconds and metres (`.csv`), and ns-2's setdest
/// (`.ns_movements`, `.tcl`).
/// </summary>
public static class TraceReader
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreWhitespace = true,
    };

    /// <summary>Feeds a trace to whoever takes points, false being a point that goes back in time; null, or what is wrong with the file.</summary>
    public static ReadingProblem? Read(string path, Func<TracePoint, bool> take)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Path.GetExtension(path) switch
            {
                ".xml" => ReadSumo(file, path, take),
                ".csv" => ReadLines(new StreamReader(file), path, take),
                ".ns_movements" or ".tcl" => SetdestReader.Read(new StreamReader(file), path, take),
                var other => new ReadingProblem($"{path}:", "HO3016", $"a file of the kind '{other}' holds no trace. Give .xml (SUMO FCD), .csv or .ns_movements."),
            };
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return new ReadingProblem($"{path}:", "HO3016",
                $"{(cause is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : "the file cannot be read")}. Check the path.");
        }
    }

    /// <param name="name">Of the source, for messages.</param>
    public static ReadingProblem? ReadSumo(Stream source, string name, Func<TracePoint, bool> take)
    {
        try
        {
            using var xml = XmlReader.Create(source, Settings);
            double? now = null;
            var points = 0;
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element)
                    continue;
                var line = ((IXmlLineInfo)xml).LineNumber;
                if (xml.LocalName == "timestep")
                {
                    now = Number(xml.GetAttribute("time"));
                    if (now is null)
                        return Wrong(name, line, "a timestep has no time. Give the output of sumo --fcd-output.");
                }
                else if (xml.LocalName is "vehicle" or "person" or "container")
                {
                    if (now is not { } at || xml.GetAttribute("id") is not { } id || Number(xml.GetAttribute("x")) is not { } x || Number(xml.GetAttribute("y")) is not { } y)
                        return Wrong(name, line, $"a {xml.LocalName} lacks its timestep, id, x or y. Give the output of sumo --fcd-output.");
                    if (!take(new TracePoint(at, id, new PlanePoint(x, y))))
                        return GoesBack(name, line, id);
                    points++;
                }
            }

            return points > 0 ? null : new ReadingProblem($"{name}:", "HO3016", "nobody moves in it. Give the output of sumo --fcd-output.");
        }
        catch (XmlException broken)
        {
            return Wrong(name, broken.LineNumber, broken.Message.Contains("DTD", StringComparison.Ordinal)
                ? "the file has a document type, which is not read. Delete its DOCTYPE."
                : $"this is no XML: {broken.Message.TrimEnd('.')}. Correct the file.");
        }
    }

    /// <summary>Lines `time,id,x,y`; a heading that begins with `time,` and lines that are empty or begin with `#` are passed over.</summary>
    public static ReadingProblem? ReadLines(TextReader source, string name, Func<TracePoint, bool> take)
    {
        var points = 0;
        for (var number = 1; source.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#' || (number == 1 && line.StartsWith("time,", StringComparison.Ordinal)))
                continue;
            if (line.Split(',', StringSplitOptions.TrimEntries) is not [var time, { Length: > 0 } id, var x, var y]
                || Number(time) is not { } at || at < 0 || Number(x) is not { } east || Number(y) is not { } north)
                return Wrong(name, number, "this is no place of a node. Write time,id,x,y, as in 0.5,car1,120,35.");
            if (!take(new TracePoint(at, id, new PlanePoint(east, north))))
                return GoesBack(name, number, id);
            points++;
        }

        return points > 0 ? null : new ReadingProblem($"{name}:", "HO3016", "nobody moves in it. Write time,id,x,y, one a line.");
    }

    internal static ReadingProblem Wrong(string name, int line, string message) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name}:{Math.Max(1, line)}"), "HO3016", message);

    internal static ReadingProblem GoesBack(string name, int line, string node) =>
        Wrong(name, line, $"'{node}' is no later than before. Sort the trace by time.");

    internal static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && Math.Abs(number) < 1e9 ? number : null;
}
