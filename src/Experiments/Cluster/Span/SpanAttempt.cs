using Experiments.Cluster.Protocol;

namespace Experiments.Cluster.Span;

/// <summary>A replication under way on certain members, and what has come back of it.</summary>
internal sealed class SpanAttempt(int number, int turn, int job, int index, IReadOnlyList<SpanSeat> members)
{
    private const int MostParts = 4096;
    private readonly ReadOnlyMemory<byte>?[]?[] _pieces = new ReadOnlyMemory<byte>?[members.Count][];
    private readonly SpanResult?[] _results = new SpanResult?[members.Count];

    public int Number => number;

    public int Turn => turn;

    public int Job => job;

    public int Index => index;

    public IReadOnlyList<SpanSeat> Members => members;

    /// <summary>Of all members, in their order; null while some are missing.</summary>
    public IReadOnlyList<SpanResult>? Results => _results.Any(result => result is null) ? null : _results.Select(result => result!).ToArray();

    public bool Has(string address) => members.Any(member => member.Address == address);

    /// <exception cref="System.Runtime.Serialization.SerializationException">The pieces are no result.</exception>
    public void Take(int from, int part, int parts, ReadOnlyMemory<byte> bytes)
    {
        if (from >= members.Count || _results[from] is not null || parts is < 1 or > MostParts || part >= parts)
            return;
        var pieces = _pieces[from] ??= new ReadOnlyMemory<byte>?[parts];
        if (part >= pieces.Length)
            return;
        pieces[part] ??= bytes;
        if (Array.Exists(pieces, piece => piece is null))
            return;
        _pieces[from] = null;
        _results[from] = SpanResult.Read(Pieces.Joined(pieces));
    }
}
