using System.Globalization;
using System.Text;
using Actors.Network.Forms;
using Actors.Wire.Diameter;
using Actors.Wire.Ipv6;
using Actors.Wire.Transport;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Mobility.Aaa;

/// <summary>What the forms of AAA messages share: names (RFC 4282) of one length each, and the content's attributes.</summary>
internal static class AaaNames
{
    public const int UserBytes = 24;

    private const int RealmBytes = 16;
    private const string Domain = ".example";

    /// <summary>`n000004@r0000007.example`: a user, and the AAA server that its realm leads to.</summary>
    public static byte[] User(NodeId user, NodeId server) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"n{user.Index:x6}@{RealmName(server)}"));

    public static byte[] Realm(NodeId server) => Encoding.ASCII.GetBytes(RealmName(server));

    /// <summary>A host of its own realm.</summary>
    public static byte[] Host(NodeId node) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"n{node.Index:x6}.{RealmName(node)}"));

    public static NodeId? UserOf(ReadOnlySpan<byte> name) => name.Length == UserBytes && name[0] == 'n' ? NodeOf(name.Slice(1, 6)) : null;

    /// <summary>The server that a realm, or the realm of a user, leads to.</summary>
    public static NodeId? ServerOf(ReadOnlySpan<byte> name) => name.Length >= RealmBytes && name[^RealmBytes] == 'r' ? NodeOf(name[^(RealmBytes - 1)..^Domain.Length]) : null;

    /// <summary>The attributes of a content.</summary>
    public static byte[] Attributes(AaaContent content, AaaExchange exchange)
    {
        var writer = new DiameterWriter(new byte[1024], default);
        Form(content, exchange).Write(content, exchange, ref writer);
        return writer.Finish()[DiameterHeader.SizeBytes..].ToArray();
    }

    /// <summary>The content of attributes; null where no form of this run has written them.</summary>
    public static AaaContent? Content(DiameterMessage attributes, AaaExchange exchange)
    {
        foreach (var form in exchange.Scope.Codec.Forms.Parts<IAaaContentForm>())
        {
            if (form.Read(attributes, exchange) is { } content)
                return content;
        }

        return null;
    }

    /// <summary>Attributes alone, as a message.</summary>
    public static byte[] Message(ReadOnlySpan<byte> attributes)
    {
        var bytes = new byte[DiameterHeader.SizeBytes + attributes.Length];
        new DiameterWriter(bytes, default).Finish();
        attributes.CopyTo(bytes.AsSpan(DiameterHeader.SizeBytes));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, 1U << 24 | (uint)bytes.Length);
        return bytes;
    }

    private static IAaaContentForm Form(AaaContent content, AaaExchange exchange) =>
        exchange.Scope.Codec.Forms.Parts<IAaaContentForm>().FirstOrDefault(form => form.Content == content.GetType())
        ?? throw new InvalidOperationException($"{content.GetType().Name} has no form: add a class that implements {nameof(IAaaContentForm)} beside it");

    private static string RealmName(NodeId server) => string.Create(CultureInfo.InvariantCulture, $"r{server.Index:x7}{Domain}");

    private static NodeId? NodeOf(ReadOnlySpan<byte> digits) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var index) ? new NodeId(index) : null;
}

/// <summary>A request on the link: ICMPv6 for private experimentation, identifier, User-Name, attributes of the content.</summary>
public sealed class AccessRequestForm : MessageForm<AccessRequest>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [new(IpProtocol.Icmpv6, FormKey.Experiment)];

    public override void Write(AccessRequest message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        var user = scope.Packet.Source.Host;
        writer.Begin(IpProtocol.Icmpv6);
        writer.Body.Byte(FormKey.Experiment);
        writer.Body.Zeros(3);
        writer.Body.UInt32(message.Identifier);
        var identity = new DiameterWriter(new byte[64], default);
        identity.Add(DiameterAttributeCode.UserName, AaaNames.User(user, message.HomeServer.Host));
        writer.Body.Bytes(identity.Finish()[DiameterHeader.SizeBytes..]);
        writer.Body.Bytes(AaaNames.Attributes(message.Content, new AaaExchange(user, true, false, scope)));
    }

    public override AccessRequest? Read(Ipv6Packet packet, FormScope scope)
    {
        if (!packet.HasGoodChecksum || packet.Payload.Length < 8
            || !DiameterMessage.Read(AaaNames.Message(packet.Payload[8..])).TryGet(out var attributes)
            || !attributes.TryFind(DiameterAttributeCode.UserName, out var name) || AaaNames.ServerOf(name.Data) is not { } server
            || AaaNames.Content(attributes, new AaaExchange(packet.Header.Source.Host, true, false, scope)) is not { } content)
            return null;
        return new AccessRequest(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(packet.Payload[4..]), Address.Of(server), content);
    }
}

/// <summary>A reply on the link: the other type for private experimentation, whose code is the result: 0 for success.</summary>
public sealed class AccessReplyForm : MessageForm<AccessReply>
{
    private const byte Refused = 1;

    public override IReadOnlyList<FormKey> Keys { get; } =
        [new(IpProtocol.Icmpv6, FormKey.ExperimentalAnswer), new(IpProtocol.Icmpv6, FormKey.ExperimentalAnswer, Refused)];

    public override void Write(AccessReply message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        writer.Begin(IpProtocol.Icmpv6);
        writer.Body.Byte(FormKey.ExperimentalAnswer);
        writer.Body.Byte(message.Success ? (byte)0 : Refused);
        writer.Body.Zeros(2);
        writer.Body.UInt32(message.Identifier);
        writer.Body.Bytes(AaaNames.Attributes(message.Content, new AaaExchange(scope.Packet.Destination.Host, false, message.Success, scope)));
    }

