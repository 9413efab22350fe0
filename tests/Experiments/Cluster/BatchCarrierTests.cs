using System.Net;
using System.Net.Sockets;
using Actors.Kernel;
using Experiments.Cluster.Members;
using Experiments.Cluster.Protocol;
using Experiments.Cluster.Span;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Tests.Experiments.Cluster;

/// <summary>Batches over real connections on loopback, each member on a thread of its own.</summary>
public sealed class BatchCarrierTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(5, false)]
    [InlineData(3, true)]
    public void Every_batch_comes_whole_and_in_order_however_long_it_is(int members, bool isUnderTls)
    {
        using var files = isUnderTls ? new CertificateFiles("our authority") : null;
        using var ring = new Ring(members, files);

        // None, small ones, and more than all buffers of a connection hold, by everybody at once.
        int[] lengths = [1, 0, 70_000, 12_000_000, 3, 300_000, 12_000_001];
        ring.Run((self, carrier) =>
        {
            carrier.Begin(members);
            foreach (var (round, length) in lengths.Index())
            {
                foreach (var member in Others(self))
                    carrier.Send(member, Batch(self, member, round, length));
                foreach (var member in Others(self))
                    Assert.True(carrier.Receive(member).AsSpan().SequenceEqual(Batch(member, self, round, length)), $"{member} to {self}, round {round}");
            }
        });

        IEnumerable<int> Others(int self) => Enumerable.Range(0, members).Where(member => member != self);
        static byte[] Batch(int from, int to, int round, int length)
        {
            var bytes = new byte[length];
            new Random(from * 10_000 + to * 100 + round).NextBytes(bytes);
            return bytes;
        }
    }

    [Fact]
    public void Who_waits_for_a_member_that_ends_learns_which()
    {
        using var ring = new Ring(3);
        ring.Run((self, carrier) =>
        {
            carrier.Begin(3);
            if (self == 1)
            {
                carrier.Dispose();
                return;
            }

            var lost = Assert.Throws<MemberLostException>(() => carrier.Receive(1));
            Assert.Equal(1, lost.Member);
        });
    }

    [Fact]
    public void Who_waits_when_the_run_is_called_off_learns_why()
    {
        using var ring = new Ring(2);
        ring.Run((self, carrier) =>
        {
            carrier.Begin(2);
            if (self == 1)
                return;
            var calledOff = Task.Run(async () =>
            {
                await Task.Delay(50);
                carrier.Fail("the user wants no more");
            });
            var lost = Assert.Throws<MemberLostException>(() => carrier.Receive(1));
            Assert.Equal(("the user wants no more", null), (lost.Message, lost.Member));
            calledOff.Wait();
        });
    }

    [Fact]
    public void A_member_that_is_silent_is_given_up()
    {
        using var ring = new Ring(2, patience: TimeSpan.FromMilliseconds(100));
        ring.Run((self, carrier) =>
        {
            carrier.Begin(2);
            if (self == 0)
                Assert.EndsWith("silent for 0 s", Assert.Throws<MemberLostException>(() => carrier.Receive(1)).Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_member_that_does_not_call_is_given_up()
    {
        using var ring = new Ring(2, patience: TimeSpan.FromMilliseconds(100));
        var lost = Assert.Throws<MemberLostException>(() => ring[1].Begin(2));
        Assert.Equal(0, lost.Member);
        Assert.EndsWith("it has not called within 0 s", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_nobody_answers_for_is_given_up()
    {
        using var ring = new Ring(2);
        ring.Port(1).Dispose();
        Assert.Equal(1, Assert.Throws<MemberLostException>(() => ring[0].Begin(2)).Member);
    }

    [Fact]
    public void Who_does_not_know_the_key_comes_to_nothing()
    {
        using var ring = new Ring(2);
        using var stranger = new BatchPort("127.0.0.1", 0, null);
        using var wrong = stranger.Call("127.0.0.1", ring.Port(1).Number, Ring.Key + 1, 0);
        wrong.Stream.Write([1, 0, 0, 0, 66]);
        ring.Run((self, carrier) =>
        {
            carrier.Begin(2);
            carrier.Send(1 - self, [(byte)self]);
            Assert.Equal([(byte)(1 - self)], carrier.Receive(1 - self));
        });
    }

    [Fact]
    public void Who_says_nothing_that_makes_sense_disturbs_nobody()
    {
        using var ring = new Ring(2);
        for (var i = 0; i < 20; i++)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(IPAddress.Loopback, ring.Port(1).Number);
            socket.Send(new byte[i]);
        }

        ring.Run((self, carrier) => carrier.Begin(2));
    }

    [Fact]
    public void A_length_that_no_batch_has_is_refused()
    {
        using var ring = new Ring(2);
        using var caller = new BatchPort("127.0.0.1", 0, null);
        using var connection = caller.Call("127.0.0.1", ring.Port(1).Number, Ring.Key, 0);
        connection.Stream.Write([0, 0, 0, 0x80]);
        ring[1].Begin(2);
        Assert.EndsWith("what it sends is no batch", Assert.Throws<MemberLostException>(() => ring[1].Receive(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Under_TLS_a_stranger_gets_no_connection()
    {
        using CertificateFiles ours = new("our authority"), theirs = new("our authority");
        using var port = new BatchPort("127.0.0.1", 0, Authority(ours, "one"));
        using var stranger = new BatchPort("127.0.0.1", 0, Authority(theirs, "two"));
        using var bare = new BatchPort("127.0.0.1", 0, null);
        Assert.Throws<IOException>(() => stranger.Call("127.0.0.1", port.Number, Ring.Key, 0));
        using (bare.Call("127.0.0.1", port.Number, Ring.Key, 0))
            Assert.Null(port.Take(Ring.Key, 0, TimeSpan.FromMilliseconds(300)));
    }

    private static PrivateAuthority? Authority(CertificateFiles? files, string member) =>
        files is null ? null : ClusterSettings.Create(ClusterSettings.WorkerRole, null, 0, files.Settings(member), isInsecure: false).Authority;

    /// <summary>Members that all call one another.</summary>
    private sealed class Ring : IDisposable
    {
        public static readonly UInt128 Key = new(1, 2);
        private readonly BatchPort[] _ports;
        private readonly BatchCarrier[] _carriers;

        public Ring(int members, CertificateFiles? files = null, TimeSpan? patience = null)
        {
            _ports = [.. Enumerable.Range(0, members).Select(member => new BatchPort("127.0.0.1", 0, Authority(files, $"member-{member}")))];
            IReadOnlyList<SpanPeer> peers = [.. _ports.Select(port => new SpanPeer("akka.tcp://handover@127.0.0.1:1/user/member", 1, port.Number))];
            _carriers = [.. _ports.Select((port, self) => new BatchCarrier(new SpanBegin(1, 1, Key, 1, 0, 0, peers, self), port, patience ?? Long))];
        }

        public BatchCarrier this[int member] => _carriers[member];

        public BatchPort Port(int member) => _ports[member];

        public void Run(Action<int, BatchCarrier> work)
        {
            var failures = new Exception?[_carriers.Length];
            var threads = _carriers.Select((carrier, self) => new Thread(() => failures[self] = Record.Exception(() => work(self, carrier)))).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            Assert.Empty(failures.OfType<Exception>().Select(failure => failure.ToString()));
        }

        public void Dispose()
        {
            Array.ForEach(_carriers, carrier => carrier.Dispose());
            Array.ForEach(_ports, port => port.Dispose());
        }
    }
}
