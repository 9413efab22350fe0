using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Observation;
using Topology.Addressing;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Schemes.Famipv6;

/// <summary>A mobile node of fast handovers that must authenticate with its home AAA server before it may register.</summary>
public sealed class MobileNode : Fmipv6.MobileNode
{
    private readonly NodeId _homeAaa;
    private readonly SharedKey _key;
    private RandomStream _nonces;
    private ulong _nonce;
    private uint _identifier;

    public MobileNode(RoleContext context)
        : base(context)
    {
        _homeAaa = context.HomeAaa();
        _key = new SharedKey(Self, _homeAaa);
    }

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _nonces = run.Stream((ulong)Self.Index, StreamPurpose.Nonce);
        _identifier = 0;
    }

    public override void OnPacket(Packet packet, Effects effects)
    {
        if (packet.Message is not AccessReply reply)
            base.OnPacket(packet, effects);
        else if (Step == HandoverStep.Authenticating && reply.Identifier == _identifier && reply.Content is AccessDecision decision)
            OnDecision(decision, effects);
    }

    protected override void Attached(Effects effects)
    {
        Announce(effects);
        Step = HandoverStep.Authenticating;
        effects.Mark(Mark.AuthenticationSent);
        _nonce = _nonces.NextUInt64();
        var credential = new AccessCredential(_nonce, _key.Authenticate(AccessCredential.Covered(Self, _nonce)));
        Ask(RouterAddress, new AccessRequest(++_identifier, Address.Of(_homeAaa), credential), effects);
    }

    private void OnDecision(AccessDecision decision, Effects effects)
    {
        if (decision.Nonce != _nonce || !_key.Verify(decision.Proof, AccessDecision.Covered(Self, _nonce, decision.Granted)))
            return;
        if (!decision.Granted)
        {
            Fail("access refused", effects);
            return;
        }

        effects.Mark(Mark.Authenticated);
        Register(effects);
    }
}
