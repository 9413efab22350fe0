using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Security;
using Topology.Plans;
using Topology.Randomness;

namespace Actors.Schemes.Famipv6;

/// <summary>A request at the home AAA server.</summary>
public sealed class HomeTransaction(NodeId mobile) : AaaTransaction(mobile)
{
    /// <summary>The challenge that the mobile node was sent last; null before the first.</summary>
    public ulong? Challenge { get; set; }

    /// <summary>The decision while it is being signed; null until it is made.</summary>
    public bool? Granted { get; set; }
}

/// <summary>The home AAA server: it checks credentials by key or signature, its own challenge in them where it sends one.</summary>
public sealed class HomeAaa : CredentialServer
{
    private readonly Readings _readings;
    private readonly SigningKey _private;
    private RandomStream _nonces;

    public HomeAaa(RoleContext context, Readings readings)
        : base(context)
    {
        _readings = readings;
        _private = new SigningKey(Self, Self);
    }

    public override void Reset(RunContext run)
    {
        base.Reset(run);
        _nonces = run.Stream((ulong)Self.Index, StreamPurpose.Nonce);
    }

    public override void OnComputed(object continuation, Effects effects)
    {
        if (continuation is not HomeTransaction transaction || !Transactions.Holds(transaction))
            return;
        var credential = (SignedCredential)transaction.Asked.Content;
        if (transaction.Granted is { } granted)
        {
            var signature = _private.Sign(AccessDecision.Covered(transaction.Mobile, credential.Nonce, granted));
            Reply(transaction, granted, new SignedDecision(granted, credential.Nonce, signature), effects);
            return;
        }

        var covered = AccessCredential.Covered(transaction.Mobile, credential.Nonce);
        Decide(transaction, credential.Nonce, credential.Signature.Verify(transaction.Mobile, Self, covered), effects);
    }

    protected override AaaTransaction Create(Packet packet, AaaRequest request, AaaTransaction? former) => new HomeTransaction(request.User)
    {
        Client = packet.Source,
        Asked = request,
        Handover = packet.Handover,
        Challenge = (former as HomeTransaction)?.Challenge,
    };

    protected override void Received(AaaTransaction transaction, Effects effects)
    {
        switch (transaction.Asked.Content)
        {
            case ChallengeRequest when _readings.IsChallenged:
                var challenge = new Challenge(_nonces.NextUInt64());
                ((HomeTransaction)transaction).Challenge = challenge.Nonce;
                Reply(transaction, false, challenge, effects);
                break;
            case SignedCredential when _readings.NodeSigns:
                effects.Compute(CryptoOperation.RsaVerify, transaction);
                break;
            case AccessCredential when !_readings.NodeSigns:
                base.Received(transaction, effects);
                break;
        }
    }

    protected override void Decide(AaaTransaction transaction, ulong nonce, bool granted, Effects effects)
    {
        var asked = (HomeTransaction)transaction;
        if (_readings.IsChallenged && asked.Challenge != nonce)
            granted = false;
        if (!_readings.HomeSigns)
        {
            base.Decide(transaction, nonce, granted, effects);
            return;
        }

        asked.Granted = granted;
        effects.Compute(CryptoOperation.RsaSign, asked);
    }
}
