using Actors.Mobility;
using Actors.Mobility.Aaa;
using Actors.Network;
using Actors.Schemes.Fmipv6;

namespace Actors.Schemes.IbsFamipv6;

/// <summary>
/// A new access router that has the mobile node's signature parameters fetched to the AAA server of its domain before it
/// acknowledges a handover, and tells the node that server's own.
/// </summary>
public sealed class NewAccessRouter(RoleContext context) : AuthenticatingNewAccessRouter(context)
{
    protected override void Admit(Arrival arrival, Effects effects)
    {
        if (arrival.Initiate!.Extension is HomeRealm realm)
            AskServer((AuthenticatedArrival)arrival, realm.HomeServer, new ParameterRequest(), effects);
        else
            Refuse(arrival, effects);
    }

    protected override void OnAnswer(AuthenticatedArrival arrival, AaaAnswer answer, Effects effects)
    {
        if (answer.Content is not ParameterReply)
        {
            base.OnAnswer(arrival, answer, effects);
            return;
        }

        arrival.Extension = new VisitedParameters(Server);
        Acknowledge(arrival, effects);
    }
}
