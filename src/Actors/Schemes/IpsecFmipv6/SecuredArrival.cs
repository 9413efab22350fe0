using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Schemes.Fmipv6;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Schemes.IpsecFmipv6;

/// <summary>An arrival with the key that the mobile node and this router have agreed on.</summary>
public sealed class SecuredArrival(NodeId mobile, HandoverKey handover, Address previousRouter, HandoverInitiate initiate)
    : Arrival(mobile, handover, previousRouter, initiate)
{
    private CipherSuites _proposal;

    /// <summary>Who has proved to come, by its certificate; null until the signature is verified.</summary>
    public NodeId? Peer { get; private set; }

    public CipherSuites Suite { get; private set; }

    /// <summary>This router's part of the key agreement.</summary>
    public ulong Secret { get; private set; }

    /// <summary>Nr.</summary>
    public ulong Nonce { get; private set; }

    /// <summary>Ni, once the signature is verified.</summary>
    public ulong PeerNonce { get; private set; }

    /// <summary>KEi, once the signature is verified.</summary>
    public ulong PeerShare { get; private set; }

    /// <summary>Whether M3 is signed.</summary>
    public bool IsSigned { get; set; }

    /// <summary>Whether the mobile node waits for M3 on this link.</summary>
    public bool IsAwaited { get; set; }

    /// <summary>Whether a computation for it is under way.</summary>
    public bool IsComputing { get; set; }

    /// <summary>SK; null until the signature is verified.</summary>
    public Digest? SessionKey => Peer is null ? null : PreAuthentication.SessionKey(PeerNonce, Nonce, KeyAgreement.Agree(Secret, PeerShare));

    protected internal override bool MayServeAgain => !IsComputing;

    /// <summary>Start anew, with nothing of what it was before.</summary>
    public void Begin(NodeId mobile, HandoverKey handover, Address previousRouter, HandoverInitiate initiate, Address careOfAddress)
    {
        Begin(mobile, handover, previousRouter, initiate);
        CareOfAddress = careOfAddress;
        Peer = null;
        IsSigned = IsAwaited = false;
    }

    /// <summary>The signature of M1 holds: what it says of the peer, and this router's part.</summary>
    public void Agree(PreAuthentication offer, CipherSuites suite, ulong secret, ulong nonce)
    {
        (Peer, _proposal, PeerNonce, PeerShare) = (offer.Certificate.Subject, offer.Proposal, offer.Nonce, offer.KeyShare);
        (Suite, Secret, Nonce) = (suite, secret, nonce);
    }

    /// <summary>The mobile node is let in. A verified M1 follows from its parts, and is seldom asked for.</summary>
    public void Open()
    {
        State = ArrivalState.Open;
        if (Peer is not null)
            Initiate = null;
    }

    /// <summary>M1, or whatever has come in its place.</summary>
    /// <param name="payloads">Of the algorithms of the network.</param>
    public MessageExtension? Offer(PayloadSizes payloads) => Initiate is not null
        ? Initiate.Extension
        : PreAuthentication.Sign(Peer!.Value, _proposal, PeerShare, PeerNonce) with { Payloads = payloads };
}
