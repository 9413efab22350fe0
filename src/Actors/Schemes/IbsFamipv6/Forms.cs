using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Mobility.Credentials;
using Actors.Mobility.Forms;
using Actors.Network;
using Actors.Network.Forms;
using Actors.Schemes.Fmipv6;
using Actors.Security.Signatures;
using Actors.Wire;
using Actors.Wire.Diameter;
using Actors.Wire.Icmpv6;
using Actors.Wire.Ikev2;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.IbsFamipv6;

/// <summary>The user's network access identifier: in option 253, and as Mobile Node Identifier (RFC 4283).</summary>
public sealed class HomeRealmForm : IExtensionForm
{
    private const byte AccessIdentifier = 1;

    public Type Extension => typeof(HomeRealm);

    public void WriteNeighborDiscovery(MessageExtension extension, FormScope scope, ref Ipv6PacketWriter writer) =>
        writer.AddNeighborDiscoveryOption(new Ikev2ChainOption(Ikev2PayloadType.IdentificationInitiator, Name(extension, scope)));

    public void WriteMobility(MessageExtension extension, FormScope scope, ref Ipv6PacketWriter writer) =>
        writer.AddMobilityOption(new MobileNodeIdentifierOption(AccessIdentifier, Name(extension, scope)));

    public MessageExtension? ReadNeighborDiscovery(NeighborDiscoveryOptions options, Message message, Ipv6Packet packet, FormScope scope) =>
        options.TryFind<Ikev2ChainOption>(out var option) && option.First == Ikev2PayloadType.IdentificationInitiator ? Of(option.Chain) : null;

    public MessageExtension? ReadMobility(MobilityOptions options, Message message, Ipv6Packet packet, FormScope scope) =>
        options.TryFind<MobileNodeIdentifierOption>(out var option) ? Of(option.Identifier) : null;

    private static byte[] Name(MessageExtension extension, FormScope scope) =>
        AaaNames.User(scope.Packet.Handover.Mobile, ((HomeRealm)extension).HomeServer.Host);

    private static HomeRealm? Of(ReadOnlySpan<byte> name) => AaaNames.ServerOf(name) is { } server ? new HomeRealm(Address.Of(server)) : null;
}

/// <summary>The generator's public key, a compressed point, in the experimental options.</summary>
public sealed class VisitedParametersForm : IExtensionForm
{
    public Type Extension => typeof(VisitedParameters);

    public void WriteNeighborDiscovery(MessageExtension extension, FormScope scope, ref Ipv6PacketWriter writer) =>
        writer.AddNeighborDiscoveryOption(new NeighborParametersOption(scope.Keys.ParametersOf(((VisitedParameters)extension).Authority).Span));

    public void WriteMobility(MessageExtension extension, FormScope scope, ref Ipv6PacketWriter writer) =>
        writer.AddMobilityOption(new MobilityParametersOption(scope.Keys.ParametersOf(((VisitedParameters)extension).Authority).Span));

    public MessageExtension? ReadNeighborDiscovery(NeighborDiscoveryOptions options, Message message, Ipv6Packet packet, FormScope scope) =>
        options.TryFind<NeighborParametersOption>(out var option) && scope.Keys.AuthorityOf(option.Point) is { } authority ? new VisitedParameters(authority) : null;

    public MessageExtension? ReadMobility(MobilityOptions options, Message message, Ipv6Packet packet, FormScope scope) =>
        options.TryFind<MobilityParametersOption>(out var option) && scope.Keys.AuthorityOf(option.Point) is { } authority ? new VisitedParameters(authority) : null;
}

/// <summary>Option 253 with a compressed point of P-256, whose first byte, 2 or 3, tells it from other uses of the option.</summary>
internal readonly ref struct NeighborParametersOption(ReadOnlySpan<byte> point) : INeighborDiscoveryOption<NeighborParametersOption>
{
    /// <summary>Of a compressed point.</summary>
    public const int PointBytes = 33;

    public static byte Type => Ikev2ChainOption.Type;

    public ReadOnlySpan<byte> Point { get; } = point;

    public static NeighborParametersOption Read(scoped ref WireReader reader) => new(reader.Bytes(PointBytes));

    public static void Write(scoped NeighborParametersOption value, scoped ref WireWriter writer) => writer.Bytes(value.Point);
}

