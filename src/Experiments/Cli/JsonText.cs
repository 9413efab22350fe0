using System.Text.Encodings.Web;
using System.Text.Json;

namespace Experiments.Cli;

/// <summary>How --json writes: one object a line, text as it is.</summary>
internal static class JsonText
{
    public static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);
}
