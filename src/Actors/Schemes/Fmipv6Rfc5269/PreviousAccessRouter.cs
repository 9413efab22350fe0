using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Schemes.Fmipv6;
using Actors.Security;
using Topology.Addressing;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Schemes.Fmipv6Rfc5269;

/// <summary>The handover key of a mobile node, and the solicitation that is being answered or was last.</summary>
public sealed class KeyRecord(NodeId mobile) : MobileSession(mobile)
{
    /// <summary>Null until a first solicitation is verified.</summary>
    public SecretKey? Key { get; set; }

    /// <summary>A solicitation under computation; null when there is none.</summary>
    public KeyRequest? Pending { get; set; }

    /// <summary>The last solicitation that was answered, and the answer.</summary>
    public (ushort Identifier, ProxyRouterAdvertisement Advertisement)? Answered { get; set; }
}

/// <summary>A solicitation on its way through verification, encryption and signature.</summary>
public sealed class KeyRequest(KeyRecord record, Packet packet)
{
    public KeyRecord Record { get; } = record;

    public Packet Packet { get; } = packet;

    public ProxyRouterSolicitation Solicitation => (ProxyRouterSolicitation)Packet.Message;

    public HandoverKeyRequest Request => (HandoverKeyRequest)Solicitation.Extension!;

    public bool IsVerified { get; set; }

    /// <summary>The handover key, once it is encrypted to the mobile node.</summary>
    public WrappedKey? Encrypted { get; set; }

    /// <summary>The router of the access point; null where nobody knows it, and when it is not looked up yet.</summary>
    public Address? NewRouter { get; set; }
}

/// <summary>
/// A previous access router that answers a signed RtSolPr with a handover key (RFC 5269) and takes only an FBU that is
/// authorized by it.
/// </summary>
public sealed class PreviousAccessRouter : Fmipv6.PreviousAccessRouter
{
    /// <summary>TIMESTAMP_DELTA of RFC 3971 section 10.</summary>
    private static readonly TimeSpan TimestampDelta = TimeSpan.FromSeconds(300);

    private readonly NetworkFacts _network;
    private readonly SigningKey _signing;
    private readonly NodeId _self;
    private readonly SendOptions _send;
    private RandomStream _keys;

    public PreviousAccessRouter(RoleContext context, bool redirectsAtUpdate)
        : base(context, redirectsAtUpdate)
    {
        _network = context.Network;
        _send = SendOptions.Of(context.Profile);
        _self = context.Node.Id;
        _signing = new SigningKey(_self, SendOptions.TrustAnchor);
        Keys = new SessionTable<KeyRecord>(Departures.Lifetime);
    }

    /// <summary>Kept as long as departures are: a key is of use while packets are forwarded (RFC 5269 section 3.6).</summary>
    public SessionTable<KeyRecord> Keys { get; }

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        Keys.Clear();
        _keys = run.Stream((ulong)_self.Index, StreamPurpose.Nonce);
    }

    public override void OnComputed(object continuation, Effects effects)
    {
        if (continuation is not KeyRequest request || !Keys.Holds(request.Record) || !ReferenceEquals(request.Record.Pending, request))
            return;
        if (!request.IsVerified)
            OnVerified(request, effects);
        else if (request.NewRouter is not null && request.Encrypted is null)
            OnEncrypted(request, effects);
        else
            OnSigned(request, effects);
    }

    protected override void OnSolicitation(Packet packet, ProxyRouterSolicitation solicitation, Effects effects)
    {
        Keys.Expire(effects);
        if (solicitation.Extension is not HandoverKeyRequest request
            || Math.Abs(effects.Now.Ticks - request.Timestamp) > TimestampDelta.Ticks)
            return;
        if (!Keys.TryFind(packet.Source.Host, out var record))
        {
            record = new KeyRecord(packet.Source.Host);
            Keys.Put(record, effects);
        }

        // One computation at a time: a copy, or a forged solicitation, waits for the verdict on the first.
        if (record.Pending is not null)
            return;
        if (record.Answered is { } answered && answered.Identifier == solicitation.Identifier)
        {
            Keys.Touch(record, effects);
            Advertise(packet.Source, answered.Advertisement, packet.Handover, effects);
        }
        else if (record.Answered is not { } former || SequenceNumber.IsNewer(solicitation.Identifier, former.Identifier))
        {
            record.Pending = new KeyRequest(record, packet);
            effects.Compute(CryptoOperation.RsaVerify, record.Pending);
        }
    }

    protected override void OnUpdate(Packet packet, FastBindingUpdate update, Effects effects)
    {
        Keys.Expire(effects);
        if (update.Extension is not AuthorizationData data
            || !Keys.TryFind(update.PreviousCareOfAddress.Host, out var record) || record.Key is not { } key
            || !key.Verify(data.Proof, AuthorizationData.Covered(update)))
            return;
        Keys.Touch(record, effects);
        base.OnUpdate(packet, update, effects);
    }

    protected override MessageExtension? ProofOf(NodeId mobile, FastBindingAcknowledgment acknowledgment) =>
        Keys.TryFind(mobile, out var record) && record.Key is { } key
            ? new AuthorizationData(key.Authenticate(AuthorizationData.Covered(acknowledgment)))
            : null;

    private void OnVerified(KeyRequest request, Effects effects)
    {
        var record = request.Record;
        if (!request.Request.IsAuthentic(request.Packet.Source, Address, request.Solicitation))
        {
            // An existing record is left as it is (RFC 5269 section 3.2).
            record.Pending = null;
            if (record.Key is null && record.Answered is null)
                Keys.Remove(record, effects);
            return;
        }

        request.IsVerified = true;
        Keys.Touch(record, effects);
        if (_network.RouterOf(request.Solicitation.NewAccessPoint) is { } router)
        {
            request.NewRouter = Address.Of(router);
            record.Key ??= new SecretKey(default(Digest).With(_keys.NextUInt64()));
            effects.Compute(CryptoOperation.RsaEncrypt, request);
        }
        else
        {
            effects.Compute(CryptoOperation.RsaSign, request);
        }
    }

    private static void OnEncrypted(KeyRequest request, Effects effects)
    {
        request.Encrypted = request.Request.EncryptionKey.Encrypt(request.Record.Key!.Value);
        effects.Compute(CryptoOperation.RsaSign, request);
    }

    private void OnSigned(KeyRequest request, Effects effects)
    {
        var solicitation = request.Solicitation;
        var code = request.NewRouter is null ? ProxyCode.NoInformation : ProxyCode.Information;
        var lifetime = request.Encrypted is null ? (ushort)0 : (ushort)Math.Clamp(Keys.Lifetime.TotalSeconds, 1, ushort.MaxValue);
        var advertisement = new ProxyRouterAdvertisement(solicitation.Identifier, code, solicitation.NewAccessPoint, request.NewRouter);
        var signature = _signing.Sign(HandoverKeyReply.Covered(
            Address, request.Packet.Source, advertisement, request.Request.Nonce, request.Encrypted, lifetime));
        advertisement = advertisement with { Extension = new HandoverKeyReply(request.Request.Nonce, request.Encrypted, lifetime, signature) { Send = _send } };
        request.Record.Pending = null;
        request.Record.Answered = (solicitation.Identifier, advertisement);
        Advertise(request.Packet.Source, advertisement, request.Packet.Handover, effects);
    }
}
