using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Actors.Mobility;
using Actors.Network;
using Actors.Placement.Bytes;
using CsCheck;
using Experiments.Benchmarks;
using Topology.Addressing;
using Topology.Plans;

namespace Tests.Actors.Placement;

/// <summary>Every message of every scheme crosses members as bytes, whatever it holds.</summary>
public sealed class MessageBytesTests
{
    private static readonly OpenTypes Types = new([typeof(Message).Assembly, typeof(Handoff22Scheme).Assembly], typeof(Message));

    private static readonly string[] Known = [.. Types.All.Where(type => type.IsAssignableTo(typeof(Message))).Select(type => type.FullName!)];

    public static TheoryData<string> Messages => [.. Known];

    [Fact]
    public void All_messages_of_the_product_are_known() => Assert.Equal(
        [.. typeof(HandoverSchemes).Assembly.GetTypes().Concat(typeof(Handoff22Scheme).Assembly.GetTypes())
            .Where(type => type.IsAssignableTo(typeof(Message)) && !type.IsAbstract).Select(type => type.FullName!).Order(StringComparer.Ordinal)],
        Known);

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_reads_back_field_by_field(string name)
    {
        var type = Types.All.Single(type => type.FullName == name);
        Gen.Int.Sample(
            seed =>
            {
                var message = (Message)Any(type, new Random(seed));
                var writer = new EventWriter(Types);
                Types.Write(writer, message);
                var reader = new EventReader(Types, writer.ToArray());
                var back = Types.Read(reader, typeof(Message));
                Assert.Equal(0, reader.Left);
                Assert.Same(type, back.GetType());
                Assert.Equal(Text(message), Text(back));
            },
            iter: 50);
    }

    [Fact]
    public void Bytes_that_are_no_message_are_refused()
    {
        var types = Types.All.Where(type => type.IsAssignableTo(typeof(Message))).ToArray();
        var refused = 0;
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var writer = new EventWriter(Types);
                Form<Packet>.Write(writer, new Packet(default, default, (Message)Any(types[random.Next(types.Length)], random), default));
                var bytes = writer.ToArray();
                for (var changes = random.Next(1, 4); changes > 0; changes--)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                var reader = new EventReader(Types, bytes, 0, random.Next(bytes.Length + 1));
                try
                {
                    Form<Packet>.Read(reader);
                }
                catch (ByteFormatException)
                {
                    Interlocked.Increment(ref refused);
                }
            },
            iter: 5000);
        Assert.True(refused > 1000);
    }

    [Fact]
    public void A_list_longer_than_its_bytes_is_refused_before_anything_is_made()
    {
        var reader = new EventReader(Types, (byte[])[0xFF, 0xFF, 0xFF, 0xFF, 0x07]);
        Assert.Throws<ByteFormatException>(() => Form<long[]>.Read(reader));
    }

    [Fact]
    public void Tunnels_without_end_are_refused()
    {
        Message message = new RouterSolicitation();
        for (var depth = 0; depth < 100; depth++)
            message = new Tunnelled(new Packet(default, default, message, default));
        var writer = new EventWriter(Types);
        Types.Write(writer, message);
        Assert.Throws<ByteFormatException>(() => Types.Read(new EventReader(Types, writer.ToArray()), typeof(Message)));
    }

    [Fact]
    public void A_message_of_another_assembly_is_named()
    {
        var failure = Assert.Throws<NotSupportedException>(() => Types.Write(new EventWriter(Types), new Foreign()));
        Assert.Contains(nameof(Foreign), failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A value of a type with whatever its fields can hold.</summary>
    private static object Any(Type type, Random random)
    {
        if (type == typeof(bool))
            return random.Next(2) == 0;
        if (type == typeof(string))
            return $"é{random.Next()}";
        if (type.IsPrimitive)
            return Convert.ChangeType(random.Next(128), type, CultureInfo.InvariantCulture);
        if (type.IsEnum)
            return Enum.ToObject(type, random.Next(128));
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return random.Next(3) == 0 ? null! : Any(underlying, random);
        if (type == typeof(Packet))
            return new Packet(new Address(NextLong(), NextLong()), new Address(NextLong(), NextLong()), new NeighborSolicitation(default), new HandoverKey(new NodeId(random.Next()), 3), random.Next(100));
        if (Form.ElementOf(type) is { } element)
        {
            var items = Array.CreateInstance(element, random.Next(4));
            for (var i = 0; i < items.Length; i++)
                items.SetValue(Any(element, random), i);
            return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
                ? typeof(MessageBytesTests).GetMethod(nameof(Immutable), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(element).Invoke(null, [items])!
                : items;
        }

        if (type.IsAbstract)
        {
            var choices = Types.All.Where(choice => choice.IsAssignableTo(type)).ToArray();
            type = choices[random.Next(choices.Length)];
        }

        var value = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var field in Form.Fields(type))
        {
            var isOptional = !field.FieldType.IsValueType && new NullabilityInfoContext().Create(field).ReadState == NullabilityState.Nullable;
            field.SetValue(value, isOptional && random.Next(3) == 0 ? null : Any(field.FieldType, random));
        }

        return value;

        ulong NextLong() => (ulong)random.NextInt64(long.MinValue, long.MaxValue);
    }

    private static ImmutableArray<T> Immutable<T>(T[] items) => [.. items];

    /// <summary>All fields of a value, and theirs, independent of how it is written.</summary>
    private static string Text(object? value) => value switch
    {
        null => "-",
        string or bool => $"{value}",
        Packet packet => $"{Text(packet.Source)} {Text(packet.Destination)} {Text(packet.Message)} {Text(packet.Handover)} {packet.EspBytes}",
        _ when value.GetType() is { IsPrimitive: true } or { IsEnum: true } => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Text))}]",
        _ => $"{value.GetType().Name}({string.Join(", ", Form.Fields(value.GetType()).Select(field => Text(field.GetValue(value))))})",
    };

    private sealed record Foreign : Message
    {
        public override int SizeBytes => 1;
    }
}