/// <summary>Option 18 with a compressed point of P-256.</summary>
internal readonly ref struct MobilityParametersOption(ReadOnlySpan<byte> point) : IMobilityOption<MobilityParametersOption>
{
    public static byte Type => Ikev2FragmentOption.Type;

    public ReadOnlySpan<byte> Point { get; } = point;

    public static MobilityParametersOption Read(scoped ref WireReader reader) => new(reader.Bytes(NeighborParametersOption.PointBytes));

    public static void Write(scoped MobilityParametersOption value, scoped ref WireWriter writer) => writer.Bytes(value.Point);
}

public sealed class ParameterRequestForm : IAaaContentForm
{
    public Type Content => typeof(ParameterRequest);

    public void Write(AaaContent content, AaaExchange exchange, ref DiameterWriter attributes)
    {
    }

    public AaaContent? Read(DiameterMessage attributes, AaaExchange exchange) =>
        exchange.IsRequest && attributes.ReadNonce(exchange.Keys) is null ? new ParameterRequest() : null;
}

/// <summary>The generator's public key in a Class attribute (RFC 6733 section 8.20).</summary>
public sealed class ParameterReplyForm : IAaaContentForm
{
    private const uint Class = 25;

    public Type Content => typeof(ParameterReply);

    public void Write(AaaContent content, AaaExchange exchange, ref DiameterWriter attributes) =>
        attributes.Add(Class, exchange.Keys.ParametersOf(((ParameterReply)content).Authority).Span);

    public AaaContent? Read(DiameterMessage attributes, AaaExchange exchange) =>
        !exchange.IsRequest && attributes.TryFind(Class, out var point) && exchange.Keys.AuthorityOf(point.Data) is { } authority
            ? new ParameterReply(authority)
            : null;
}

/// <summary>Nonce, home address, the binding update's mobility header, and the node's signature over all of them.</summary>
public sealed class RegistrationRequestForm : IAaaContentForm
{
    private static readonly BindingUpdateForm Update = new();

    public Type Content => typeof(RegistrationRequest);

    public void Write(AaaContent content, AaaExchange exchange, ref DiameterWriter attributes)
    {
        var request = (RegistrationRequest)content;
        var header = new Ipv6PacketWriter(new byte[256], new Ipv6Header(request.Update.CareOfAddress, Address.Of(request.Update.HomeAddress.PrefixOwner)));
        Update.Write(request.Update, exchange.Scope, ref header);
        header.Finish();
        attributes.AddNonce(exchange.Keys, request.Nonce);
        attributes.Add(DiameterAttributeCode.MobileNodeAddress, request.Update.HomeAddress);
        attributes.Add(DiameterAttributeCode.MobilityData, header.Payload);
        attributes.AddIdentitySignature(
            request.Signature, exchange, RegistrationRequest.Covered(exchange.User, request.Nonce, request.Update), [.. Bytes(request.Nonce), .. header.Payload]);
    }

    public AaaContent? Read(DiameterMessage attributes, AaaExchange exchange)
    {
        if (!exchange.IsRequest || attributes.ReadNonce(exchange.Keys) is not { } nonce
            || !attributes.TryFind(DiameterAttributeCode.MobileNodeAddress, out var home) || home.Data.Length != 18
            || !attributes.TryFind(DiameterAttributeCode.MobilityData, out var data) || data.Data.Length != BindingUpdate.HeaderBytes)
            return null;
        var reader = new WireReader(home.Data[2..]);
        var homeAddress = reader.Address();
        var packet = new Ipv6PacketWriter(new byte[256], new Ipv6Header(default, Address.Of(homeAddress.PrefixOwner)));
        packet.AddHomeAddress(homeAddress);
        packet.Add(IpProtocol.Mobility, data.Data);
        if (!Ipv6Packet.Read(packet.Finish()).TryGet(out var parsed) || Update.Read(parsed, exchange.Scope) is not { } update)
            return null;
        return new RegistrationRequest(nonce, update, attributes.ReadIdentitySignature(
            exchange, RegistrationRequest.Covered(exchange.User, nonce, update), [.. Bytes(nonce), .. data.Data]));
    }

