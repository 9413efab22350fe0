using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Actors.Security.Esp;
using Actors.Security.Ike;
using Topology.Plans;

namespace Actors.Security.Keys;

/// <summary>Both ends of a security association of a run.</summary>
public sealed class RunAssociation(NodeId from, NodeId to, SecurityAssociation association) : IDisposable
{
    public NodeId From => from;

    public NodeId To => to;

    public SecurityAssociation Association => association;

    /// <summary>Of the one end.</summary>
    public EspSender Sender { get; } = new(association);

    /// <summary>Of the other.</summary>
    public EspReceiver Receiver { get; } = new(association);

    public void Dispose()
    {
        Sender.Dispose();
        Receiver.Dispose();
    }
}

/// <summary>
/// Security associations, one for each direction between two nodes and each mode. An SPI is its receiver's (RFC 4301 section 4.1), who
/// may by chance have chosen one twice: then the check value tells which association a packet is of.
/// </summary>
public sealed partial class KeyRing
{
    private const uint LeastSpi = 256;
    private const byte Provisioned = 1;
    private readonly ConcurrentDictionary<(NodeId To, uint Spi), ImmutableArray<RunAssociation>> _associations = new();
    private readonly ConcurrentDictionary<(NodeId From, NodeId To, EncapsulationMode Mode), RunAssociation> _agreed = new();
    private readonly ConcurrentDictionary<(NodeId From, NodeId To, EncapsulationMode Mode), RunAssociation> _provisioned = new();

    /// <summary>All associations, in the order of their SPIs.</summary>
    public IEnumerable<RunAssociation> Associations => _associations.Values.SelectMany(associations => associations)
        .OrderBy(both => both.Association.Spi).ThenBy(both => both.To.Index).ThenBy(both => both.From.Index).ThenBy(both => both.Association.Mode);

    /// <summary>The association that packets between two nodes go by: the one agreed on last, else one that was set up before the run.</summary>
    public RunAssociation AssociationOf(NodeId from, NodeId to, EncapsulationMode mode)
    {
        if (_agreed.TryGetValue((from, to, mode), out var agreed))
            return agreed;
        if (!_provisioned.ContainsKey((from, to, mode)))
            Note(new KeyFact.Provision(from, to, mode));
        return _provisioned[(from, to, mode)];
    }

    /// <summary>The associations to a receiver with this SPI: one, or by chance several.</summary>
    public ImmutableArray<RunAssociation> AssociationsTo(NodeId receiver, uint spi) =>
        _associations.TryGetValue((receiver, spi), out var associations) ? associations : [];

    /// <summary>SPI that a node has chosen with the nonce of an exchange, for packets to it in this mode.</summary>
    public uint SpiOf(ulong nonce, EncapsulationMode mode, ExchangeKind kind = ExchangeKind.Carried) => SpiFrom(nonce, (byte)kind, mode);

    /// <summary>
    /// The child associations of an exchange: that of the exchange itself in transport mode (RFC 7296 section 2.17), and one more in
    /// tunnel mode with nonces of its own, as if CREATE_CHILD_SA had followed.
    /// </summary>
    private void Establish(IkeSession session)
    {
        foreach (var mode in (EncapsulationMode[])[EncapsulationMode.Transport, EncapsulationMode.Tunnel])
        {
            var exchange = session.Exchange;
            if (mode == EncapsulationMode.Tunnel)
            {
                byte[] initiator = new byte[NonceBytes], responder = new byte[NonceBytes];
                WriteToken(initiator, session.InitiatorNonce, 1);
                WriteToken(responder, session.ResponderNonce, 1);
                exchange = new IkeExchange(initiator, responder, session.InitiatorSpi, session.ResponderSpi);
            }

            var keys = session.Keys.Child(Profile.Suite, exchange);
            Agree(session.Initiator, session.Responder, SecurityAssociation.FromInitiator(keys, SpiOf(session.ResponderNonce, mode, session.Kind), mode));
            Agree(session.Responder, session.Initiator, SecurityAssociation.FromResponder(keys, SpiOf(session.InitiatorNonce, mode, session.Kind), mode));
        }
    }

    private void Agree(NodeId from, NodeId to, SecurityAssociation association)
    {
        var both = new RunAssociation(from, to, association);
        Use(both);
        _agreed[(from, to, association.Mode)] = both;
    }

    private bool Add(KeyFact.Provision ends)
    {
        var suite = Profile.Suite;
        var pair = (ulong)(uint)ends.From.Index << 32 | (uint)ends.To.Index;
        var material = Bytes(pair, suite.EncryptionMaterialBytes + suite.IntegrityKeyBytes, 1 + (int)ends.Mode);
        var both = new RunAssociation(ends.From, ends.To, new SecurityAssociation(
            SpiFrom(pair, Provisioned, ends.Mode),
            suite,
            ends.Mode,
            material.AsMemory(0, suite.EncryptionMaterialBytes),
            material.AsMemory(suite.EncryptionMaterialBytes)));
        if (!_provisioned.TryAdd((ends.From, ends.To, ends.Mode), both))
        {
            both.Dispose();
            return false;
        }

        Use(both);
        return true;
    }

    private void Use(RunAssociation both) =>
        _associations.AddOrUpdate((both.To, both.Association.Spi), [both], (_, others) => others.Add(both));

    private uint SpiFrom(ulong seed, byte kind, EncapsulationMode mode)
    {
        Span<byte> input = stackalloc byte[10];
        Span<byte> spi = stackalloc byte[4];
        BinaryPrimitives.WriteUInt64BigEndian(input, seed);
        (input[8], input[9]) = (kind, (byte)mode);
        Fill(input, spi);
        return Math.Max(BinaryPrimitives.ReadUInt32BigEndian(spi), LeastSpi);
    }
}
