
namespace Actors.Placement.Bytes;

/// <summary>The form of a type, compiled on first use.</summary>
internal sealed class Form<T> : Form
{
    public static readonly Form<T> Instance = new();

    private static readonly (Action<EventWriter, T> Write, Func<EventReader, T> Read) s_compiled = FormCompiler.Compile<T>();

    /// <summary>By declared type: what is written may be of a type derived from it.</summary>
    public static void Write(EventWriter writer, T value) => s_compiled.Write(writer, value);

    public static T Read(EventReader reader) => s_compiled.Read(reader);

    public static void WriteOptional(EventWriter writer, T? value)
    {
        writer.Bool(value is not null);
        if (value is not null)
            s_compiled.Write(writer, value);
    }

    public static T? ReadOptional(EventReader reader) => reader.Bool() ? s_compiled.Read(reader) : default;

    public override void WriteObject(EventWriter writer, object value) => s_compiled.Write(writer, (T)value);

    public override object ReadObject(EventReader reader) => s_compiled.Read(reader)!;
}
