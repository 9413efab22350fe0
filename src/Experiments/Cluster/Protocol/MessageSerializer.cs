using Akka.Actor;
using Akka.Serialization;

namespace Experiments.Cluster.Protocol;

/// <summary>Gives Akka the bytes of <see cref="MessageCodec"/>.</summary>
internal sealed class MessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override string Manifest(object o) => MessageCodec.ManifestOf((ClusterMessage)o);

    public override byte[] ToBinary(object obj) => MessageCodec.Bytes((ClusterMessage)obj);

    public override object FromBinary(byte[] bytes, string manifest) => MessageCodec.Read(manifest, bytes);
}
