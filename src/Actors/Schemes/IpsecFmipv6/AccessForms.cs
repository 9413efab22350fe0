using Actors.Mobility.Credentials;
using Actors.Network.Forms;
using Actors.Schemes.Fmipv6;
using Actors.Security.Ike;
using Actors.Security.Keys;
using Actors.Wire.Ikev2;
using Actors.Wire.Ipv6;
using Actors.Wire.Transport;
using Topology.Plans;
using RealAuthentication = Actors.Security.Ike.Authentication;
using RealCertificate = Actors.Security.Certificates.Certificate;

namespace Actors.Schemes.IpsecFmipv6;

/// <summary>IKE_SA_INIT or IKE_SESSION_RESUME of a mobile node on the new link, over UDP 500.</summary>
public sealed class AccessInitiationForm : MessageForm<AccessInitiation>
{
    private const ushort TicketOpaque = 16413;
    private const int TicketBytes = 128;

    public override IReadOnlyList<FormKey> Keys { get; } = [new(IpProtocol.Udp, UdpDatagram.Ikev2Port)];

    public override void Write(AccessInitiation message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        var keys = scope.Keys;
        keys.Offer(scope.Handover, scope.Packet.Source.Host, message.Nonce, message.KeyShare);
        var header = new Ikev2Header(
            keys.SpiOf(message.Nonce), 0, default, message.Resumes ? Ikev2Exchange.IkeSessionResume : Ikev2Exchange.IkeSaInit, Ikev2Flags.Initiator, 0);
        var chain = new Ikev2ChainWriter(new byte[ChainPayloads.LargestBytes], header);
        if (message.Resumes)
        {
            Span<byte> ticket = stackalloc byte[TicketBytes];
            keys.WriteToken(ticket, message.KeyShare, (ulong)message.Proposal);
            ChainPayloads.AddNonce(ref chain, message.Nonce, keys);
            chain.Add(Ikev2PayloadType.Notify, new Ikev2Notify(Ikev2Protocol.None, TicketOpaque, [], ticket));
        }
        else
        {
            chain.AddSecurityAssociation();
            ChainPayloads.AddProposals(ref chain, Ikev2Protocol.Ike, [], message.Proposal, keys);
            ChainPayloads.AddKeyExchange(ref chain, scope, message.KeyShare, isOffer: true);
            ChainPayloads.AddNonce(ref chain, message.Nonce, keys);
        }

        AccessBytes.Add(ref writer, chain.Finish(), keys, message.Nonce);
    }

    public override AccessInitiation? Read(Ipv6Packet packet, FormScope scope) =>
        packet.ReadUdp().TryGet(out var datagram) && Ikev2Message.Read(datagram.Data).TryGet(out var message) ? Of(message, scope.Keys) : null;

    /// <summary>The initiation that a message is; null for none.</summary>
    internal static AccessInitiation? Of(Ikev2Message message, KeyRing keys)
    {
        var resumes = message.Header.Exchange == Ikev2Exchange.IkeSessionResume;
        if (message.Header.Flags != Ikev2Flags.Initiator || (!resumes && message.Header.Exchange != Ikev2Exchange.IkeSaInit)
            || !ChainPayloads.TryReadNonce(message.Payloads, keys, out var nonce, out _))
            return null;
        if (!resumes)
        {
            return ChainPayloads.TryReadSuites(message.Payloads, out var suites)
                ? new AccessInitiation(nonce, keys.ShareOf(ChainPayloads.ReadShare(message.Payloads)) ?? 0, suites, false)
                : null;
        }

        return message.Payloads.TryFind(Ikev2PayloadType.Notify, out var payload) && payload.Read<Ikev2Notify>().TryGet(out var ticket)
            && ticket.Type == TicketOpaque && keys.TryReadToken(ticket.Data, out var share, out var proposal)
            ? new AccessInitiation(nonce, share, (CipherSuites)proposal, true)
            : null;
    }
}

