using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace Experiments.Cluster.Protocol;

/// <summary>
/// Stands where Akka has a serializer that makes types which the bytes name: nothing goes out through it and nothing comes in.
/// It has that serializer's identifier, so that bytes which claim it end here.
/// </summary>
internal abstract class RefusingSerializer(ExtendedActorSystem system, int identifier) : Serializer(system)
{
    public override int Identifier => identifier;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) =>
        throw new SerializationException($"{obj.GetType().FullName} is no message of the cluster: only types with a serializer of their own leave this process.");

    public override object FromBinary(byte[] bytes, Type type) =>
        throw new SerializationException($"Bytes for serializer {Identifier}, which makes types that the bytes name, are refused.");
}

/// <summary>For Newtonsoft's JSON, Akka's answer to every type without a serializer.</summary>
internal sealed class RefusingJson(ExtendedActorSystem system, Config settings) : RefusingSerializer(system, 1)
{
    /// <summary>Akka passes what stands under serialization-settings.json; nothing of it matters.</summary>
    public Config Settings => settings;
}

/// <summary>For any protocol buffer.</summary>
internal sealed class RefusingProtobuf(ExtendedActorSystem system) : RefusingSerializer(system, 2);

/// <summary>For descriptions of actors that a remote system wants made here.</summary>
internal sealed class RefusingDaemon(ExtendedActorSystem system) : RefusingSerializer(system, 3);

/// <summary>For exceptions, routers and props.</summary>
internal sealed class RefusingMiscellany(ExtendedActorSystem system) : RefusingSerializer(system, 16);

/// <summary>For system messages, which a member obeys from itself only.</summary>
internal sealed class RefusingSystemMessages(ExtendedActorSystem system) : RefusingSerializer(system, 22);

/// <summary>For Akka.Delivery, which carries any type inside.</summary>
internal sealed class RefusingDelivery(ExtendedActorSystem system) : RefusingSerializer(system, 36);
