using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Actors.Kernel;
using Actors.Placement;
using Akka.Actor;
using Experiments.Cluster.Members;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Experiments.Cluster.Span;

/// <summary>
/// Carries batches from member to member in an attempt, each with its length before it, over a connection for each pair, and tells
/// what that costs. Buffers stay: a window leaves no garbage.
/// </summary>
/// <param name="patience">How long another member may be silent.</param>
internal sealed class BatchCarrier(SpanBegin begin, BatchPort port, TimeSpan patience) : IBatchCarrier, IDisposable
{
    private const int HeadBytes = sizeof(int);

    /// <summary>Beyond what any window holds; what claims to be longer is no batch.</summary>
    private const int MostBytes = 1 << 30;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    private readonly int _self = begin.Self;
    private readonly BatchPort.Connection?[] _connections = new BatchPort.Connection?[begin.Members.Count];
    private readonly byte[][] _received = [.. begin.Members.Select(_ => new byte[256])];
    private readonly TimeSpan[] _rounds = new TimeSpan[255];
    private readonly Lock _lock = new();
    private byte[] _sent = new byte[256];
    private volatile string? _failure;
    private long _waited;
    private long _began;
    private long _first;

    /// <summary>Put on the network since the last <see cref="Begin"/>.</summary>
    public long SentBytes { get; private set; }

    /// <summary>Time spent waiting for batches since the first exchange: before that, members may still be building.</summary>
    public TimeSpan Waited => Stopwatch.GetElapsedTime(0, _waited);

    /// <summary>Since the first exchange.</summary>
    public TimeSpan Elapsed => _began == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_began);

    /// <summary>Count anew; at first, connect: each member calls those after it and is called by those before.</summary>
    /// <param name="members">That take part; one alone waits for nobody.</param>
    /// <exception cref="MemberLostException">One cannot be reached, or does not call.</exception>
    public void Begin(int members)
    {
        (_waited, _began, _first) = (0, members == 1 ? Stopwatch.GetTimestamp() : 0, 0);
        SentBytes = 0;
        for (var member = members - 1; member >= 0; member--)
        {
            if (member != _self && _connections[member] is null)
                Keep(member, member > _self ? Call(member) : Await(member));
        }

        var lines = _connections.OfType<BatchPort.Connection>().Select(connection => connection.Line).ToList();
        foreach (var line in lines)
            (line.Beside, line.Patience) = (lines, patience);
    }

    public void Send(int member, ReadOnlySpan<byte> batch)
    {
        if (_began == 0 && _first != 0)
            _began = _first;
        SentBytes += batch.Length;
        if (_sent.Length < HeadBytes + batch.Length)
            _sent = new byte[Math.Max(2 * _sent.Length, HeadBytes + batch.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(_sent, batch.Length);
        batch.CopyTo(_sent.AsSpan(HeadBytes));
        try
        {
            _connections[member]!.Stream.Write(_sent, 0, HeadBytes + batch.Length);
        }
        catch (Exception cause) when (BatchPort.IsOfTheNetwork(cause))
        {
            throw Lost(member, cause.Message);
        }
    }

    public ArraySegment<byte> Receive(int member)
    {
        var began = Stopwatch.GetTimestamp();
        var batch = Next(member);
        var now = Stopwatch.GetTimestamp();
        if (_began != 0)
            _waited += now - began;
        else
            _first = now;
        return batch;
    }

    /// <summary>Median time of exchanges with nothing in them. All members measure it at the same time.</summary>
    /// <param name="members">That take part.</param>
    public TimeSpan RoundTrip(int members)
    {
        for (var round = 0; round < _rounds.Length; round++)
        {
            var began = Stopwatch.GetTimestamp();
            for (var member = 0; member < members; member++)
            {
                if (member != _self)
                    Send(member, [0]);
            }

            for (var member = 0; member < members; member++)
            {
                if (member != _self)
                    Next(member);
            }

            _rounds[round] = Stopwatch.GetElapsedTime(began);
        }

        Array.Sort(_rounds);
        return _rounds[_rounds.Length / 2];
    }

    /// <summary>Whoever waits, now or later, is told that nothing will come any more. May be called by any thread.</summary>
    public void Fail(string reason)
    {
        lock (_lock)
        {
            _failure ??= reason;
            foreach (var connection in _connections)
                connection?.Line.Cut();
        }
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection?.Dispose();
    }

    private ArraySegment<byte> Next(int member)
    {
        try
        {
            var stream = _connections[member]!.Stream;
            var bytes = _received[member];
            stream.ReadExactly(bytes, 0, HeadBytes);
            var count = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            if (count is < 0 or > MostBytes)
                throw new InvalidDataException("what it sends is no batch");
            if (count > bytes.Length)
                _received[member] = bytes = new byte[Math.Max(2 * bytes.Length, count)];
            stream.ReadExactly(bytes, 0, count);
            return new ArraySegment<byte>(bytes, 0, count);
        }
        catch (Exception cause) when (BatchPort.IsOfTheNetwork(cause) || cause is InvalidDataException)
        {
            throw Lost(member, cause is EndOfStreamException ? "it has closed the connection" : cause.Message);
        }
    }

    private BatchPort.Connection Call(int member)
    {
        try
        {
            return port.Call(AddressOf(member).Host, begin.Members[member].BatchPort, begin.Key, _self);
        }
        catch (IOException cause)
        {
            throw Lost(member, cause.Message);
        }
    }

    private BatchPort.Connection Await(int member)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < patience && _failure is null;)
        {
            if (port.Take(begin.Key, member, Slice) is { } connection)
                return connection;
        }

        throw Lost(member, string.Create(CultureInfo.InvariantCulture, $"it has not called within {patience.TotalSeconds:0} s"));
    }

    private void Keep(int member, BatchPort.Connection connection)
    {
        lock (_lock)
        {
            _connections[member] = connection;
            if (_failure is not null)
                connection.Line.Cut();
        }
    }

    private MemberLostException Lost(int member, string why) =>
        _failure is { } failure ? new MemberLostException(failure) : new MemberLostException($"{Gate.Text(AddressOf(member))}: {why}") { Member = member };

    private Address AddressOf(int member) => ActorPath.Parse(begin.Members[member].Path).Address;
}
