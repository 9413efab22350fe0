using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Actors.Network;
using Topology.Addressing;

namespace Actors.Placement.Bytes;

/// <summary>Makes the writer and the reader of a type.</summary>
internal static class FormCompiler
{
    private const ulong Documentation = 0x20010DB8UL << 32;

    private static readonly Dictionary<Type, (Delegate Write, Delegate Read)> Simple = new()
    {
        [typeof(bool)] = Pair((writer, value) => writer.Bool(value), reader => reader.Bool()),
        [typeof(byte)] = Pair((writer, value) => writer.Byte(value), reader => reader.Byte()),
        [typeof(ushort)] = Pair((writer, value) => writer.Unsigned(value), reader => Checked<ushort>(reader, reader.Unsigned(), ushort.MaxValue)),
        [typeof(uint)] = Pair((writer, value) => writer.Unsigned(value), reader => Checked<uint>(reader, reader.Unsigned(), uint.MaxValue)),
        [typeof(ulong)] = Pair((writer, value) => writer.Fixed(value), reader => reader.Fixed()),
        [typeof(int)] = Pair((writer, value) => writer.Signed(value), Int),
        [typeof(long)] = Pair((writer, value) => writer.Signed(value), reader => reader.Signed()),
        [typeof(UInt128)] = Pair(
            (writer, value) =>
            {
                writer.Fixed((ulong)(value >> 64));
                writer.Fixed((ulong)value);
            },
            reader => new UInt128(reader.Fixed(), reader.Fixed())),
        [typeof(double)] = Pair((writer, value) => writer.Fixed(BitConverter.DoubleToUInt64Bits(value)), reader => BitConverter.UInt64BitsToDouble(reader.Fixed())),
        [typeof(string)] = Pair((writer, value) => writer.Text(value), reader => reader.Text()),
        [typeof(byte[])] = Pair((writer, value) => writer.Bytes(value), reader => reader.Bytes()),
        [typeof(Address)] = Pair(WriteAddress, reader => new Address(reader.Unsigned() ^ Documentation, reader.Unsigned())),
        [typeof(Packet)] = Pair(PacketBytes.Write, PacketBytes.Read),
    };

    public static (Action<EventWriter, T> Write, Func<EventReader, T> Read) Compile<T>()
    {
        var type = typeof(T);
        if (Simple.TryGetValue(type, out var simple))
            return ((Action<EventWriter, T>)simple.Write, (Func<EventReader, T>)simple.Read);
        if (type.IsEnum)
            return By<T>(nameof(Enumeration), type, Enum.GetUnderlyingType(type));
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return By<T>(nameof(Optional), underlying);
        if (Form.ElementOf(type) is { } element)
            return By<T>(nameof(List), type, element);
        if (Form.IsOpen(type))
            return ((writer, value) => writer.Types.Write(writer, value!), reader => (T)reader.Types.Read(reader, typeof(T)));
        if (Form.IsCompound(type))
            return (Writer<T>(), Reader<T>());
        throw new NotSupportedException($"values of {type} have no bytes: let messages hold numbers, texts, and records of them");
    }

    private static (Delegate, Delegate) Pair<T>(Action<EventWriter, T> write, Func<EventReader, T> read) => (write, read);

    private static (Action<EventWriter, T> Write, Func<EventReader, T> Read) By<T>(string method, params Type[] types) =>
        ((Action<EventWriter, T>, Func<EventReader, T>))typeof(FormCompiler).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(types).Invoke(null, null)!;

    /// <summary>An enumeration may hold values without a name, as flags do.</summary>
    private static (Action<EventWriter, TEnum>, Func<EventReader, TEnum>) Enumeration<TEnum, TNumber>()
        where TEnum : struct
        where TNumber : struct => (
            (writer, value) => Form<TNumber>.Write(writer, Unsafe.As<TEnum, TNumber>(ref value)),
            reader =>
            {
                var number = Form<TNumber>.Read(reader);
                return Unsafe.As<TNumber, TEnum>(ref number);
            }
    );

