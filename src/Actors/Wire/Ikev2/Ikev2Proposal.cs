namespace Actors.Wire.Ikev2;

/// <summary>One proposal of a Security Association payload (RFC 7296 section 3.3.1); enumerates its transforms.</summary>
public readonly ref struct Ikev2Proposal
{
    /// <summary>First byte of a transform that is not the last one.</summary>
    internal const byte MoreTransforms = 3;

    /// <summary>First byte of a proposal that is not the last one.</summary>
    internal const byte MoreProposals = 2;

    private const int HeaderBytes = 8;

    private readonly ReadOnlySpan<byte> _transforms;

    private Ikev2Proposal(byte number, Ikev2Protocol protocol, ReadOnlySpan<byte> spi, byte transformCount, ReadOnlySpan<byte> transforms)
    {
        Number = number;
        Protocol = protocol;
        Spi = spi;
        TransformCount = transformCount;
        _transforms = transforms;
    }

    /// <summary>From 1, in order; an answer repeats the number of the one chosen.</summary>
    public byte Number { get; }

    public Ikev2Protocol Protocol { get; }

    /// <summary>4 bytes for ESP, 8 or none for IKE.</summary>
    public ReadOnlySpan<byte> Spi { get; }

    public byte TransformCount { get; }

    /// <summary>The first transform of this type.</summary>
    public bool TryFind(Ikev2TransformType type, out Ikev2Transform transform)
    {
        foreach (var candidate in this)
        {
            if (candidate.Type == type)
            {
                transform = candidate;
                return true;
            }
        }
        transform = default;
        return false;
    }

    public Enumerator GetEnumerator() => new(this);

    /// <summary>Reads a proposal and checks its transforms.</summary>
    internal static Ikev2Proposal Read(scoped ref WireReader reader, out bool isLast)
    {
        var more = reader.Byte();
        isLast = more == 0;
        if (more is not (0 or MoreProposals))
            reader.Fail(ParseFault.BadValue, 1);
        reader.Skip(1);
        var length = reader.UInt16();
        var number = reader.Byte();
        var protocol = (Ikev2Protocol)reader.Byte();
        var spiBytes = reader.Byte();
        var count = reader.Byte();
        if (!reader.Failed && length < HeaderBytes + spiBytes)
            reader.Fail(ParseFault.BadLength, HeaderBytes - 2);
        var spi = reader.Bytes(spiBytes);
        var transforms = reader.Part(length - HeaderBytes - spiBytes);
        var check = transforms;
        for (var i = 1; i <= count && !check.Failed; i++)
            Ikev2Transform.Read(ref check, i == count);
        if (check.Remaining > 0)
            check.Fail(ParseFault.TrailingBytes);
        if (!check.Failed)
            return new Ikev2Proposal(number, protocol, spi, count, transforms.Rest());
        reader.Fail(check.Error);
        return default;
    }

    /// <summary>Writes a proposal as the last one.</summary>
    internal static void Write(
        byte number, Ikev2Protocol protocol, scoped ReadOnlySpan<byte> spi, scoped ReadOnlySpan<Ikev2Transform> transforms, scoped ref WireWriter writer)
    {
        var length = HeaderBytes + spi.Length;
        foreach (var transform in transforms)
            length += transform.SizeBytes;
        writer.Byte(0);
        writer.Byte(0);
        writer.UInt16(checked((ushort)length));
        writer.Byte(number);
        writer.Byte((byte)protocol);
        writer.Byte(checked((byte)spi.Length));
        writer.Byte(checked((byte)transforms.Length));
        writer.Bytes(spi);
        for (var i = 0; i < transforms.Length; i++)
            Ikev2Transform.Write(transforms[i], i == transforms.Length - 1, ref writer);
    }

    /// <summary>Walks the transforms without allocating.</summary>
    public ref struct Enumerator
    {
        private readonly byte _count;
        private WireReader _reader;
        private int _read;

        internal Enumerator(Ikev2Proposal proposal)
        {
            _reader = new WireReader(proposal._transforms);
            _count = proposal._transforms.IsEmpty ? (byte)0 : proposal.TransformCount;
        }

        public Ikev2Transform Current { get; private set; }

        public bool MoveNext()
        {
            if (_read == _count)
                return false;
            _read++;
            Current = Ikev2Transform.Read(ref _reader, _read == _count);
            return true;
        }
    }
}
