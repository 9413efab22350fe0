using Actors.Kernel;
using CsCheck;

namespace Tests.Actors.Kernel;

public sealed class EventQueueTests
{
    private const int Timers = 8;

    /// <summary>From no delay over every level of the wheel to 28 years; round numbers make ties.</summary>
    private static readonly Gen<long> Delay = Gen.OneOf(
        Gen.Long[0, 3],
        Gen.Long[0, 200],
        Gen.Int[0, 53].SelectMany(bits => Gen.Long[0, 1L << bits]),
        Gen.Int[0, 5].Select(hundreds => hundreds * 100L),
        Gen.Int[0, 52].Select(bits => 1L << bits));

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (10, Gen.Select(Delay, Gen.ULong[0, 3], (delay, source) => (Step)new Add(delay, source))),
        (6, Gen.Select(Gen.Int[0, Timers - 1], Delay, (timer, delay) => (Step)new Start(timer, delay))),
        (4, Gen.Int[0, Timers - 1].Select(timer => (Step)new Cancel(timer))),
        (6, Delay.Select(span => (Step)new TakeFor(span))),
        (6, Gen.Int[1, 12].Select(count => (Step)new TakeSome(count))),
        (3, Gen.Const((Step)new Peek())),
        (1, Gen.Const((Step)new Clear())));

    [Fact]
    public void Events_come_as_from_a_sorted_list_whatever_is_added_taken_cancelled_restarted_and_cleared() =>
        Steps.Array[1, 250].Sample(steps =>
        {
            var pair = new QueueAndModel();
            foreach (var step in steps)
                pair.Perform(step);
            pair.Perform(new TakeSome(int.MaxValue));
        }, iter: 1500);

    [Fact]
    public void A_queue_that_was_cleared_is_as_good_as_new() =>
        Gen.Select(Steps.Array[1, 80], Steps.Array[1, 80]).Sample((before, after) =>
        {
            var pair = new QueueAndModel();
            foreach (var step in before.Append(new Clear()).Concat(after).Append(new TakeSome(int.MaxValue)))
                pair.Perform(step);
        }, iter: 500);

    [Fact]
    public void Events_of_one_instant_are_ordered_by_source_and_then_by_sequence()
    {
        var queue = new EventQueue();
        foreach (var (source, sequence) in new[] { (2UL, 1U), (1UL, 2U), (ulong.MaxValue, 1U), (1UL, uint.MaxValue), (0UL, 9U), (1UL, 1U) })
            AddTo(queue, 5_000_000, source, sequence);
        var order = new List<(ulong, uint)>();
        while (queue.TryTake(long.MaxValue, out var key))
            order.Add((key.Source, key.Sequence));
        Assert.Equal([(0, 9), (1, 1), (1, 2), (1, uint.MaxValue), (2, 1), (ulong.MaxValue, 1)], order);
    }

    [Theory]
    [InlineData(1L)]
    [InlineData(50L)]
    [InlineData(10_000L)]
    [InlineData(10_000_000L)]
    [InlineData(1L << 50)]
    public void Millions_of_timers_started_and_cancelled_leave_nothing_behind(long delay)
    {
        var queue = new EventQueue();
        AddTo(queue, 1, source: 1, sequence: 1);
        Assert.True(queue.TryTake(long.MaxValue, out var first));
        queue.Release(first.Slot);
        CancelMany(queue, delay);
    }

    [Fact]
    public void Timers_cancelled_before_a_far_event_that_was_looked_at_leave_nothing_behind()
    {
        var queue = new EventQueue();
        AddTo(queue, 1L << 40, source: 1, sequence: 1);
        Assert.Equal(1L << 40, queue.NextTime);
        CancelMany(queue, delay: 5_000);
    }

    private static void CancelMany(EventQueue queue, long delay)
    {
        var timer = new VirtualTimer();
        for (uint i = 0; i < 2_000_000; i++)
        {
            timer.Cancel();
            StartIn(queue, timer, 1 + delay, source: 7, sequence: i);
        }

        Assert.InRange(queue.Slots, 1, 4_096);
        Assert.True(timer.IsPending);
    }

    private static void AddTo(EventQueue queue, long time, ulong source, uint sequence)
    {
        ref var entry = ref queue.Add(time, source, sequence, out _);
        entry.Message = "event";
    }

    private static void StartIn(EventQueue queue, VirtualTimer timer, long time, ulong source, uint sequence)
    {
        ref var entry = ref queue.Add(time, source, sequence, out var slot);
        entry.Message = "expired";
        entry.Timer = timer;
        timer.Queue = queue;
        timer.Slot = slot;
    }

    private abstract record Step;

    private sealed record Add(long Delay, ulong Source) : Step;

    private sealed record Start(int Timer, long Delay) : Step;

    private sealed record Cancel(int Timer) : Step;

    private sealed record TakeFor(long Span) : Step;

    private sealed record TakeSome(int Count) : Step;

    private sealed record Peek : Step;

    private sealed record Clear : Step;

    private sealed class QueueAndModel
    {
        private readonly EventQueue _queue = new();
        private readonly VirtualTimer[] _timers = [.. Enumerable.Range(0, Timers).Select(_ => new VirtualTimer())];
        private readonly SortedDictionary<(long Time, ulong Source, uint Sequence), int?> _model = [];
        private readonly (long, ulong, uint)?[] _pending = new (long, ulong, uint)?[Timers];
        private uint _sequence;
        private long _now;

        public void Perform(Step step)
        {
            switch (step)
            {
                case Add add:
                    var key = NextKey(add.Delay, add.Source);
                    AddTo(_queue, key.Time, key.Source, key.Sequence);
                    _model.Add(key, null);
                    break;
                case Start start:
                    Stop(start.Timer);
                    var expiry = NextKey(start.Delay, (ulong)start.Timer);
                    StartIn(_queue, _timers[start.Timer], expiry.Time, expiry.Source, expiry.Sequence);
                    _model.Add(expiry, start.Timer);
                    _pending[start.Timer] = expiry;
                    break;
                case Cancel cancel:
                    Stop(cancel.Timer);
                    break;
                case TakeFor take:
                    var until = Math.Min(_now + take.Span, EventQueue.LatestTime);
                    while (_model.Count > 0 && _model.First().Key.Time <= until)
                        TakeOne(until);
                    Assert.False(_queue.TryTake(until, out _));
                    _now = until;
                    break;
                case TakeSome some:
                    for (var i = 0; i < some.Count && _model.Count > 0; i++)
                        TakeOne(long.MaxValue);
                    break;
                case Peek:
                    Assert.Equal(_model.Count > 0 ? _model.First().Key.Time : long.MaxValue, _queue.NextTime);
                    break;
                case Clear:
                    _queue.Clear();
                    _model.Clear();
                    Array.Clear(_pending);
                    _now = 0;
                    break;
            }

            Assert.Equal(_model.Count, _queue.Count);
            Assert.Equal(_pending.Select(pending => pending is not null), _timers.Select(timer => timer.IsPending));
        }

        private (long Time, ulong Source, uint Sequence) NextKey(long delay, ulong source)
        {
            // Odd sources count downwards, so that sequences do not follow the order of adding.
            _sequence++;
            return (Math.Min(_now + delay, EventQueue.LatestTime), source, source % 2 == 0 ? _sequence : uint.MaxValue - _sequence);
        }

        private void Stop(int timer)
        {
            _timers[timer].Cancel();
            if (_pending[timer] is { } key)
                _model.Remove(key);
            _pending[timer] = null;
        }

        private void TakeOne(long until)
        {
            var (expected, timer) = _model.First();
            Assert.True(_queue.TryTake(until, out var key));
            Assert.Equal(expected, (key.Time, key.Source, key.Sequence));
            if (timer is { } expired)
            {
                _queue[key.Slot].Timer!.Slot = -1;
                _pending[expired] = null;
            }

            _queue.Release(key.Slot);
            _model.Remove(expected);
            _now = key.Time;
        }
    }
}