    private static (Action<EventWriter, T?>, Func<EventReader, T?>) Optional<T>()
        where T : struct => (
            (writer, value) =>
            {
                writer.Bool(value.HasValue);
                if (value is { } some)
                    Form<T>.Write(writer, some);
            },
            reader => reader.Bool() ? Form<T>.Read(reader) : null);

    /// <summary>A list comes out as an array, but for those that only another kind will do for.</summary>
    private static (Action<EventWriter, TList>, Func<EventReader, TList>) List<TList, T>()
    {
        Func<T[], object> make = typeof(TList) == typeof(List<T>) ? items => new List<T>(items)
            : typeof(TList) == typeof(ImmutableArray<T>) ? items => ImmutableCollectionsMarshal.AsImmutableArray(items)
            : items => items;
        return (
            (writer, list) =>
            {
                var items = (IReadOnlyCollection<T>)list!;
                writer.Unsigned((ulong)items.Count);
                foreach (var item in items)
                    Form<T>.Write(writer, item);
            },
            reader =>
            {
                var items = new T[reader.Count()];
                for (var i = 0; i < items.Length; i++)
                    items[i] = Form<T>.Read(reader);
                return (TList)make(items);
            }
        );
    }

    private static Action<EventWriter, T> Writer<T>()
    {
        var method = new DynamicMethod($"write {typeof(T).Name}", null, [typeof(EventWriter), typeof(T)], typeof(FormCompiler).Module, skipVisibility: true);
        var code = method.GetILGenerator();
        foreach (var field in Form.Fields(typeof(T)))
        {
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldarg_1);
            code.Emit(OpCodes.Ldfld, field);
            code.Emit(OpCodes.Call, Of(field, nameof(Form<int>.Write), nameof(Form<int>.WriteOptional)));
        }

        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<Action<EventWriter, T>>();
    }

    /// <summary>The constructor is passed over: every field gets the value that it had, whatever its constructor makes of its parameters.</summary>
    private static Func<EventReader, T> Reader<T>()
    {
        var type = typeof(T);
        var method = new DynamicMethod($"read {type.Name}", type, [typeof(EventReader)], typeof(FormCompiler).Module, skipVisibility: true);
        var code = method.GetILGenerator();
        var value = code.DeclareLocal(type);
        if (!type.IsValueType)
        {
            code.Emit(OpCodes.Ldtoken, type);
            code.Emit(OpCodes.Call, typeof(Type).GetMethod(nameof(Type.GetTypeFromHandle))!);
            code.Emit(OpCodes.Call, typeof(RuntimeHelpers).GetMethod(nameof(RuntimeHelpers.GetUninitializedObject))!);
            code.Emit(OpCodes.Castclass, type);
            code.Emit(OpCodes.Stloc, value);
        }

        foreach (var field in Form.Fields(type))
        {
            code.Emit(type.IsValueType ? OpCodes.Ldloca : OpCodes.Ldloc, value);
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Call, Of(field, nameof(Form<int>.Read), nameof(Form<int>.ReadOptional)));
            code.Emit(OpCodes.Stfld, field);
        }

        code.Emit(OpCodes.Ldloc, value);
        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<EventReader, T>>();
    }

    /// <summary>A field that may be null says whether it is.</summary>
    private static MethodInfo Of(FieldInfo field, string always, string optional)
    {
        var isOptional = !field.FieldType.IsValueType && new NullabilityInfoContext().Create(field).ReadState != NullabilityState.NotNull;
        return typeof(Form<>).MakeGenericType(field.FieldType).GetMethod(isOptional ? optional : always)!;
    }

    private static int Int(EventReader reader)
    {
        var value = reader.Signed();
        return value == (int)value ? (int)value : throw reader.Bad("a number beyond 32 bits");
    }

    private static T Checked<T>(EventReader reader, ulong value, ulong most)
        where T : System.Numerics.INumberBase<T> =>
        value <= most ? T.CreateTruncating(value) : throw reader.Bad($"a number beyond {most}");

    /// <summary>The prefixes of nodes differ in few bits.</summary>
    private static void WriteAddress(EventWriter writer, Address address)
    {
        writer.Unsigned(address.Prefix ^ Documentation);
        writer.Unsigned(address.InterfaceId);
    }
}
