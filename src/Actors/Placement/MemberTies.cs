using System.Globalization;
using Actors.Kernel;
using Actors.Network;
using Actors.Placement.Bytes;
using Akka.Actor;
using Topology.Plans;

namespace Actors.Placement;

/// <summary>
/// One member's ties to the others that run the same network. What it sends is turned into bytes at once, by the thread that sends
/// it, and what comes is turned into events by the thread that runs them. After an exchange every member knows of every other when
/// its next event is, and so how far it can go: to the least of these instants plus the way from there to here.
/// </summary>
internal sealed class MemberTies : IMemberTies
{
    private readonly NetworkDirectory _directory;
    private readonly OpenTypes _types;
    private readonly Placement _placement;
    private readonly IBatchCarrier _carrier;
    private readonly int _self;
    private readonly long _ownLookahead;
    private readonly Lazy<Dictionary<IActorRef, int>> _cellOf;

    /// <summary>By own partition, then partition of all: what goes there.</summary>
    private readonly Outbox[,] _out;

    private readonly EventWriter _batch;

    /// <summary>By own partition: what has come for it.</summary>
    private readonly List<EventReader>[] _in;

    /// <summary>By own partition: lent packets that have left are written anew for those that come.</summary>
    private readonly PacketPool[] _pools;

    /// <summary>What all other members are told with the next batch.</summary>
    private readonly EventWriter _told;

    /// <summary>Of the present window, by member: when its next event is; and by sender, then receiver: the first that is on its way.</summary>
    private readonly long[] _earliest;
    private readonly long[,] _sent;

    public MemberTies(Seat seat, NetworkDirectory directory, OpenTypes types, bool reusesPackets)
    {
        (_directory, _types, _placement, _carrier, _self) = (directory, types, seat.Placement, seat.Carrier, seat.Member);
        _batch = new EventWriter(types);
        _cellOf = new(CellsByDownlink);
        _told = new EventWriter(types);
        var own = _placement.PartitionsOf(_self);
        _ownLookahead = own > 1 ? _placement.Partitions.Lookahead?.Ticks ?? long.MaxValue : long.MaxValue;
        _out = new Outbox[own, _placement.Partitions.Partitions];
        for (var from = 0; from < own; from++)
        {
            for (var to = 0; to < _placement.Partitions.Partitions; to++)
                _out[from, to] = new Outbox(new EventWriter(types));
        }

        _pools = [.. Enumerable.Range(0, own).Select(_ => new PacketPool(reusesPackets))];
        _in = [.. Enumerable.Range(0, own).Select(_ => new List<EventReader>())];
        _earliest = new long[_placement.Members];
        _sent = new long[_placement.Members, _placement.Members];
    }

    /// <summary>Null for a run in which members have nothing to tell each other but events.</summary>
    public IMemberNews? News { get; set; }

    public void Send(Partition from, AbsentActor to, TimeSpan delay, in RemoteEvent remote)
    {
        var member = _placement.MemberOf(to.Partition);
        if (!(delay.Ticks >= _placement.Distances.Direct(_self, member)))
        {
            from.RecordFault(string.Create(
                CultureInfo.InvariantCulture,
                $"a delay of {delay.TotalMilliseconds} ms to {StableIdentity.Name(to.Path)} in another member is below the lookahead"));
            return;
        }

        if (remote.Message is not Packet packet)
        {
            from.RecordFault($"{remote.Message.GetType().Name} to {StableIdentity.Name(to.Path)} cannot cross to another member: only packets can");
            return;
        }

        var outbox = _out[from.Index, to.Partition];
        outbox.Earliest = Math.Min(outbox.Earliest, remote.Time);
        var writer = outbox.Writer;
        writer.Unsigned((ulong)remote.Time);
        writer.Fixed(remote.Source);
        writer.Unsigned(remote.Sequence);
        writer.Unsigned((uint)to.Code);
        writer.Unsigned((uint)SenderOf(remote, to));
        writer.Bool(packet.IsLent);
        PacketBytes.Write(writer, packet);
        _pools[from.Index].TakeBack(packet);
    }

    public Horizon Exchange(in Horizon own)
    {
        var members = _placement.Members;
        var faultAt = own.FaultAt;
        _earliest[_self] = own.Earliest;
        for (var to = 0; to < members; to++)
            _sent[_self, to] = EarliestTo(to);
        _told.Clear();
        News?.Write(_told);
        for (var to = 0; to < members; to++)
        {
            if (to != _self)
                _carrier.Send(to, BatchTo(to, own));
        }

        ClearOut();
        for (var from = 0; from < members; from++)
        {
            if (from != _self)
                faultAt = Math.Min(faultAt, Take(from, new EventReader(_types, _carrier.Receive(from))));
        }

        var (earliest, limit) = (long.MaxValue, long.MaxValue);
        for (var member = 0; member < members; member++)
        {
            var next = _earliest[member];
            for (var from = 0; from < members; from++)
                next = Math.Min(next, _sent[from, member]);
            if (next == long.MaxValue)
                continue;
            earliest = Math.Min(earliest, next);
            if (_placement.Distances.Least(member, _self) is { } ticks)
                limit = Math.Min(limit, next + ticks);
            if (member == _self && _ownLookahead < long.MaxValue)
                limit = Math.Min(limit, next + _ownLookahead);
        }

        return new Horizon(earliest, faultAt, limit);
    }