/// <summary>The answer; the nonce of one that resumes holds the share too, which the ticket takes the place of.</summary>
public sealed class AccessResponseForm : MessageForm<AccessResponse>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [new(IpProtocol.Udp, UdpDatagram.Ikev2Port)];

    public override void Write(AccessResponse message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        var keys = scope.Keys;
        var exchange = message.Resumes ? Ikev2Exchange.IkeSessionResume : Ikev2Exchange.IkeSaInit;
        var header = new Ikev2Header(keys.SpiOf(message.InitiatorNonce), keys.SpiOf(message.Nonce), default, exchange, Ikev2Flags.Response, 0);
        var chain = new Ikev2ChainWriter(new byte[ChainPayloads.LargestBytes], header);
        if (!message.Resumes)
        {
            chain.AddSecurityAssociation();
            ChainPayloads.AddProposals(ref chain, Ikev2Protocol.Ike, [], message.Suite, keys);
            ChainPayloads.AddKeyExchange(ref chain, scope, message.KeyShare, isOffer: false);
        }

        ChainPayloads.AddNonce(ref chain, message.Nonce, keys, message.Resumes ? message.KeyShare : 0);
        keys.Answer(
            message.InitiatorNonce, scope.Packet.Source.Host, message.Nonce, message.KeyShare, message.Resumes ? ExchangeKind.Resumed : ExchangeKind.Direct);
        AccessBytes.Add(ref writer, chain.Finish(), keys, message.Nonce);
    }

    public override AccessResponse? Read(Ipv6Packet packet, FormScope scope) =>
        packet.ReadUdp().TryGet(out var datagram) && Ikev2Message.Read(datagram.Data).TryGet(out var message) ? Of(message, scope.Keys) : null;

    /// <summary>The response that a message is; null for none.</summary>
    internal static AccessResponse? Of(Ikev2Message message, KeyRing keys)
    {
        var resumes = message.Header.Exchange == Ikev2Exchange.IkeSessionResume;
        if (message.Header.Flags != Ikev2Flags.Response || (!resumes && message.Header.Exchange != Ikev2Exchange.IkeSaInit)
            || message.Payloads.TryFind(Ikev2PayloadType.Certificate, out _)
            || keys.NonceOf(message.Header.InitiatorSpi) is not { } initiatorNonce
            || !ChainPayloads.TryReadNonce(message.Payloads, keys, out var nonce, out var share))
            return null;
        if (resumes)
            return new AccessResponse(initiatorNonce, nonce, share, CipherSuites.AesGcm, true);
        return ChainPayloads.TryReadSuites(message.Payloads, out var suites)
            ? new AccessResponse(initiatorNonce, nonce, keys.ShareOf(ChainPayloads.ReadShare(message.Payloads)) ?? 0, suites, false)
            : null;
    }
}

/// <summary>The chain of M3 as the payloads of an IKE_SA_INIT response.</summary>
public sealed class AccessAnswerForm : MessageForm<AccessAnswer>
{
    public override IReadOnlyList<FormKey> Keys { get; } = [new(IpProtocol.Udp, UdpDatagram.Ikev2Port)];

    public override void Write(AccessAnswer message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        var form = scope.Codec.Forms.Parts<IChainForm>().First(form => form.Extension == message.Answer.GetType());
        var chain = form.WriteChain(message.Answer, scope, out var first);
        var responder = scope.Keys.SessionsWith(message.InitiatorNonce).LastOrDefault(session => session.Responder == scope.Packet.Source.Host)?.ResponderSpi ?? 0;
        writer.AddUdp(
            UdpDatagram.Ikev2Port,
            UdpDatagram.Ikev2Port,
            AccessBytes.Message(new Ikev2Header(
                scope.Keys.SpiOf(message.InitiatorNonce), responder, first, Ikev2Exchange.IkeSaInit, Ikev2Flags.Response, 0), chain));
    }

    public override AccessAnswer? Read(Ipv6Packet packet, FormScope scope)
    {
        if (!packet.ReadUdp().TryGet(out var datagram) || !Ikev2Message.Read(datagram.Data).TryGet(out var message)
            || message.Header is not { Exchange: Ikev2Exchange.IkeSaInit, Flags: Ikev2Flags.Response }
            || !message.Payloads.TryFind(Ikev2PayloadType.Certificate, out _)
            || scope.Keys.NonceOf(message.Header.InitiatorSpi) is not { } initiatorNonce
            || !Ikev2Chain.Read(message.Header.FirstPayload, datagram.Data[Ikev2Header.SizeBytes..]).TryGet(out var chain))
            return null;
        foreach (var form in scope.Codec.Forms.Parts<IChainForm>())
        {
            if (form.ReadChain(chain, scope) is { } answer)
                return new AccessAnswer(initiatorNonce, answer);
        }

        return null;
    }
}

/// <summary>IKE_AUTH: an encrypted payload with ID, CERT, AUTH, SA, TSi and TSr (RFC 7296 section 1.2).</summary>
public sealed class AccessAuthenticationForm : MessageForm<AccessAuthentication>
{
    private const int ProofBytes = 32;

    public override IReadOnlyList<FormKey> Keys { get; } = [new(IpProtocol.Udp, UdpDatagram.Ikev2Port)];

