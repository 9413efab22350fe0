using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Experiments.Cluster.Members;

namespace Experiments.Cluster.Span;

/// <summary>
/// Where a member is called by those that it gives batches to and gets them from. Who calls says whose number in which attempt it
/// is; the attempt is named by a key that only its members know. May be used by several threads.
/// </summary>
internal sealed class BatchPort : IDisposable
{
    /// <summary>Key and number of who calls.</summary>
    private const int GreetingBytes = 16 + sizeof(int);
    private const int MostWaiting = 4096;

    /// <summary>Callers heard at a time, each of which holds a thread: whoever says nothing must not take them all.</summary>
    private const int MostHeard = 16;
    private static readonly TimeSpan GreetWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AcceptAgain = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(5);

    private readonly Socket _listener;
    private readonly PrivateAuthority? _authority;
    private readonly SemaphoreSlim _ears = new(MostHeard);
    private readonly object _lock = new();
    private readonly Dictionary<(UInt128 Key, int From), (Connection Connection, long Since)> _waiting = [];
    private volatile bool _isClosed;

    /// <param name="host">Name or address to listen on.</param>
    /// <param name="port">0 for a free one.</param>
    /// <param name="authority">Null without TLS.</param>
    /// <exception cref="SocketException">It cannot listen there.</exception>
    public BatchPort(string host, int port, PrivateAuthority? authority)
    {
        _authority = authority;
        var address = IPAddress.TryParse(host, out var parsed) ? parsed : AddressOf(host);
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(new IPEndPoint(address, port));
            _listener.Listen();
        }
        catch
        {
            _listener.Dispose();
            throw;
        }

        Number = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _ = Task.Run(Listen);
    }

    /// <summary>The TCP port.</summary>
    public int Number { get; }

    /// <summary>Calls another member's port.</summary>
    /// <exception cref="IOException">Nobody answers there, or another one than a member of this cluster.</exception>
    public Connection Call(string host, int port, UInt128 key, int self)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            using var patience = new CancellationTokenSource(GreetWithin);
            socket.ConnectAsync(host, port, patience.Token).AsTask().GetAwaiter().GetResult();
            var line = new BatchLine(socket) { Patience = GreetWithin };
            var stream = _authority?.Call(line) ?? line;
            var greeting = new byte[GreetingBytes];
            BinaryPrimitives.WriteUInt128LittleEndian(greeting, key);
            BinaryPrimitives.WriteInt32LittleEndian(greeting.AsSpan(16), self);
            stream.Write(greeting);
            return new Connection(line, stream);
        }
        catch (Exception cause) when (IsOfTheNetwork(cause))
        {
            socket.Dispose();
            throw new IOException($"{host}:{port}: {(cause is OperationCanceledException ? "no answer" : cause.Message.TrimEnd('.'))}", cause);
        }
    }

    /// <summary>The connection of a member that calls, or has called; null when it has not within some time.</summary>
    public Connection? Take(UInt128 key, int from, TimeSpan within)
    {
        var began = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            while (true)
            {
                if (_waiting.Remove((key, from), out var known))
                    return known.Connection;
                var left = within - Stopwatch.GetElapsedTime(began);
                if (left <= TimeSpan.Zero || _isClosed || !Monitor.Wait(_lock, left))
                    return null;
            }
        }
    }

    public void Dispose()
    {
        _isClosed = true;
        _listener.Dispose();
        lock (_lock)
        {
            foreach (var (connection, _) in _waiting.Values)
                connection.Dispose();
            _waiting.Clear();
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Whether an exception says that the other side or the network has failed.</summary>
    public static bool IsOfTheNetwork(Exception cause) =>
        cause is IOException or SocketException or AuthenticationException or ObjectDisposedException or OperationCanceledException;

    /// <summary>As Akka chooses: that of IPv4 where the name has several.</summary>
    private static IPAddress AddressOf(string host)
    {
        var all = Dns.GetHostAddresses(host);
        return Array.Find(all, address => address.AddressFamily == AddressFamily.InterNetwork) ?? all[0];
    }

    private async Task Listen()
    {
        while (!_isClosed)
        {
            await _ears.WaitAsync().ConfigureAwait(false);
            try
            {
                var socket = await _listener.AcceptAsync().ConfigureAwait(false);
                _ = Task.Run(() => Greet(socket));
            }
            catch (Exception cause) when (cause is SocketException or ObjectDisposedException)
            {
                // It was disposed of, or the process has as many files open as it may: then some will be closed.
                _ears.Release();
                await Task.Delay(AcceptAgain).ConfigureAwait(false);
            }
        }
    }

    private void Greet(Socket socket)
    {
        try
        {
            var line = new BatchLine(socket) { Patience = GreetWithin };
            var stream = _authority?.Answer(line) ?? line;
            var greeting = new byte[GreetingBytes];
            stream.ReadExactly(greeting);
            var key = BinaryPrimitives.ReadUInt128LittleEndian(greeting);
            Keep((key, BinaryPrimitives.ReadInt32LittleEndian(greeting.AsSpan(16))), new Connection(line, stream));
        }
        catch (Exception cause) when (IsOfTheNetwork(cause))
        {
            socket.Dispose();
        }
        finally
        {
            _ears.Release();
        }
    }

    private void Keep((UInt128 Key, int From) caller, Connection connection)
    {
        lock (_lock)
        {
            // Of attempts that were given up before.
            foreach (var (old, known) in _waiting.Where(entry => Stopwatch.GetElapsedTime(entry.Value.Since) > KeepFor).ToList())
            {
                known.Connection.Dispose();
                _waiting.Remove(old);
            }

            if (_isClosed || _waiting.Count == MostWaiting || !_waiting.TryAdd(caller, (connection, Stopwatch.GetTimestamp())))
                connection.Dispose();
            Monitor.PulseAll(_lock);
        }
    }

    /// <param name="Stream">What goes over the line, under TLS where the cluster has it.</param>
    internal sealed record Connection(BatchLine Line, Stream Stream) : IDisposable
    {
        public void Dispose()
        {
            Line.Cut();
            Stream.Dispose();
        }
    }
}
