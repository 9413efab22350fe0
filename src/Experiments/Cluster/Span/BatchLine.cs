using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Experiments.Cluster.Span;

/// <summary>
/// A connection to another member, read and written by one thread at a time without help of others: who computes is woken by the
/// kernel itself. While a write waits for room on the network, what comes on the connections beside it is taken in, since those who
/// sent it may be waiting for room too.
/// </summary>
internal sealed class BatchLine : Stream
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(250);
    private readonly Socket _socket;

    /// <summary>Taken in and not read yet.</summary>
    private byte[] _early = [];
    private int _earlyFrom;
    private int _earlyTo;
    private bool _hasEnded;
    private volatile bool _isCut;

    public BatchLine(Socket socket)
    {
        (socket.NoDelay, socket.Blocking) = (true, false);
        _socket = socket;
    }

    /// <summary>How long the other side may be silent, or take nothing.</summary>
    public TimeSpan Patience { get; set; }

    /// <summary>All connections of the thread, this one among them.</summary>
    public IReadOnlyList<BatchLine> Beside { get; set; } = [];

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (_earlyFrom < _earlyTo)
        {
            var taken = Math.Min(buffer.Length, _earlyTo - _earlyFrom);
            _early.AsSpan(_earlyFrom, taken).CopyTo(buffer);
            _earlyFrom += taken;
            return taken;
        }

        var began = Stopwatch.GetTimestamp();
        while (!_hasEnded)
        {
            var count = _socket.Receive(buffer, SocketFlags.None, out var error);
            if (error == SocketError.Success)
                return count;
            if (error != SocketError.WouldBlock)
                throw new SocketException((int)error);
            while (!_socket.Poll(Slice, SelectMode.SelectRead))
                CheckPatience(began);
        }

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var began = Stopwatch.GetTimestamp();
        while (!buffer.IsEmpty)
        {
            var count = _socket.Send(buffer, SocketFlags.None, out var error);
            if (error == SocketError.Success)
            {
                buffer = buffer[count..];
                continue;
            }

            if (error != SocketError.WouldBlock)
                throw new SocketException((int)error);
            CheckPatience(began);
            WaitForRoom();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Whoever reads or writes, on either side, is told that it has ended. May be called by any thread.</summary>
    public void Cut()
    {
        _isCut = true;
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception already) when (already is SocketException or ObjectDisposedException)
        {
            // The other side was faster, or it is put away already.
        }
    }

    protected override void Dispose(bool disposing)
    {
        _socket.Dispose();
        base.Dispose(disposing);
    }

    private void CheckPatience(long began)
    {
        if (_isCut)
            throw new IOException("the connection was cut");
        if (Stopwatch.GetElapsedTime(began) > Patience)
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"silent for {Patience.TotalSeconds:0} s"));
    }

    private void WaitForRoom()
    {
        List<Socket> writable = [_socket];
        List<Socket> readable = [.. Beside.Where(line => !line._hasEnded).Select(line => line._socket)];
        Socket.Select(readable, writable, null, Slice);
        foreach (var line in Beside)
        {
            if (readable.Contains(line._socket))
                line.TakeIn();
        }
    }

    private void TakeIn()
    {
        const int AtOnce = 1 << 16;
        if (_earlyFrom == _earlyTo)
            (_earlyFrom, _earlyTo) = (0, 0);
        if (_early.Length - _earlyTo < AtOnce)
            Array.Resize(ref _early, Math.Max(2 * _early.Length, _earlyTo + AtOnce));
        var count = _socket.Receive(_early.AsSpan(_earlyTo), SocketFlags.None, out var error);
        _earlyTo += count;
        _hasEnded = error == SocketError.Success ? count == 0 : error != SocketError.WouldBlock;
    }
}
