using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Security;
using Topology.Plans;

namespace Actors.Schemes.IbsFamipv6;

/// <summary>A transaction at the visited AAA server, with the parameters of the user's home once they are known.</summary>
public sealed class SignedTransaction(NodeId mobile) : AaaTransaction(mobile)
{
    /// <summary>The key generator of the user's home; null while its parameters are unknown.</summary>
    public NodeId? HomeAuthority { get; set; }

    /// <summary>The reply while this server signs it.</summary>
    public RegistrationReply? Unsigned { get; set; }
}

/// <summary>
/// The AAA server of a visited domain: it keeps the parameters that it has fetched for a mobile node, verifies the node's
/// signature by them before it troubles the home network, and signs the reply.
/// </summary>
public class VisitedAaa : AaaNode
{
    private readonly SigningKey _key;
    private readonly bool _parametersAreCached;
    private readonly bool _signs;

    /// <summary>A server that fetches the parameters for each handover and signs its replies.</summary>
    public VisitedAaa(RoleContext context)
        : this(context, new Readings(ParametersAreCached: false, NetworkSigns: true))
    {
    }

    public VisitedAaa(RoleContext context, Readings readings)
        : base(context)
    {
        _key = new SigningKey(Self, Self);
        _parametersAreCached = readings.ParametersAreCached;
        _signs = readings.NetworkSigns;
    }

    public override void OnComputed(object continuation, Effects effects)
    {
        if (continuation is not SignedTransaction transaction || !Transactions.Holds(transaction))
            return;
        if (transaction.Unsigned is { } unsigned)
        {
            var signature = _key.Sign(RegistrationReply.Covered(transaction.Mobile, unsigned.Nonce));
            Reply(transaction, true, unsigned with { Signature = signature }, effects);
        }
        else if (IsAuthentic(transaction))
        {
            Verified(transaction, effects);
        }
        else
        {
            // A forged request costs its verification and leaves nothing, not even the fetched parameters' place.
            Transactions.Remove(transaction, effects);
        }
    }

    /// <summary>The mobile node's signature holds: trouble the home network.</summary>
    protected virtual void Verified(SignedTransaction transaction, Effects effects) => Forward(transaction, effects);

    /// <summary>Sign a reply, then send it.</summary>
    protected static void Sign(SignedTransaction transaction, RegistrationReply unsigned, Effects effects)
    {
        transaction.Unsigned = unsigned;
        effects.Compute(CryptoOperation.IdentitySign, transaction);
    }

    protected override AaaTransaction Create(Packet packet, AaaRequest request, AaaTransaction? former) => new SignedTransaction(request.User)
    {
        Client = packet.Source,
        Asked = request,
        Handover = packet.Handover,
        HomeAuthority = (former as SignedTransaction)?.HomeAuthority,
    };

    protected override void Received(AaaTransaction transaction, Effects effects)
    {
        if (transaction.Asked.Content is SignedRequest)
            effects.Compute(CryptoOperation.IdentityVerify, transaction);
        else if (_parametersAreCached)
            Learn(transaction, true, new ParameterReply(transaction.Asked.HomeServer.Host), effects);
        else
            Forward(transaction, effects);
    }

    protected override void Answered(AaaTransaction transaction, AaaAnswer answer, Effects effects)
    {
        switch (answer.Content)
        {
            case ParameterReply parameters:
                Learn(transaction, answer.Success, parameters, effects);
                break;
            case RegistrationReply reply when _signs:
                Sign((SignedTransaction)transaction, reply, effects);
                break;
            case RegistrationReply reply:
                Reply(transaction, answer.Success, reply, effects);
                break;
        }
    }

    /// <summary>Keep the parameters of the user's home and pass them on.</summary>
    private void Learn(AaaTransaction transaction, bool success, ParameterReply parameters, Effects effects)
    {
        ((SignedTransaction)transaction).HomeAuthority = parameters.Authority;
        Reply(transaction, success, parameters, effects);
    }

    private static bool IsAuthentic(SignedTransaction transaction) =>
        transaction is { HomeAuthority: { } authority, Asked.Content: SignedRequest request }
        && request.Signature.Verify(transaction.Mobile, authority, request.CoveredFor(transaction.Mobile));
}
