using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network.Forms;
using Actors.Security.Keys;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;

namespace Actors.Schemes.Mipv6Rr;

public sealed class HomeTestInitForm : MessageForm<HomeTestInit>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.HomeTestInit)];

    public override void Write(HomeTestInit message, FormScope scope, ref Ipv6PacketWriter writer) => writer.BeginMobility(new HomeTestInitHeader(message.Cookie));

    public override HomeTestInit? Read(Ipv6Packet packet, FormScope scope) =>
        packet.ReadMobility<HomeTestInitHeader>().TryGet(out var read) ? new HomeTestInit(read.Body.Cookie) : null;
}

public sealed class CareOfTestInitForm : MessageForm<CareOfTestInit>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.CareOfTestInit)];

    public override void Write(CareOfTestInit message, FormScope scope, ref Ipv6PacketWriter writer) => writer.BeginMobility(new CareOfTestInitHeader(message.Cookie));

    public override CareOfTestInit? Read(Ipv6Packet packet, FormScope scope) =>
        packet.ReadMobility<CareOfTestInitHeader>().TryGet(out var read) ? new CareOfTestInit(read.Body.Cookie) : null;
}

public sealed class HomeTestForm : MessageForm<HomeTest>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.HomeTest)];

    public override void Write(HomeTest message, FormScope scope, ref Ipv6PacketWriter writer) =>
        writer.BeginMobility(new HomeTestHeader(message.NonceIndex, message.Cookie, message.Token.Value.Value));

    public override HomeTest? Read(Ipv6Packet packet, FormScope scope) =>
        packet.ReadMobility<HomeTestHeader>().TryGet(out var read)
            ? new HomeTest(read.Body.NonceIndex, read.Body.Cookie, new KeygenToken(new Digest(read.Body.KeygenToken)))
            : null;
}

public sealed class CareOfTestForm : MessageForm<CareOfTest>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.CareOfTest)];

    public override void Write(CareOfTest message, FormScope scope, ref Ipv6PacketWriter writer) =>
        writer.BeginMobility(new CareOfTestHeader(message.NonceIndex, message.Cookie, message.Token.Value.Value));

    public override CareOfTest? Read(Ipv6Packet packet, FormScope scope) =>
        packet.ReadMobility<CareOfTestHeader>().TryGet(out var read)
            ? new CareOfTest(read.Body.NonceIndex, read.Body.Cookie, new KeygenToken(new Digest(read.Body.KeygenToken)))
            : null;
}

/// <summary>A binding update without flag H, whose care-of address is its source.</summary>
public sealed class CorrespondentUpdateForm : MessageForm<CorrespondentUpdate>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.BindingUpdate)];

    public override void Write(CorrespondentUpdate message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        writer.AddHomeAddress(message.HomeAddress);
        writer.BeginMobility(new BindingUpdateHeader(message.Sequence, BindingUpdateFlags.Acknowledge, message.LifetimeUnits));
        writer.AddMobilityOption(new NonceIndicesOption(message.HomeNonceIndex, message.CareOfNonceIndex));
        AuthorizationBytes.Add(ref writer, message.Authorization, scope.Keys);
    }

    public override CorrespondentUpdate? Read(Ipv6Packet packet, FormScope scope) =>
        packet.HomeAddress is { } home && packet.ReadMobility<BindingUpdateHeader>().TryGet(out var read)
            && read.Body.Flags == BindingUpdateFlags.Acknowledge && read.Options.TryFind<NonceIndicesOption>(out var nonces)
            && AuthorizationBytes.Find(read.Options, scope.Keys) is { } authorization
            ? new CorrespondentUpdate(home, read.Body.Sequence, read.Body.LifetimeUnits, nonces.Home, nonces.CareOf, authorization)
            : null;
}

/// <summary>The acknowledgement of one who is not the agent of the home address in its routing header.</summary>
public sealed class CorrespondentAcknowledgementForm : MessageForm<CorrespondentAcknowledgement>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [FormKey.Mobility(MobilityType.BindingAcknowledgement)];

    public override void Write(CorrespondentAcknowledgement message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        writer.AddRoutingHeader(scope.HomeAddressOf(scope.Packet.Destination.Host));
        writer.BeginMobility(new BindingAcknowledgementHeader((byte)message.Status, BindingAcknowledgementFlags.None, message.Sequence, message.LifetimeUnits));
        if (message.Authorization is { } authorization)
            AuthorizationBytes.Add(ref writer, authorization, scope.Keys);
    }

    public override CorrespondentAcknowledgement? Read(Ipv6Packet packet, FormScope scope) =>
        packet.RoutedTo is { } home && home.PrefixOwner != packet.Header.Source.Host && packet.ReadMobility<BindingAcknowledgementHeader>().TryGet(out var read)
            ? new CorrespondentAcknowledgement(
                (BindingStatus)read.Body.Status,
                read.Body.Sequence,
                read.Body.LifetimeUnits,
                AuthorizationBytes.Find(read.Options, scope.Keys),
                (scope.Measured as CorrespondentAcknowledgement)?.AcceptedAt ?? default)
            : null;
}

/// <summary>Binding Authorization Data, 96 bits.</summary>
internal static class AuthorizationBytes
{
    private const int Bytes = 12;

    public static void Add(ref Ipv6PacketWriter writer, BindingAuthorization authorization, KeyRing keys)
    {
        Span<byte> field = stackalloc byte[Bytes];
        keys.Write(authorization.Value, field);
        writer.AddMobilityOption(new BindingAuthorizationDataOption(field));
    }

    public static BindingAuthorization? Find(MobilityOptions options, KeyRing keys) =>
        options.TryFind<BindingAuthorizationDataOption>(out var option) ? new BindingAuthorization(keys.ReadDigest(option.Authenticator)) : null;
}
