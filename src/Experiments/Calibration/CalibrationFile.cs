using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Experiments.Calibration;

/// <summary>A table of costs as a JSON file, which names the machine that it was measured on.</summary>
public static class CalibrationFile
{
    private const string Format = "handover-crypto-costs-1";
    private const string Remedy = "Write the file with 'handover calibrate --out FILE'.";

    private static readonly string[] Keys = ["format", "provider", "processor", "operating-system", "dotnet", "rounds", "unit", "operations"];
    private static readonly string[] TimingKeys = ["median", "lower-quartile", "upper-quartile"];

    public static string Text(CalibrationTable table)
    {
        using var buffer = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteString("provider", table.Provider);
            json.WriteString("processor", table.Processor);
            json.WriteString("operating-system", table.OperatingSystem);
            json.WriteString("dotnet", table.DotNet);
            json.WriteNumber("rounds", table.Rounds);
            json.WriteString("unit", "us");
            json.WriteStartObject("operations");
            foreach (var (name, timing) in table.Operations.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject(name);
                json.WriteNumber(TimingKeys[0], timing.MedianUs);
                json.WriteNumber(TimingKeys[1], timing.LowerQuartileUs);
                json.WriteNumber(TimingKeys[2], timing.UpperQuartileUs);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    /// <summary>Writes the file; under its name it is whole or not there.</summary>
    /// <exception cref="IOException">The folder is missing or full.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, CalibrationTable table)
    {
        var draft = path + ".part";
        File.WriteAllText(draft, Text(table));
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>The table that the product brings (hocon/crypto/reference.json).</summary>
    public static CalibrationTable Reference => Embedded.Value;

    private static readonly Lazy<CalibrationTable> Embedded = new(() =>
    {
        using var stream = typeof(CalibrationFile).Assembly.GetManifestResourceStream("crypto/reference.json")!;
        using var document = JsonDocument.Parse(stream);
        return Read(document.RootElement);
    });

    /// <summary>Reads a file; on false <paramref name="problem"/> is one line: where, what, remedy.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out CalibrationTable? table, [NotNullWhen(false)] out string? problem)
    {
        (table, problem) = (null, null);
        try
        {
            var bytes = File.ReadAllBytes(path);
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
            table = Read(document.RootElement);
            return true;
        }
        catch (JsonException syntax)
        {
            problem = $"{path}:{syntax.LineNumber + 1 ?? 1}: no JSON: {FirstSentence(syntax.Message)} {Remedy}";
        }
        catch (CalibrationException flaw)
        {
            problem = $"{path}: {flaw.Message} {Remedy}";
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            problem = $"{path}: {FirstSentence(cause.Message)} {Remedy}";
        }

        return false;
    }

    private static CalibrationTable Read(JsonElement root)
    {
        Require(root, "the file", Keys);
        if (Text(root, "format") is var format && format != Format)
            throw new CalibrationException($"the format is '{format}', not '{Format}'.");
        if (Text(root, "unit") is var unit && unit != "us")
            throw new CalibrationException($"the unit is '{unit}', not 'us'.");
        if (root.GetProperty("rounds") is not { ValueKind: JsonValueKind.Number } number || !number.TryGetInt32(out var rounds) || rounds < Calibration.LeastRounds)
            throw new CalibrationException($"'rounds' must be a whole number of at least {Calibration.LeastRounds}.");
        var operations = root.GetProperty("operations");
        Require(operations, "'operations'", CalibrationTable.OperationNames);
        return new CalibrationTable(
            Text(root, "provider"), Text(root, "processor"), Text(root, "operating-system"), Text(root, "dotnet"), rounds,
            operations.EnumerateObject().ToDictionary(entry => entry.Name, entry => Timing(entry.Name, entry.Value)));
    }

    private static OperationTiming Timing(string name, JsonElement value)
    {
        Require(value, $"'{name}'", TimingKeys);
        var us = TimingKeys.Select(key => Number(name, key, value.GetProperty(key))).ToArray();
        return us[1] <= us[0] && us[0] <= us[2]
            ? new OperationTiming(us[0], us[1], us[2])
            : throw new CalibrationException($"the median of '{name}' is not between its quartiles.");
    }

    private static double Number(string name, string key, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var us) && us > 0 && us < TimeSpan.MicrosecondsPerDay
            ? us
            : throw new CalibrationException($"'{key}' of '{name}' must be a number of microseconds above 0 and below a day.");

    private static string Text(JsonElement root, string key) => root.GetProperty(key) is { ValueKind: JsonValueKind.String } value
        ? value.GetString()!
        : throw new CalibrationException($"'{key}' must be a text.");

    /// <summary>An object with exactly these keys.</summary>
    private static void Require(JsonElement value, string what, IReadOnlyList<string> keys)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw new CalibrationException($"{what} must be an object.");
        foreach (var entry in value.EnumerateObject())
            if (!keys.Contains(entry.Name))
                throw new CalibrationException($"{what} has an unknown key '{entry.Name}'.");
        foreach (var key in keys)
            if (!value.TryGetProperty(key, out _))
                throw new CalibrationException($"{what} lacks '{key}'.");
    }

    private static string FirstSentence(string message)
    {
        var line = message.ReplaceLineEndings(" ");
        var end = line.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? line : line[..(end + 1)];
    }

    private sealed class CalibrationException(string message) : Exception(message);
}
