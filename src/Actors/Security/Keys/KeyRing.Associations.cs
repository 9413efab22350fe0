using System.Buffers.Binary;
using System.Collections.Concurrent;
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

/// <summary>Security associations, one for each direction between two nodes and each mode. Their SPIs are unique in the run.</summary>
public sealed partial class KeyRing
{
    private const uint LeastSpi = 256;
    private readonly ConcurrentDictionary<uint, RunAssociation> _associations = new();
    private readonly ConcurrentDictionary<(NodeId From, NodeId To, EncapsulationMode Mode), RunAssociation> _current = new();

    /// <summary>All associations, in the order of their SPIs.</summary>
    public IEnumerable<RunAssociation> Associations => _associations.OrderBy(pair => pair.Key).Select(pair => pair.Value);

    /// <summary>The association that packets between two nodes go by: the one agreed on last, else one that was set up before the run.</summary>
    public RunAssociation AssociationOf(NodeId from, NodeId to, EncapsulationMode mode) => _current.GetOrAdd((from, to, mode), Provision);

    /// <summary>The association of an SPI, if it is one to this receiver.</summary>
    public RunAssociation? AssociationTo(NodeId receiver, uint spi) =>
        _associations.TryGetValue(spi, out var association) && association.To == receiver ? association : null;

    /// <summary>SPI that a node has chosen with the nonce of an exchange, for packets to it in this mode.</summary>
    public uint SpiOf(ulong nonce, EncapsulationMode mode) => SpiFrom(nonce, 0, mode);

    /// <summary>
    /// The child associations of an exchange: that of the exchange itself in transport mode (RFC 7296 section 2.17), and one more in
    /// tunnel mode with nonces of its own, as if CREATE_CHILD_SA had followed.
    /// </summary>
    private void Establish(IkeSession session, ulong initiatorNonce, ulong responderNonce)
    {
        foreach (var mode in (EncapsulationMode[])[EncapsulationMode.Transport, EncapsulationMode.Tunnel])
        {
            var exchange = session.Exchange;
            if (mode == EncapsulationMode.Tunnel)
            {
                byte[] initiator = new byte[NonceBytes], responder = new byte[NonceBytes];
                WriteToken(initiator, initiatorNonce, 1);
                WriteToken(responder, responderNonce, 1);
                exchange = new IkeExchange(initiator, responder, session.InitiatorSpi, session.ResponderSpi);
            }

            var keys = session.Keys.Child(Profile.Suite, exchange);
            Use(session.Initiator, session.Responder, SecurityAssociation.FromInitiator(keys, SpiOf(responderNonce, mode), mode));
            Use(session.Responder, session.Initiator, SecurityAssociation.FromResponder(keys, SpiOf(initiatorNonce, mode), mode));
        }
    }

    private RunAssociation Use(NodeId from, NodeId to, SecurityAssociation association)
    {
        var both = new RunAssociation(from, to, association);
        while (!_associations.TryAdd(both.Association.Spi, both))
        {
            var taken = both.Association;
            both.Dispose();
            both = new RunAssociation(from, to, taken with { Spi = taken.Spi + 1 });
        }

        return _current[(from, to, association.Mode)] = both;
    }

    private RunAssociation Provision((NodeId From, NodeId To, EncapsulationMode Mode) ends)
    {
        var suite = Profile.Suite;
        var pair = (ulong)(uint)ends.From.Index << 32 | (uint)ends.To.Index;
        var material = Bytes(pair, suite.EncryptionMaterialBytes + suite.IntegrityKeyBytes, 1 + (int)ends.Mode);
        return Use(ends.From, ends.To, new SecurityAssociation(
            SpiFrom(pair, 1, ends.Mode), suite, ends.Mode, material.AsMemory(0, suite.EncryptionMaterialBytes), material.AsMemory(suite.EncryptionMaterialBytes)));
    }

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
