using System.Collections.Immutable;
using System.Reflection;
using Actors.Network;

namespace Actors.Placement.Bytes;

/// <summary>
/// How the values of a type become bytes and are made from them again: field by field, so that what comes out is what went in,
/// credentials and all. Found by reflection once for each type, then compiled.
/// </summary>
internal abstract class Form
{
    private const BindingFlags OfInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Type[] Lists = [typeof(List<>), typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>), typeof(IEnumerable<>), typeof(ImmutableArray<>)];

    public static Form Of(Type type) => (Form)typeof(Form<>).MakeGenericType(type).GetField(nameof(Form<int>.Instance))!.GetValue(null)!;

    /// <param name="value">Exactly of the form's type.</param>
    public abstract void WriteObject(EventWriter writer, object value);

    public abstract object ReadObject(EventReader reader);

    /// <summary>The fields of a type and of those it derives from, in the order of their declaration.</summary>
    public static IReadOnlyList<FieldInfo> Fields(Type type) =>
        [.. (type.BaseType is { } parent ? Fields(parent) : []), .. type.GetFields(OfInstance).OrderBy(field => field.MetadataToken)];

    /// <summary>Whether a field of this type can hold values of other types.</summary>
    public static bool IsOpen(Type type) =>
        (type.IsInterface || (type.IsClass && !type.IsSealed)) && ElementOf(type) is null;

    /// <summary>What a list is a list of; null for what is no list.</summary>
    public static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && Lists.Contains(type.GetGenericTypeDefinition()) ? type.GetGenericArguments()[0]
        : null;

    /// <summary>Every open type that a value of a type can hold somewhere within.</summary>
    public static IEnumerable<Type> Parts(Type type)
    {
        var (seen, next) = (new HashSet<Type>(), new Queue<Type>(Fields(type).Select(field => field.FieldType)));
        while (next.TryDequeue(out var part))
        {
            part = ElementOf(part) ?? Nullable.GetUnderlyingType(part) ?? part;
            if (!seen.Add(part))
                continue;
            if (ElementOf(part) is { } element)
                next.Enqueue(element);
            else if (IsOpen(part))
                yield return part;
            else if (IsCompound(part))
                Fields(part).Select(field => field.FieldType).ToList().ForEach(next.Enqueue);
        }
    }

    /// <summary>Whether values are written by their fields: those of our own types, of tuples and of durations.</summary>
    public static bool IsCompound(Type type) =>
        !type.IsPrimitive && !type.IsEnum && !type.IsPointer && !type.IsByRef && !type.IsAssignableTo(typeof(Delegate)) && type != typeof(Packet)
        && (type.Assembly != typeof(object).Assembly || type == typeof(TimeSpan) || type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal));
}