    public override AccessReply? Read(Ipv6Packet packet, FormScope scope)
    {
        if (!packet.HasGoodChecksum || packet.Payload.Length < 8 || !DiameterMessage.Read(AaaNames.Message(packet.Payload[8..])).TryGet(out var attributes))
            return null;
        var success = packet.Payload[1] == 0;
        return AaaNames.Content(attributes, new AaaExchange(packet.Header.Destination.Host, false, success, scope)) is { } content
            ? new AccessReply(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(packet.Payload[4..]), success, content)
            : null;
    }
}

/// <summary>What MIP6-Request and MIP6-Answer (RFC 5778) share: one SCTP DATA chunk, and the attributes around the content.</summary>
internal static class AaaCarrier
{
    private const uint Success = 2001;

    /// <summary>DIAMETER_AUTHORIZATION_REJECTED.</summary>
    private const uint Rejected = 5003;

    public static void Write(uint hopByHop, NodeId user, NodeId homeServer, bool? success, AaaContent content, FormScope scope, ref Ipv6PacketWriter writer)
    {
        var origin = scope.Packet.Source.Host;
        var flags = success is null ? DiameterFlags.Request | DiameterFlags.Proxiable : DiameterFlags.Proxiable;
        var header = new DiameterHeader(flags, DiameterHeader.MobileIpv6Request, DiameterHeader.MobileIpv6Application, hopByHop, hopByHop);
        var message = new DiameterWriter(new byte[2048], header);
        message.Add(DiameterAttributeCode.SessionId, SessionOf(user, homeServer, scope));
        message.Add(DiameterAttributeCode.AuthApplicationId, DiameterHeader.MobileIpv6Application);
        if (success is { } result)
            message.Add(DiameterAttributeCode.ResultCode, result ? Success : Rejected);
        message.Add(DiameterAttributeCode.OriginHost, AaaNames.Host(origin));
        message.Add(DiameterAttributeCode.OriginRealm, AaaNames.Realm(origin));
        if (success is null)
            message.Add(DiameterAttributeCode.DestinationRealm, AaaNames.Realm(homeServer));
        message.Add(DiameterAttributeCode.UserName, AaaNames.User(user, homeServer));
        var exchange = new AaaExchange(user, success is null, success ?? false, scope);
        var attributes = AaaNames.Attributes(content, exchange);
        var around = message.Finish();
        byte[] bytes = [.. around, .. attributes];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, 1U << 24 | (uint)bytes.Length);
        var tag = (uint)origin.Index + 1;
        writer.AddSctp(new SctpData(SctpData.DiameterPort, SctpData.DiameterPort, tag, hopByHop, SctpData.DiameterProtocol, bytes));
    }

    /// <summary>The parts of a message; false where something is wrong with it.</summary>
    public static bool TryRead(
        Ipv6Packet packet, FormScope scope, bool isRequest, out uint hopByHop, out NodeId user, out NodeId server, out bool success, out AaaContent content)
    {
        (hopByHop, user, server, success, content) = (0, default, default, false, null!);
        if (!packet.ReadSctp().TryGet(out var chunk) || !DiameterMessage.Read(chunk.Data).TryGet(out var message)
            || ((message.Header.Flags & DiameterFlags.Request) != 0) != isRequest
            || !message.TryFind(DiameterAttributeCode.UserName, out var name)
            || AaaNames.UserOf(name.Data) is not { } named || AaaNames.ServerOf(name.Data) is not { } home || !scope.Codec.Plan.IsMobile(named))
            return false;
        success = message.TryFind(DiameterAttributeCode.ResultCode, out var result) && result.Data is [_, _, 0x07, 0xD1];
        (hopByHop, user, server) = (message.Header.HopByHop, named, home);
        content = AaaNames.Content(message, new AaaExchange(named, isRequest, success, scope))!;
        return content is not null;
    }

    /// <summary>`host;number`, the same for both ways of an exchange.</summary>
    private static byte[] SessionOf(NodeId user, NodeId homeServer, FormScope scope) =>
        [.. AaaNames.Host(homeServer), (byte)';', .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(user.Index << 12 | scope.Handover.Number & 0xFFF) & 0xFFFFFFF:x7}"))];
}

public sealed class AaaRequestForm : MessageForm<AaaRequest>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [new(IpProtocol.Sctp)];

    public override void Write(AaaRequest message, FormScope scope, ref Ipv6PacketWriter writer) =>
        AaaCarrier.Write(message.HopByHop, message.User, message.HomeServer.Host, null, message.Content, scope, ref writer);

    public override AaaRequest? Read(Ipv6Packet packet, FormScope scope) =>
        AaaCarrier.TryRead(packet, scope, true, out var hopByHop, out var user, out var server, out _, out var content)
            ? new AaaRequest(hopByHop, user, Address.Of(server), content)
            : null;
}

public sealed class AaaAnswerForm : MessageForm<AaaAnswer>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [new(IpProtocol.Sctp)];

    public override void Write(AaaAnswer message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        var exchange = new AaaExchange(message.User, false, message.Success, scope);
        AaaCarrier.Write(message.HopByHop, message.User, exchange.HomeServer, message.Success, message.Content, scope, ref writer);
    }

    public override AaaAnswer? Read(Ipv6Packet packet, FormScope scope) =>
        AaaCarrier.TryRead(packet, scope, false, out var hopByHop, out var user, out _, out var success, out var content)
            ? new AaaAnswer(hopByHop, user, success, content)
            : null;
}