    public void Accept(Partition partition)
    {
        var arrivals = _in[partition.Index];
        foreach (var reader in arrivals)
        {
            while (reader.Left > 0)
                partition.Accept(Event(reader, _pools[partition.Index]));
        }

        arrivals.Clear();
    }

    public void Clear()
    {
        ClearOut();
        foreach (var arrivals in _in)
            arrivals.Clear();
    }

    public ActorPath PathOf(int code)
    {
        var (kind, index) = (code & 3, code >> 2);
        var plan = _directory.Plan;
        var node = plan[kind == ActorCode.Node ? new NodeId(index) : plan.Cells[index].Router];
        var name = kind switch
        {
            ActorCode.Medium => $"medium-{node.Name}",
            ActorCode.Downlink => $"down-{node.Name}",
            _ => node.Name,
        };
        return new RootActorPath(Akka.Actor.Address.AllSystems) / "user" / plan.Domains[node.Domain.Index].Name / name;
    }

    private long EarliestTo(int member)
    {
        var earliest = long.MaxValue;
        if (member == _self)
            return earliest;
        var first = _placement.FirstPartition(member);
        for (var to = first; to < first + _placement.PartitionsOf(member); to++)
        {
            for (var from = 0; from < _in.Length; from++)
                earliest = Math.Min(earliest, _out[from, to].Earliest);
        }

        return earliest;
    }

    /// <summary>Own next event and failure, the first event for each member, what is told, then for each partition of the receiver what each of this member sends it.</summary>
    private ReadOnlySpan<byte> BatchTo(int member, in Horizon own)
    {
        var first = _placement.FirstPartition(member);
        var writer = _batch;
        writer.Clear();
        writer.Fixed((ulong)own.Earliest);
        writer.Fixed((ulong)own.FaultAt);
        for (var to = 0; to < _placement.Members; to++)
            writer.Fixed((ulong)_sent[_self, to]);
        writer.Bytes(_told.Written);
        for (var to = first; to < first + _placement.PartitionsOf(member); to++)
        {
            for (var from = 0; from < _in.Length; from++)
            {
                var written = _out[from, to].Writer.Written;
                writer.Unsigned((ulong)written.Length);
                writer.Append(written);
            }
        }

        return writer.Written;
    }

    /// <returns>When the member's part of the run failed.</returns>
    private long Take(int member, EventReader reader)
    {
        _earliest[member] = Instant(reader);
        var faultAt = Instant(reader);
        for (var to = 0; to < _placement.Members; to++)
            _sent[member, to] = Instant(reader);
        var told = reader.Part(reader.Count());
        if (told.Left > 0)
            (News ?? throw told.Bad("nothing to be told in this run")).Read(told);
        foreach (var arrivals in _in)
        {
            for (var from = 0; from < _placement.PartitionsOf(member); from++)
            {
                var part = reader.Part(reader.Count());
                if (part.Left > 0)
                    arrivals.Add(part);
            }
        }

        return reader.Left == 0 ? faultAt : throw reader.Bad("the end expected");
    }

    private static long Instant(EventReader reader) =>
        reader.Fixed() is <= long.MaxValue and var ticks ? (long)ticks : throw reader.Bad("no instant");

    private RemoteEvent Event(EventReader reader, PacketPool pool)
    {
        var (time, source, sequence) = (reader.Unsigned(), reader.Fixed(), Form<uint>.Read(reader));
        var receiver = ActorOf(reader);
        var sender = ActorOf(reader);
        if (time > EventQueue.LatestTime || receiver is not LocalActorRef)
            throw reader.Bad("no event for this member");
        return new RemoteEvent((long)time, source, sequence, receiver, PacketBytes.Read(reader, reader.Bool() ? pool : null), sender);
    }

    private IActorRef? ActorOf(EventReader reader)
    {
        var code = reader.Unsigned();
        if (code == ActorCode.Nobody)
            return null;
        var among = (code & 3) switch
        {
            ActorCode.Node => _directory.Nodes,
            ActorCode.Medium => _directory.Media,
            ActorCode.Downlink => _directory.Downlinks,
            _ => [],
        };
        return code >> 2 < (ulong)among.Length ? among[code >> 2] : throw reader.Bad("no actor of the network");
    }

    /// <summary>A mobile node asks which cell a packet has come from; of all other senders nobody wants to know.</summary>
    private int SenderOf(in RemoteEvent remote, AbsentActor to)
    {
        var isToMobile = (to.Code & 3) == ActorCode.Node && _directory.Plan.IsMobile(new NodeId(to.Code >> 2));
        return isToMobile && remote.Sender is { } sender && _cellOf.Value.TryGetValue(sender, out var cell)
            ? ActorCode.Of(ActorCode.Downlink, cell)
            : ActorCode.Nobody;
    }

    /// <summary>The network is built when the first packet leaves.</summary>
    private Dictionary<IActorRef, int> CellsByDownlink()
    {
        var cells = new Dictionary<IActorRef, int>(ReferenceEqualityComparer.Instance);
        for (var cell = 0; cell < _directory.Downlinks.Length; cell++)
            cells.Add(_directory.Downlinks[cell], cell);
        return cells;
    }

    private void ClearOut()
    {
        foreach (var outbox in _out)
            outbox.Clear();
    }

    private sealed class Outbox(EventWriter writer)
    {
        public EventWriter Writer => writer;

        public long Earliest { get; set; } = long.MaxValue;

        public void Clear()
        {
            writer.Clear();
            Earliest = long.MaxValue;
        }
    }
}