    public override void Write(AccessAuthentication message, FormScope scope, ref Ipv6PacketWriter writer)
    {
        var (keys, speaker) = (scope.Keys, scope.Packet.Source.Host);
        var (session, isAuthentic) = ExchangeOf(message, scope);
        var identification = Identification(speaker);
        var inside = new Ikev2ChainWriter(new byte[ChainPayloads.LargestBytes]);
        inside.Add(message.IsResponse ? Ikev2PayloadType.IdentificationResponder : Ikev2PayloadType.IdentificationInitiator, identification);
        if (message.Signature is not null)
        {
            var credential = keys.CredentialOf(speaker);
            var signature = keys.Sign(speaker, Octets(keys, session, message.IsResponse, identification));
            if (!isAuthentic)
                signature = [.. signature.AsSpan(0, signature.Length - 1), (byte)(signature[^1] ^ 1)];
            inside.Add(Ikev2PayloadType.Certificate, new Ikev2Certificate(Ikev2CertificateEncoding.X509Signature, credential.Certificate.Encoded.Span));
            inside.Add(
                Ikev2PayloadType.Authentication,
                new Ikev2Authentication(Ikev2AuthenticationMethod.DigitalSignature, RealAuthentication.Data(keys.Profile.Signature, signature)));
        }
        else
        {
            Span<byte> proof = stackalloc byte[ProofBytes];
            keys.Write(message.Proof ?? default, proof);
            inside.Add(Ikev2PayloadType.Authentication, new Ikev2Authentication(Ikev2AuthenticationMethod.SharedKey, proof));
        }

        Span<byte> spi = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(
            spi, keys.SpiOf(message.InitiatorNonce, Security.Esp.EncapsulationMode.Transport, session.Kind));
        inside.AddSecurityAssociation();
        ChainPayloads.AddProposals(ref inside, Ikev2Protocol.Esp, spi, CipherSuites.AesGcm, keys, isChild: true);
        var (mobile, router) = message.IsResponse ? (scope.Packet.Destination, scope.Packet.Source) : (scope.Packet.Source, scope.Packet.Destination);
        inside.AddTrafficSelectors(Ikev2PayloadType.TrafficSelectorsInitiator, [Ikev2TrafficSelector.Of(mobile)]);
        inside.AddTrafficSelectors(Ikev2PayloadType.TrafficSelectorsResponder, [Ikev2TrafficSelector.Of(router)]);
        var first = inside.First;
        var payloads = inside.Finish();
        var header = new Ikev2Header(
            session.InitiatorSpi, session.ResponderSpi, default, Ikev2Exchange.IkeAuth, message.IsResponse ? Ikev2Flags.Response : Ikev2Flags.Initiator, 1);
        var chain = new Ikev2ChainWriter(new byte[ChainPayloads.LargestBytes], header);
        chain.AddEncrypted(first, EncryptedPayload.BodyBytes(session.Keys.Suite, payloads.Length));
        var bytes = chain.Finish().ToArray();
        using var cipher = Cipher(session, message.IsResponse);
        EncryptedPayload.Seal(cipher, bytes, payloads, 1);
        writer.AddUdp(UdpDatagram.Ikev2Port, UdpDatagram.Ikev2Port, bytes);
    }

    public override AccessAuthentication? Read(Ipv6Packet packet, FormScope scope)
    {
        var keys = scope.Keys;
        if (!packet.ReadUdp().TryGet(out var datagram) || !Ikev2Message.Read(datagram.Data).TryGet(out var message)
            || message.Header.Exchange != Ikev2Exchange.IkeAuth || keys.NonceOf(message.Header.ResponderSpi) is not { } nonce
            || keys.SessionOf(nonce) is not { } session || session.InitiatorSpi != message.Header.InitiatorSpi
            || !message.Payloads.TryFind(Ikev2PayloadType.Encrypted, out var encrypted))
            return null;
        var isResponse = (message.Header.Flags & Ikev2Flags.Response) != 0;
        using var cipher = Cipher(session, isResponse);
        if (EncryptedPayload.Open(cipher, datagram.Data, datagram.Data.Length - encrypted.Body.Length) is not { } inside
            || !Ikev2Chain.Read(encrypted.Next, inside).TryGet(out var chain)
            || !chain.TryFind(Ikev2PayloadType.Authentication, out var payload) || !payload.Read<Ikev2Authentication>().TryGet(out var authentication))
            return null;
        if (authentication.Method == Ikev2AuthenticationMethod.SharedKey)
            return new AccessAuthentication(session.InitiatorNonce, isResponse, null, keys.ReadAuthenticator(authentication.Data));
        var type = isResponse ? Ikev2PayloadType.IdentificationResponder : Ikev2PayloadType.IdentificationInitiator;
        if (!chain.TryFind(type, out var identification) || !chain.TryFind(Ikev2PayloadType.Certificate, out var carried)
            || !carried.Read<Ikev2Certificate>().TryGet(out var encoded))
            return null;
        var speaker = scope.Packet.Source.Host;
        var isSigned = RealCertificate.Read(encoded.Data) is { } certificate && keys.SubjectOf(certificate, scope.Elapsed) == speaker
            && RealAuthentication.Verify(
                certificate.KeyAlgorithm, certificate.PublicKey, Octets(keys, session, isResponse, identification.Body), authentication.Data);
        var (initiation, response) = AccessBytes.Exchange(keys, session);
        if (initiation is null || response is null)
            return null;
        var authentic = AccessExchange.Prove(speaker, scope.Packet.Destination.Host, isResponse, initiation, response);
        return authentic with { Signature = isSigned ? authentic.Signature : default(Signature), Proof = null };
    }