    private static byte[] Bytes(ulong nonce) => BitConverter.GetBytes(nonce);
}

/// <summary>Nonce, and the visited server's signature or the home server's proof, or neither.</summary>
public sealed class RegistrationReplyForm : IAaaContentForm
{
    private const uint HomeProof = DiameterAttributeCode.Timestamp;

    public Type Content => typeof(RegistrationReply);

    public void Write(AaaContent content, AaaExchange exchange, ref DiameterWriter attributes)
    {
        var reply = (RegistrationReply)content;
        attributes.AddNonce(exchange.Keys, reply.Nonce);
        if (reply.Signature is { } signature)
        {
            var server = VisitedServer(exchange);
            attributes.Add(DiameterAttributeCode.Authenticator, exchange.Keys.SealByIdentity(
                signature, server, server, RegistrationReply.Covered(exchange.User, reply.Nonce), AaaAttributes.Signed(exchange.User, BitConverter.GetBytes(reply.Nonce))));
        }

        if (reply.HomeProof is not { } proof)
            return;
        Span<byte> field = stackalloc byte[AaaAttributes.TokenBytes];
        exchange.Keys.Write(proof, field);
        attributes.Add(HomeProof, field);
    }

    public AaaContent? Read(DiameterMessage attributes, AaaExchange exchange)
    {
        if (exchange.IsRequest || attributes.ReadNonce(exchange.Keys) is not { } nonce)
            return null;
        Signature? signature = null;
        if (attributes.ReadProof() is { IsEmpty: false } bytes)
        {
            var server = VisitedServer(exchange);
            signature = exchange.Keys.UnsealByIdentity(
                server, server, RegistrationReply.Covered(exchange.User, nonce), AaaAttributes.Signed(exchange.User, BitConverter.GetBytes(nonce)), bytes);
        }

        return new RegistrationReply(nonce, signature)
        {
            HomeProof = attributes.TryFind(HomeProof, out var proof) ? exchange.Keys.ReadAuthenticator(proof.Data) : null,
        };
    }

    /// <summary>The AAA server of the domain that the answer comes from.</summary>
    private static NodeId VisitedServer(AaaExchange exchange)
    {
        var plan = exchange.Scope.Codec.Plan;
        var domain = plan[exchange.Scope.Packet.Source.Host].Domain;
        for (var i = 0; i < plan.WiredCount; i++)
        {
            if (plan.Nodes[i].Domain == domain && plan.Nodes[i].Role == NodeRole.VisitedAaa)
                return new NodeId(i);
        }

        return default;
    }
}

/// <summary>The identity-based signature of a request, by the mobile node under its home server's authority.</summary>
internal static class IdentitySignature
{
    public static void AddIdentitySignature(this ref DiameterWriter attributes, Signature signature, AaaExchange exchange, Digest covered, scoped ReadOnlySpan<byte> content) =>
        attributes.Add(
            DiameterAttributeCode.Authenticator,
            exchange.Keys.SealByIdentity(signature, exchange.User, exchange.HomeServer, covered, AaaAttributes.Signed(exchange.User, content)));

    public static Signature ReadIdentitySignature(this DiameterMessage attributes, AaaExchange exchange, Digest covered, scoped ReadOnlySpan<byte> content) =>
        attributes.ReadProof() is { Length: IdentityBased.SignatureBytes } bytes
            ? exchange.Keys.UnsealByIdentity(exchange.User, exchange.HomeServer, covered, AaaAttributes.Signed(exchange.User, content), bytes)
            : default;
}
