using System.Collections.Frozen;
using System.Reflection;

namespace Actors.Placement.Bytes;

/// <summary>
/// The types of values that can stand where the declared type leaves it open, such as the messages of packets: the concrete ones of
/// some assemblies, numbered in the order of their names, so that equal builds number them alike. A reader makes nothing else.
/// </summary>
internal sealed class OpenTypes
{
    private readonly Type[] _types;
    private readonly FrozenDictionary<Type, int> _numbers;
    private readonly Form?[] _forms;

    /// <param name="roots">Base types: of messages, and of whatever else has to be found.</param>
    public OpenTypes(IEnumerable<Assembly> assemblies, params Type[] roots)
    {
        var concrete = assemblies.Distinct().SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }).ToArray();
        var (found, open) = (new HashSet<Type>(), new Queue<Type>(roots));
        var seen = new HashSet<Type>(roots);
        while (open.TryDequeue(out var next))
        {
            foreach (var type in concrete.Where(type => type.IsAssignableTo(next) && found.Add(type)))
            {
                foreach (var part in Form.Parts(type).Where(Form.IsOpen).Where(seen.Add))
                    open.Enqueue(part);
            }
        }

        _types = [.. found.OrderBy(type => type.FullName, StringComparer.Ordinal)];
        _numbers = _types.Select((type, number) => (type, number)).ToFrozenDictionary(pair => pair.type, pair => pair.number);
        _forms = new Form?[_types.Length];
    }

    public IReadOnlyList<Type> All => _types;

    public void Write(EventWriter writer, object value)
    {
        if (!_numbers.TryGetValue(value.GetType(), out var number))
            throw new NotSupportedException($"{value.GetType()} cannot cross to another member: its assembly is not that of the scheme");
        writer.Unsigned((ulong)number);
        FormOf(number).WriteObject(writer, value);
    }

    public object Read(EventReader reader, Type declared)
    {
        var number = reader.Unsigned();
        if (number >= (ulong)_types.Length || !_types[number].IsAssignableTo(declared))
            throw reader.Bad($"no {declared.Name}");
        reader.Descend();
        var value = FormOf((int)number).ReadObject(reader);
        reader.Ascend();
        return value;
    }

    private Form FormOf(int number) => _forms[number] ??= Form.Of(_types[number]);
}
