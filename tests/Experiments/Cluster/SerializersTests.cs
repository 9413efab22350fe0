using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Experiments.Cluster.Members;
using Experiments.Cluster.Protocol;

namespace Tests.Experiments.Cluster;

/// <summary>What bytes from the network can make of a member: its messages, and nothing else.</summary>
public sealed class SerializersTests : IDisposable
{
    private static int s_made;
    private readonly ClusterMember _member = ClusterMember.Start(ClusterSettings.Create(ClusterSettings.WorkerRole, null, 0, null, false), "1");

    private ExtendedActorSystem System => (ExtendedActorSystem)_member.System;

    public void Dispose() => _member.Dispose();

    [Fact]
    public void A_type_named_in_the_bytes_is_not_made()
    {
        var payload = Encoding.UTF8.GetBytes($$"""{"$type":"{{typeof(Trap).AssemblyQualifiedName}}"}""");

        // With Akka's stock settings it would be.
        using (var stock = ActorSystem.Create("stock"))
            Assert.IsType<Trap>(((ExtendedActorSystem)stock).Serialization.Deserialize(payload, 1, ""));
        Assert.Equal(1, s_made);

        Assert.Throws<SerializationException>(() => System.Serialization.Deserialize(payload, 1, ""));
        Assert.Throws<SerializationException>(() => System.Serialization.Deserialize(payload, 1, typeof(Trap).AssemblyQualifiedName!));
        Assert.Equal(1, s_made);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(22)]
    [InlineData(36)]
    public void Serializers_that_make_what_the_bytes_name_refuse(int identifier) =>
        Assert.EndsWith("are refused.", Assert.Throws<SerializationException>(
            () => System.Serialization.Deserialize([1, 2, 3], identifier, typeof(Process).AssemblyQualifiedName!)).Message, StringComparison.Ordinal);

    [Fact]
    public void No_other_serializer_is_there_than_those_that_are_known_to_be_harmless() => Assert.Equal(
        ["Akka.Cluster.Serialization.ClusterMessageSerializer", "Akka.Remote.Serialization.MessageContainerSerializer",
            "Akka.Remote.Serialization.PrimitiveSerializers", "Akka.Serialization.ByteArraySerializer", typeof(MessageSerializer).FullName!],
        System.Settings.Config.GetConfig("akka.actor.serializers").AsEnumerable()
            .Select(entry => Type.GetType(entry.Value.GetString(), throwOnError: true)!)
            .Where(type => !type.IsSubclassOf(typeof(RefusingSerializer))).Select(type => type.FullName!).Order(StringComparer.Ordinal));

    [Fact]
    public void Nothing_without_a_serializer_of_its_own_leaves()
    {
        foreach (var thing in (object[])[new List<int>(), new InvalidOperationException(), new Status.Failure(new IOException()), PoisonPill.Instance])
            Assert.Throws<SerializationException>(() => System.Serialization.FindSerializerFor(thing).ToBinary(thing));
        Assert.IsType<MessageSerializer>(System.Serialization.FindSerializerFor(new ClusterMessage.DrainRequest()));
        Assert.Equal(9041, System.Serialization.FindSerializerFor(new ClusterMessage.DrainRequest()).Identifier);
    }

    [Fact]
    public void From_outside_only_three_actors_can_be_looked_up_and_none_made()
    {
        var remote = System.Settings.Config.GetConfig("akka.remote");
        Assert.True(remote.GetBoolean("untrusted-mode"));
        Assert.Equal(
            ["/system/cluster/core/daemon", "/system/cluster/heartbeatReceiver", "/user/coordinator", "/user/gate", "/user/member"],
            remote.GetStringList("trusted-selection-paths").Order(StringComparer.Ordinal));
    }

    /// <summary>Counts how often it is made.</summary>
    private sealed class Trap
    {
        public Trap() => s_made++;
    }
}
