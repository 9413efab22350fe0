using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Experiments.Results;

/// <summary>The digest of a cell's replications, and how their handovers ended; only simulated cells have one.</summary>
public sealed record CellDigest(string Study, string Scheme, IReadOnlyList<SweptParameter> Swept, ulong Value, OutcomeCounts Outcomes)
{
    /// <summary><c>study/scheme/H_ms=20,Ts_ms=8</c></summary>
    public string Cell => $"{Study}/{Scheme}" +
        (Swept.Count == 0 ? "" : "/" + string.Join(',', Swept.Select(parameter => $"{parameter.Column}={parameter.Value}")));
}

/// <summary>
/// summary.csv and summary.json: the rows of the present plan in plan order, long form, one column per swept name. Both are
/// functions of their input alone, down to the byte.
/// </summary>
public static class SummaryTable
{
    private static readonly string[] Statistics = ["n", "mean", "ci_low", "ci_high", "stddev", "min", "p50", "p95", "p99", "max"];
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>RFC 4180 with line feeds.</summary>
    public static string Csv(IReadOnlyList<ResultRow> rows)
    {
        var swept = SweptColumns(rows);
        var text = new StringBuilder();
        AppendLine(text, ["study", "engine", "scheme", .. swept, "metric", "unit", .. Statistics]);
        foreach (var row in rows)
        {
            AppendLine(text,
            [
                row.Study, row.Engine, row.Scheme,
                .. swept.Select(column => ValueOf(row, column) ?? ""),
                row.Metric, row.Unit, NumberText.Of(row.N),
                .. NumbersOf(row).Select(NumberText.Of),
            ]);
        }

        return text.ToString();
    }

    /// <summary>One row a line, keys as the csv's columns, numbers as the csv's text, null where it is empty.</summary>
    public static string Json(string experiment, ulong seed, IReadOnlyList<ResultRow> rows, IReadOnlyList<CellDigest> digests)
    {
        var text = new StringBuilder();
        text.Append("{\n  \"experiment\": ").Append(Quoted(experiment)).Append(",\n  \"seed\": ")
            .Append(CultureInfo.InvariantCulture, $"{seed},\n  \"rows\": [");
        AppendItems(text, JsonRows(rows));
        text.Append("],\n  \"digests\": {");
        AppendItems(text, digests.Select(digest => $"{Quoted(digest.Cell)}: \"{digest.Value:x16}\""));
        text.Append("},\n  \"outcomes\": {");
        AppendItems(text, digests.Select(digest => $"{Quoted(digest.Cell)}: {digest.Outcomes.Json}"));
        return text.Append("}\n}\n").ToString();
    }

    /// <summary>The rows of <see cref="Json"/>, each an object on a line of its own.</summary>
    public static IEnumerable<string> JsonRows(IReadOnlyList<ResultRow> rows)
    {
        var swept = SweptColumns(rows);
        return rows.Select(row => Object(json => WriteRow(json, row, swept)));
    }

    /// <summary>A field of a csv file, quoted where it must be.</summary>
    public static string Field(string value) =>
        value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static void WriteRow(Utf8JsonWriter json, ResultRow row, List<string> swept)
    {
        json.WriteString("study", row.Study);
        json.WriteString("engine", row.Engine);
        json.WriteString("scheme", row.Scheme);
        foreach (var column in swept)
            WriteSwept(json, column, ValueOf(row, column));
        json.WriteString("metric", row.Metric);
        json.WriteString("unit", row.Unit);
        json.WriteNumber(Statistics[0], row.N);
        foreach (var (name, value) in Statistics.Skip(1).Zip(NumbersOf(row)))
            WriteNumber(json, name, NumberText.Of(value));
    }

    private static void WriteSwept(Utf8JsonWriter json, string column, string? value)
    {
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (value is null)
            json.WriteNull(column);
        else if (decimal.TryParse(value, plain, CultureInfo.InvariantCulture, out var number))
            json.WriteNumber(column, number);
        else
            json.WriteString(column, value);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, string text)
    {
        json.WritePropertyName(name);
        if (text.Length == 0)
            json.WriteNullValue();
        else
            json.WriteRawValue(text);
    }

    private static string Object(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static string Quoted(string value) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value)}\"";

    private static void AppendItems(StringBuilder text, IEnumerable<string> items)
    {
        var any = false;
        foreach (var item in items)
        {
            text.Append(any ? ",\n    " : "\n    ").Append(item);
            any = true;
        }

        if (any)
            text.Append("\n  ");
    }

    private static void AppendLine(StringBuilder text, IEnumerable<string> fields) =>
        text.AppendJoin(',', fields.Select(Field)).Append('\n');

    private static List<string> SweptColumns(IEnumerable<ResultRow> rows) =>
        [.. rows.SelectMany(row => row.Swept).Select(parameter => parameter.Column).Distinct(StringComparer.Ordinal)];

    private static string? ValueOf(ResultRow row, string column) =>
        row.Swept.FirstOrDefault(parameter => parameter.Column == column)?.Value;

    private static double?[] NumbersOf(ResultRow row) =>
    [
        row.Mean, row.Interval?.Low, row.Interval?.High, row.StandardDeviation,
        row.Minimum, row.P50, row.P95, row.P99, row.Maximum,
    ];
}