    private static PacketCipher Cipher(IkeSession session, bool isResponse) => PacketCipher.Create(
        session.Keys.Suite,
        isResponse ? session.Keys.ResponderEncryption.Span : session.Keys.InitiatorEncryption.Span,
        isResponse ? session.Keys.ResponderIntegrity.Span : session.Keys.InitiatorIntegrity.Span);

    private static byte[] Octets(KeyRing keys, IkeSession session, bool isResponse, ReadOnlySpan<byte> identification) =>
        RealAuthentication.Octets(
            keys.FirstMessageOf(isResponse ? session.ResponderNonce : session.InitiatorNonce),
            isResponse ? session.Exchange.InitiatorNonce.Span : session.Exchange.ResponderNonce.Span,
            isResponse ? session.Keys.ResponderAuthentication.Span : session.Keys.InitiatorAuthentication.Span,
            identification);

    /// <summary>The exchange that a message proves, or for want of one the first that it could be of: a router may have answered twice, with other nonces.</summary>
    private static (IkeSession Session, bool IsAuthentic) ExchangeOf(AccessAuthentication message, FormScope scope)
    {
        IkeSession? first = null;
        foreach (var session in scope.Keys.SessionsWith(message.InitiatorNonce))
        {
            if (AccessBytes.Exchange(scope.Keys, session) is not ({ } initiation, { } response))
                continue;
            if (AccessExchange.IsAuthentic(message, scope.Packet.Source.Host, scope.Packet.Destination.Host, initiation, response))
                return (session, true);
            first ??= session;
        }

        return (first ?? throw new InvalidOperationException($"{message.Name} of node {scope.Packet.Source.Host} belongs to no exchange"), false);
    }

    /// <summary>Body of an ID payload: an IPv6 address that names the node.</summary>
    private static byte[] Identification(NodeId node)
    {
        var body = new byte[4 + 16];
        body[0] = (byte)Ikev2IdentificationType.Ipv6Address;
        global::Topology.Addressing.Address.Of(node).CopyTo(body.AsSpan(4));
        return body;
    }
}

/// <summary>What the messages over UDP 500 share.</summary>
internal static class AccessBytes
{
    /// <summary>A message of an exchange's beginning, which AUTH will cover.</summary>
    /// <param name="nonce">Of who sends it.</param>
    public static void Add(ref Ipv6PacketWriter writer, ReadOnlySpan<byte> message, KeyRing keys, ulong nonce)
    {
        keys.Keep(nonce, message);
        writer.AddUdp(UdpDatagram.Ikev2Port, UdpDatagram.Ikev2Port, message);
    }

    /// <summary>An IKE header before a chain that is complete.</summary>
    public static byte[] Message(Ikev2Header header, ReadOnlySpan<byte> chain)
    {
        var bytes = new byte[Ikev2Header.SizeBytes + chain.Length];
        Wire.WireFormat.Write(header with { LengthBytes = (uint)bytes.Length }, bytes);
        chain.CopyTo(bytes.AsSpan(Ikev2Header.SizeBytes));
        return bytes;
    }

    /// <summary>How an exchange has begun, as its bytes say; null for what has not been sent.</summary>
    public static (AccessInitiation? Initiation, AccessResponse? Response) Exchange(KeyRing keys, IkeSession session) => (
        Ikev2Message.Read(keys.FirstMessageOf(session.InitiatorNonce)).TryGet(out var initiation) ? AccessInitiationForm.Of(initiation, keys) : null,
        Ikev2Message.Read(keys.FirstMessageOf(session.ResponderNonce)).TryGet(out var response) ? AccessResponseForm.Of(response, keys) : null);
}
