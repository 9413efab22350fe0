using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Observation;
using Topology.Addressing;
using Topology.Randomness;

namespace Actors.Schemes.WangPrasad;

/// <summary>
/// The mobile node: it tells the serving network its decision, gets the key for the target network, switches, authenticates
/// there by that key, and registers at home without protection.
/// </summary>
public sealed class MobileNode(RoleContext context) : RegisteringMobileNode(context)
{
    private RandomStream _nonces;
    private ushort _identifier;
    private ulong _nonce;
    private bool _isLate;

    /// <summary>K, shared with the router that the node has prepared for last; null before the first.</summary>
    public SecretKey? Key { get; private set; }

    protected override Outcome Success => Outcome.Predictive;

    /// <summary>The association with the serving network, which the scheme assumes.</summary>
    private SecretKey Association => SecretKey.Provisioned(Self, PreviousRouter);

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _nonces = run.Stream((ulong)Self.Index, StreamPurpose.Nonce);
        _identifier = 0;
        _isLate = false;
        Key = null;
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        switch (packet.Message)
        {
            case HandoverPermission permission:
                if (Step == HandoverStep.Soliciting && permission.Identifier == _identifier && IsAuthentic(permission))
                    OnPermission(permission, effects);
                break;
            case FastAuthenticationReply reply:
                if (Step == HandoverStep.Authenticating && reply.Nonce == _nonce
                    && Key!.Value.Verify(reply.Proof, FastAuthenticationReply.Covered(Self, Router, _nonce)))
                    OnAuthenticated(effects);
                break;
            default:
                base.OnPacket(packet, effects);
                break;
        }
    }

    protected override void Prepare(Effects effects)
    {
        _identifier++;
        Decide(effects);
    }

    /// <summary>Without the key there is no access: once it has an address, the node asks the serving network from the new link.</summary>
    protected override void Recover(HandoverStep lostIn, Effects effects)
    {
        _isLate = true;
        Fallback = Outcome.Reactive;
        Attached(effects);
    }

    protected override void Ended(Effects effects) => _isLate = false;

    protected override void Attached(Effects effects) => DetectMovement(effects);

    protected override void MovementDetected(Effects effects) => ConfirmAddress(effects);

    protected override void AddressConfirmed(Effects effects)
    {
        if (_isLate)
            Decide(effects);
        else
            Authenticate(effects);
    }

    /// <summary>In the clear.</summary>
    protected override Packet PacketOf(BindingUpdate update) => PacketTo(HomeAgentAddress, update, 0);

    private void Decide(Effects effects)
    {
        Step = HandoverStep.Soliciting;
        var proof = Association.Authenticate(HandoverDecision.Covered(Self, _identifier, NewRouter));
        Ask(Address.Of(PreviousRouter), new HandoverDecision(_identifier, NewRouter, proof), effects);
    }

    private void Authenticate(Effects effects)
    {
        Step = HandoverStep.Authenticating;
        effects.Mark(Mark.AuthenticationSent);
        _nonce = _nonces.NextUInt64();
        var proof = Key!.Value.Authenticate(FastAuthenticationRequest.Covered(Self, Router, _nonce));
        Ask(RouterAddress, new FastAuthenticationRequest(_nonce, proof), effects);
    }

    private bool IsAuthentic(HandoverPermission permission) => Association.Verify(
        permission.Proof, HandoverPermission.Covered(Self, permission.Identifier, permission.NewRouter, permission.Key));

    private void OnPermission(HandoverPermission permission, Effects effects)
    {
        if (permission.Key is not { } wrapped || Association.Unwrap(wrapped) is not { } key)
        {
            Fail("no router for the new access point", effects);
            return;
        }

        Key = key;
        Answered(effects);
        if (_isLate)
        {
            Authenticate(effects);
            return;
        }

        effects.Mark(Mark.Prepared);
        SwitchLink(effects);
    }

    private void OnAuthenticated(Effects effects)
    {
        effects.Mark(Mark.Authenticated);
        Register(effects);
    }
}
