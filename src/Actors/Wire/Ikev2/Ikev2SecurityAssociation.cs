namespace Actors.Wire.Ikev2;

/// <summary>Body of SA (RFC 7296 section 3.3): enumerates its proposals, the preferred one first. All of it has been checked.</summary>
public readonly ref struct Ikev2SecurityAssociation : IWireFormat<Ikev2SecurityAssociation>
{
    private readonly ReadOnlySpan<byte> _proposals;

    private Ikev2SecurityAssociation(ReadOnlySpan<byte> proposals) => _proposals = proposals;

    public static Ikev2SecurityAssociation Read(scoped ref WireReader reader)
    {
        var check = reader;
        var isLast = false;
        while (!isLast && !check.Failed)
            Ikev2Proposal.Read(ref check, out isLast);
        if (check.Remaining > 0)
            check.Fail(ParseFault.TrailingBytes);
        if (check.Failed)
            reader.Fail(check.Error);
        return new Ikev2SecurityAssociation(reader.Rest());
    }

    public static void Write(scoped Ikev2SecurityAssociation value, scoped ref WireWriter writer) => writer.Bytes(value._proposals);

    public Enumerator GetEnumerator() => new(_proposals);

    /// <summary>Walks the proposals without allocating.</summary>
    public ref struct Enumerator
    {
        private WireReader _reader;

        internal Enumerator(ReadOnlySpan<byte> proposals) => _reader = new WireReader(proposals);

        public Ikev2Proposal Current { get; private set; }

        public bool MoveNext()
        {
            if (_reader.Remaining == 0)
                return false;
            Current = Ikev2Proposal.Read(ref _reader, out _);
            return true;
        }
    }
}
