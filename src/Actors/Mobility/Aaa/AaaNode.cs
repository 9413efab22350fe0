using Actors.Network;
using Topology.Addressing;
using Topology.Plans;

namespace Actors.Mobility.Aaa;

/// <summary>One request of one mobile node at one AAA node.</summary>
public class AaaTransaction(NodeId mobile) : MobileSession(mobile)
{
    /// <summary>Who asks, and by which identifier.</summary>
    public required Address Client { get; init; }

    public required AaaRequest Asked { get; init; }

    public required HandoverKey Handover { get; init; }

    /// <summary>The identifier under which this node has asked the next one; 0 when it has not.</summary>
    public uint HopByHop { get; set; }

    /// <summary>What was answered; null until then.</summary>
    public AaaAnswer? Answer { get; set; }
}

/// <summary>
/// An AAA server with its table of transactions. A request that comes again is answered from the table, or not at all while
/// its transaction is pending.
/// </summary>
public abstract class AaaNode : RoleMachine
{
    private readonly Address _address;
    private readonly TimeSpan _retransmission;
    private uint _lastHopByHop;

    protected AaaNode(RoleContext context)
    {
        Self = context.Node.Id;
        _address = Address.Of(Self);
        _retransmission = context.Options.Duration(RetransmissionOption.Name);
        Transactions = SessionTable<AaaTransaction>.ForTimeout(_retransmission);
    }

    /// <summary>Transactions that are pending, or answered not long ago.</summary>
    public int TransactionCount => Transactions.Count;

    protected NodeId Self { get; }

    protected SessionTable<AaaTransaction> Transactions { get; }

    public override void Reset(RunContext run)
    {
        Transactions.Clear();
        _lastHopByHop = run.FirstIdentifier;
    }

    public sealed override void OnPacket(Packet packet, Effects effects)
    {
        Transactions.Expire(effects);
        switch (packet.Message)
        {
            case AaaRequest request:
                OnRequest(packet, request, effects);
                break;
            case AaaAnswer answer when Transactions.TryFind(answer.User, out var asked) && asked.IsOpen && asked.HopByHop == answer.HopByHop:
                asked.Close(effects);
                Answered(asked, answer, effects);
                break;
        }
    }

    public sealed override void OnTimer(ProtocolTimer timer, Effects effects)
    {
        if (timer is not AaaTransaction transaction || !Transactions.Holds(transaction))
            return;
        if (transaction.MayRepeat)
            transaction.Repeat(effects);
        else
            Transactions.Remove(transaction, effects);
    }

    /// <summary>A new request.</summary>
    protected abstract void Received(AaaTransaction transaction, Effects effects);

    /// <summary>The next node has answered; nothing for a server that asks no other.</summary>
    protected virtual void Answered(AaaTransaction transaction, AaaAnswer answer, Effects effects)
    {
    }

    /// <param name="former">The transaction of the mobile node before, whose place the new one takes.</param>
    protected virtual AaaTransaction Create(Packet packet, AaaRequest request, AaaTransaction? former) =>
        new(request.User) { Client = packet.Source, Asked = request, Handover = packet.Handover };

    /// <summary>Ask the home server.</summary>
    protected void Forward(AaaTransaction transaction, Effects effects)
    {
        transaction.HopByHop = ++_lastHopByHop;
        var request = transaction.Asked with { HopByHop = transaction.HopByHop };
        transaction.Open(new Packet(_address, request.HomeServer, request, transaction.Handover), _retransmission, effects);
    }

    protected void Reply(AaaTransaction transaction, bool success, AaaContent content, Effects effects)
    {
        transaction.Answer = new AaaAnswer(transaction.Asked.HopByHop, transaction.Mobile, success, content);
        Transactions.Touch(transaction, effects);
        SendAnswer(transaction, transaction.Answer, effects);
    }

    /// <summary>Send a message that is no part of the exchange with the client.</summary>
    protected void Send(Address to, Message message, HandoverKey handover, Effects effects) =>
        effects.Send(_address, to, message, handover);

    private void OnRequest(Packet packet, AaaRequest request, Effects effects)
    {
        if (Transactions.TryFind(request.User, out var former)
            && former.Client == packet.Source && (int)(request.HopByHop - former.Asked.HopByHop) <= 0)
        {
            // Seen before. An older request than the last one is of no use to anyone.
            if (former.Asked.HopByHop != request.HopByHop)
                return;
            Transactions.Touch(former, effects);
            if (former.Answer is { } answer)
                SendAnswer(former, answer, effects);
            return;
        }

        var transaction = Create(packet, request, former);
        Transactions.Put(transaction, effects);
        Received(transaction, effects);
    }

    private void SendAnswer(AaaTransaction transaction, AaaAnswer answer, Effects effects) =>
        Send(transaction.Client, answer, transaction.Handover, effects);
}

/// <summary>The AAA server of a visited domain: it passes requests on to the user's home and answers back.</summary>
public class AaaRelay(RoleContext context) : AaaNode(context)
{
    protected override void Received(AaaTransaction transaction, Effects effects) => Forward(transaction, effects);

    protected override void Answered(AaaTransaction transaction, AaaAnswer answer, Effects effects) =>
        Reply(transaction, answer.Success, answer.Content, effects);
}
