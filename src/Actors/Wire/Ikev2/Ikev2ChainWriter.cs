using System.Buffers.Binary;

namespace Actors.Wire.Ikev2;

/// <summary>
/// Writes payloads one after the other, alone or behind a header, and fills in what each says about the next: a payload ends
/// where the next one begins, the last with <see cref="Finish"/>.
/// </summary>
public ref struct Ikev2ChainWriter
{
    private readonly bool _hasHeader;
    private WireWriter _writer;
    private int _payload = -1;
    private int _lastProposal;
    private byte _proposals;

    /// <summary>A chain alone, as AUTH covers it or a carrier holds it.</summary>
    public Ikev2ChainWriter(Span<byte> buffer) => _writer = new WireWriter(buffer);

    /// <summary>A message: first payload and length of the header are filled in.</summary>
    public Ikev2ChainWriter(Span<byte> buffer, Ikev2Header header)
        : this(buffer)
    {
        _hasHeader = true;
        Ikev2Header.Write(header with { FirstPayload = Ikev2PayloadType.None }, ref _writer);
    }

    /// <summary>Type of the first payload.</summary>
    public Ikev2PayloadType First { get; private set; }

    /// <summary>A payload with this body.</summary>
    public void Add<T>(Ikev2PayloadType type, scoped T body)
        where T : IWireFormat<T>, allows ref struct
    {
        Begin(type);
        T.Write(body, ref _writer);
    }

    /// <summary>A payload with these bytes as body.</summary>
    public void Add(Ikev2PayloadType type, scoped ReadOnlySpan<byte> body)
    {
        Begin(type);
        _writer.Bytes(body);
    }

    /// <summary>A Security Association payload; proposals follow.</summary>
    public void AddSecurityAssociation() => Begin(Ikev2PayloadType.SecurityAssociation);

    /// <summary>A proposal of the Security Association payload that was just begun; numbers go up from 1.</summary>
    /// <param name="number">0 for the next one in order; an answer repeats the number that it has chosen.</param>
    public void AddProposal(Ikev2Protocol protocol, scoped ReadOnlySpan<byte> spi, scoped ReadOnlySpan<Ikev2Transform> transforms, byte number = 0)
    {
        if (_proposals > 0)
            _writer.Written[_lastProposal] = Ikev2Proposal.MoreProposals;
        _lastProposal = _writer.Length;
        _proposals++;
        Ikev2Proposal.Write(number == 0 ? _proposals : number, protocol, spi, transforms, ref _writer);
    }

    /// <summary>A Traffic Selector payload.</summary>
    public void AddTrafficSelectors(Ikev2PayloadType type, scoped ReadOnlySpan<Ikev2TrafficSelector> selectors)
    {
        Begin(type);
        _writer.Byte(checked((byte)selectors.Length));
        _writer.Zeros(3);
        foreach (var selector in selectors)
            Ikev2TrafficSelector.Write(selector, ref _writer);
    }

    /// <summary>
    /// An Encrypted payload (RFC 7296 section 3.14), the last one: room for initialisation vector, cipher text and check
    /// value, to be filled in after <see cref="Finish"/>, when the bytes before it, which they protect, are final.
    /// </summary>
    /// <param name="firstInside">Type of the first payload inside.</param>
    public Span<byte> AddEncrypted(Ikev2PayloadType firstInside, int bodyBytes)
    {
        Begin(Ikev2PayloadType.Encrypted);
        _writer.Written[_payload] = (byte)firstInside;
        return _writer.Reserve(bodyBytes);
    }

    /// <summary>Ends the last payload, and the message.</summary>
    /// <returns>All that has been written.</returns>
    public ReadOnlySpan<byte> Finish()
    {
        End();
        if (_hasHeader)
            BinaryPrimitives.WriteUInt32BigEndian(_writer.Written[Ikev2Header.LengthOffset..], (uint)_writer.Length);
        return _writer.Written;
    }

    private void Begin(Ikev2PayloadType type)
    {
        End();
        if (_payload >= 0)
            _writer.Written[_payload] = (byte)type;
        else
            First = type;
        if (_payload < 0 && _hasHeader)
            _writer.Written[Ikev2Header.FirstPayloadOffset] = (byte)type;
        _payload = _writer.Length;
        _proposals = 0;
        _writer.Zeros(Ikev2Payload.HeaderBytes);
    }

    private readonly void End()
    {
        if (_payload >= 0)
            BinaryPrimitives.WriteUInt16BigEndian(_writer.Written[(_payload + 2)..], checked((ushort)(_writer.Length - _payload)));
    }
}
