using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Observation;
using Actors.Schemes.Fmipv6;
using Actors.Security;
using Topology.Addressing;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Schemes.IbsFamipv6;

/// <summary>
/// A mobile node that learns the new network's signature parameters before the switch, and afterwards authenticates and
/// registers with one signed request.
/// </summary>
public class MobileNode : Fmipv6.MobileNode
{
    private static readonly object Signing = new();
    private readonly NodeId _homeAaa;
    private readonly SigningKey _key;
    private readonly bool _networkSigns;
    private RandomStream _nonces;
    private NodeId _visitedAuthority;
    private ulong _nonce;
    private uint _identifier;
    private RegistrationReply? _underVerification;
    private bool _asksNewRouter;

    /// <param name="networkSigns">Whether the visited AAA server signs its reply; else the home server's proof must be in it.</param>
    public MobileNode(RoleContext context, bool networkSigns = true)
        : base(context)
    {
        _networkSigns = networkSigns;
        _homeAaa = context.HomeAaa();
        _key = new SigningKey(Self, _homeAaa);
    }

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _nonces = run.Stream((ulong)Self.Index, StreamPurpose.Nonce);
        _identifier = 0;
        _underVerification = null;
        _asksNewRouter = false;
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is not AccessReply reply)
        {
            base.OnPacket(packet, effects);
        }
        else if (Step == HandoverStep.Authenticating && reply.Identifier == _identifier && _underVerification is null
            && reply.Content is RegistrationReply registration)
        {
            OnReply(registration, effects);
        }
    }

    public override void OnComputed(object continuation, Effects effects)
    {
        if (Step != HandoverStep.Authenticating)
            return;
        if (ReferenceEquals(continuation, Signing))
        {
            _nonce = _nonces.NextUInt64();
            RequestAccess(new AccessRequest(++_identifier, Address.Of(_homeAaa), Sign(_key, _nonce)), effects);
        }
        else if (ReferenceEquals(continuation, _underVerification))
        {
            OnVerified(_underVerification, effects);
        }
    }

    protected override void Prepare(Effects effects) => Solicit(new HomeRealm(Address.Of(_homeAaa)), effects);

    protected override void OnRouterKnown(ProxyRouterAdvertisement advertisement, Effects effects)
    {
        if (advertisement.Extension is not VisitedParameters parameters)
            return;
        _visitedAuthority = parameters.Authority;
        if (_asksNewRouter)
            base.Recover(HandoverStep.Binding, effects);
        else
            base.OnRouterKnown(advertisement, effects);
    }

    /// <summary>On the new link, it is the new router that gets the parameters from itself.</summary>
    protected override Address Advertiser => _asksNewRouter ? RouterAddress : Preparer;

    /// <summary>Without the new network's parameters there is no authentication: ask for them first.</summary>
    protected override void Recover(HandoverStep lostIn, Effects effects)
    {
        if (lostIn == HandoverStep.Binding)
        {
            base.Recover(lostIn, effects);
            return;
        }

        _asksNewRouter = true;
        Prepare(effects);
    }

    protected override void Ended(Effects effects)
    {
        base.Ended(effects);
        _asksNewRouter = false;
    }

    protected override void Attached(Effects effects)
    {
        Announce(effects);
        Step = HandoverStep.Authenticating;
        _underVerification = null;
        effects.Mark(Mark.AuthenticationSent);
        effects.Compute(CryptoOperation.IdentitySign, Signing);
    }

    /// <summary>The acknowledgement may overtake the reply; the handover ends with the later of the two.</summary>
    protected override void Registered(Effects effects)
    {
        if (Step == HandoverStep.Registering)
            base.Registered(effects);
    }

    /// <summary>What the node asks for and signs.</summary>
    protected virtual SignedRequest Sign(SigningKey key, ulong nonce)
    {
        var update = FirstBindingUpdate();
        return new RegistrationRequest(nonce, update, key.Sign(RegistrationRequest.Covered(Self, nonce, update)));
    }

    protected virtual void RequestAccess(AccessRequest request, Effects effects) => Ask(RouterAddress, request, effects);

    /// <summary>The network's signature holds.</summary>
    protected virtual void Authenticated(Effects effects)
    {
        Answered(effects);
        effects.Mark(Mark.Authenticated);
        if (IsRegistering)
            AwaitRegistration(effects);
        else
            Succeed(effects);
    }

    private void OnReply(RegistrationReply reply, Effects effects)
    {
        if (_networkSigns)
        {
            _underVerification = reply;
            effects.Compute(CryptoOperation.IdentityVerify, reply);
        }
        else if (reply.Nonce == _nonce && reply.HomeProof is { } proof
            && new SharedKey(Self, _homeAaa).Verify(proof, RegistrationReply.Covered(Self, _nonce)))
        {
            Authenticated(effects);
        }
    }

    private void OnVerified(RegistrationReply reply, Effects effects)
    {
        _underVerification = null;
        if (reply.Nonce == _nonce && reply.Signature is { } signature
            && signature.Verify(_visitedAuthority, _visitedAuthority, RegistrationReply.Covered(Self, _nonce)))
            Authenticated(effects);
    }
}
