using System.Diagnostics;
using Actors.Kernel;
using Akka.Actor;

namespace Tests.Actors.Kernel;

/// <summary>Akka's scheduling, as real actors meet it in virtual time: exact, and repeatable in both ways of delivery.</summary>
public sealed class VirtualTimeSchedulerTests(VirtualSystem lab) : IClassFixture<VirtualSystem>
{
    public static TheoryData<DeliveryMode> Modes => [DeliveryMode.Direct, DeliveryMode.Mailbox];

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_message_scheduled_once_arrives_at_its_exact_instant(DeliveryMode mode) =>
        AssertLog(mode, ["start@0", "b@0.0001", "a@111.1111"], (me, message, _) =>
        {
            if (message is not "start")
                return;
            me.After(111.1111, me.Self, "a");
            me.After(0.0001, me.Self, "b");
        });

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_virtual_timer_expires_once_at_its_last_start_and_not_when_cancelled(DeliveryMode mode)
    {
        var (restarted, cancelled) = (new VirtualTimer(), new VirtualTimer());
        AssertLog(mode, ["start@0", "touch@5", "restarted@15"], (me, message, _) =>
        {
            switch (message)
            {
                case "start":
                    me.After(10, me.Self, "restarted", restarted);
                    me.After(10, me.Self, "cancelled", cancelled);
                    me.After(5, me.Self, "touch");
                    Assert.True(restarted.IsPending);
                    break;
                case "touch":
                    me.After(10, me.Self, "restarted", restarted);
                    cancelled.Cancel();
                    Assert.False(cancelled.IsPending);
                    break;
                case "restarted":
                    Assert.False(restarted.IsPending);
                    break;
            }
        });
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_cancelled_Cancelable_delivers_nothing_and_does_not_prolong_the_run(DeliveryMode mode) =>
        AssertLog(mode, ["start@0", "touch@5", "kept@10"], (me, message, _) =>
        {
            if (message is not "start")
                return;
            var cancelable = new Cancelable(me.Scheduler);
            me.After(10, me.Self, "kept", new Cancelable(me.Scheduler));
            me.After(20, me.Self, "never", cancelable);
            me.After(5, me.Self, "touch");
            me.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromMilliseconds(6), () => cancelable.Cancel());
        });

    [Theory]
    [MemberData(nameof(Modes))]
    public void CancelAfter_of_a_Cancelable_counts_in_virtual_time(DeliveryMode mode) =>
        AssertLog(mode, ["start@0", "tick@0", "tick@10", "tick@20"], (me, message, _) =>
        {
            if (message is not "start")
                return;
            var cancelable = new Cancelable(me.Scheduler);
            me.Scheduler.ScheduleTellRepeatedly(TimeSpan.Zero, TimeSpan.FromMilliseconds(10), me.Self, "tick", me.Self, cancelable);
            cancelable.CancelAfter(TimeSpan.FromMilliseconds(25));
        }, endMs: 25);

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_repeated_message_comes_at_every_interval_until_cancelled(DeliveryMode mode)
    {
        var ticks = 0;
        AssertLog(mode, ["start@0", "tick@3", "tick@10", "tick@17"], (me, message, log) =>
        {
            if (message is "start")
                log.Cancelable = me.Scheduler.ScheduleTellRepeatedlyCancelable(TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(7), me.Self, "tick", me.Self);
            else if (++ticks == 3)
                log.Cancelable!.Cancel();
        });
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Timers_of_an_actor_run_in_virtual_time(DeliveryMode mode)
    {
        var ticks = 0;
        AssertLog(mode, ["start@0", "single@4", "periodic@10", "periodic@20", "periodic@30"], (me, message, _) =>
        {
            switch (message)
            {
                case "start":
                    me.Timers.StartSingleTimer("s", "lost", TimeSpan.FromMilliseconds(2));
                    me.Timers.StartSingleTimer("s", "single", TimeSpan.FromMilliseconds(4));
                    me.Timers.StartSingleTimer("c", "cancelled", TimeSpan.FromMilliseconds(6));
                    me.Timers.Cancel("c");
                    me.Timers.StartPeriodicTimer("p", "periodic", TimeSpan.FromMilliseconds(10));
                    break;
                case "periodic" when ++ticks == 3:
                    me.Timers.CancelAll();
                    break;
            }
        });
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_receive_timeout_counts_from_the_last_message(DeliveryMode mode) =>
        AssertLog(mode, ["start@0", "touch@30", "ReceiveTimeout@80"], (me, message, _) =>
        {
            switch (message)
            {
                case "start":
                    me.Here.SetReceiveTimeout(TimeSpan.FromMilliseconds(50));
                    me.After(30, me.Self, "touch");
                    break;
                case ReceiveTimeout:
                    me.Here.SetReceiveTimeout(null);
                    break;
            }
        });

    [Theory]
    [MemberData(nameof(Modes))]
    public void Stashed_messages_come_back_in_order_before_anything_sent_later(DeliveryMode mode)
    {
        var open = false;
        var handled = new List<string>();
        using var engine = lab.Single(mode);
        var actor = engine.ActorOf(
            0,
            Scripted.Props((me, message) =>
            {
                switch (message)
                {
                    case "open":
                        open = true;
                        me.Self.Tell("later");
                        me.Stash.UnstashAll();
                        break;
                    case not null when !open:
                        me.Stash.Stash();
                        return;
                }

                handled.Add($"{message}@{me.NowMs}");
            }),
            "a");
        foreach (var (message, ms) in new[] { ("1", 1), ("2", 2), ("3", 3), ("4", 4), ("open", 10), ("5", 10) })
            engine.Post(actor, message, At(ms));
        engine.RunToEnd();
        Assert.Equal(["open@10", "1@10", "2@10", "3@10", "4@10", "later@10", "5@10"], handled);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void An_actor_that_stops_itself_handles_nothing_more_of_what_it_had_stashed(DeliveryMode mode)
    {
        var handled = new List<object>();
        using var engine = lab.Single(mode);
        var actor = engine.ActorOf(
            0,
            Scripted.Props((me, message) =>
            {
                if (handled.Count == 0 && message is not "open")
                {
                    me.Stash.Stash();
                    return;
                }

                handled.Add(message);
                if (message is "open")
                    me.Stash.UnstashAll();
                else
                    me.Here.Stop(me.Self);
            }),
            "a");
        foreach (var message in new[] { "1", "2", "3", "open" })
            engine.Post(actor, message, At(1));
        engine.RunToEnd();
        Assert.Equal(["open", "1"], handled);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_watcher_hears_of_a_stopped_actor_at_the_same_instant(DeliveryMode mode)
    {
        IActorRef? child = null;
        AssertLog(mode, ["start@0", "stop@12.5", "Terminated@12.5"], (me, message, _) =>
        {
            switch (message)
            {
                case "start":
                    child = me.Here.ActorOf(lab.Engine!.On(0, Scripted.Props((_, _) => { })), "child");
                    me.Here.Watch(child);
                    me.After(12.5, me.Self, "stop");
                    break;
                case "stop":
                    me.Here.Stop(child!);
                    break;
            }
        });
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void An_actor_may_become_another(DeliveryMode mode)
    {
        var log = new List<string>();
        using var engine = lab.Single(mode);
        var actor = engine.ActorOf(0, Scripted.Props((me, message) => me.Become(second => log.Add($"{second}@{me.NowMs}"))), "a");
        engine.Post(actor, "first", At(1));
        engine.Post(actor, "second", At(2));
        engine.RunToEnd();
        Assert.Equal(["second@2"], log);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_callback_runs_at_its_instant_in_no_actors_context(DeliveryMode mode)
    {
        var log = new List<string>();
        using var engine = lab.Single(mode);
        IActorRef? receiver = null;
        receiver = engine.ActorOf(0, Scripted.Props((me, message) => log.Add($"{message}@{me.NowMs} from {me.Sender.Path.Name}")), "r");
        var actor = engine.ActorOf(
            0,
            Scripted.Props((me, message) =>
            {
                if (message is not "start")
                    return;
                var scheduler = me.Scheduler;
                scheduler.Advanced.ScheduleOnce(TimeSpan.FromMilliseconds(5), () =>
                {
                    receiver.Tell("called");
                    scheduler.Advanced.ScheduleOnce(TimeSpan.Zero, () => receiver.Tell("again"));
                });
                me.After(4, me.Self, "other");
            }),
            "a");
        engine.Post(actor, "start", At(0));
        engine.Run(At(4.5));
        engine.RunToEnd();
        Assert.Equal(["called@5 from deadLetters", "again@5 from deadLetters"], log);
    }

    [Fact]
    public void Time_is_virtual_inside_a_process_and_real_outside()
    {
        using var engine = lab.Single();
        var (monotonic, high, date) = (TimeSpan.Zero, TimeSpan.Zero, default(DateTimeOffset));
        var actor = engine.ActorOf(
            0, Scripted.Props((me, _) => (monotonic, high, date) = (me.Scheduler.MonotonicClock, me.Scheduler.HighResMonotonicClock, me.Scheduler.Now)), "a");
        engine.Post(actor, "look", At(86_400_000));
        engine.RunToEnd();
        Assert.Equal(TimeSpan.FromDays(1), monotonic);
        Assert.Equal(TimeSpan.FromDays(1), high);
        Assert.Equal(new DateTimeOffset(2000, 1, 2, 0, 0, 0, TimeSpan.Zero), date);
        Assert.InRange(lab.System.Scheduler.Now, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.True(lab.System.Scheduler.MonotonicClock < TimeSpan.FromDays(1));
        Assert.Equal(At(86_400_000), engine.Now);
    }

    [Fact]
    public void Actors_outside_the_processes_live_in_real_time()
    {
        using var engine = lab.Single();
        using var arrived = new ManualResetEventSlim();
        var clock = Stopwatch.StartNew();
        var real = lab.System.ActorOf(Scripted.Props((me, message) =>
        {
            if (message is "start")
                me.After(50, me.Self, "done");
            else
                arrived.Set();
        }));
        real.Tell("start");
        engine.Run(At(1_000_000));
        Assert.True(arrived.Wait(TimeSpan.FromSeconds(10)));
        Assert.True(clock.Elapsed > TimeSpan.FromMilliseconds(45));
    }

    [Fact]
    public void A_real_time_actor_may_drive_an_engine_and_keeps_its_own_context()
    {
        using var answered = new ManualResetEventSlim();
        var driver = lab.System.ActorOf(Scripted.Props((me, message) =>
        {
            if (message is "done")
            {
                answered.Set();
                return;
            }

            using var engine = lab.Single();
            engine.Post(engine.ActorOf(0, Scripted.Props((_, _) => { }), "a"), "x", At(1));
            engine.RunToEnd();
            me.Here.Self.Tell("done", me.Sender);
        }));
        driver.Tell("drive");
        Assert.True(answered.Wait(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_virtual_timer_outside_a_process_is_refused() =>
        Assert.Throws<InvalidOperationException>(() =>
            lab.System.Scheduler.ScheduleTellOnce(TimeSpan.Zero, ActorRefs.Nobody, "x", ActorRefs.NoSender, new VirtualTimer()));

    private static SimTime At(double ms) => SimTime.Zero + TimeSpan.FromMilliseconds(ms);

    /// <summary>What one actor hears, and when, from a first message at time zero to the end of the run.</summary>
    private void AssertLog(DeliveryMode mode, string[] expected, Action<Scripted, object, Log> onMessage, double? endMs = null)
    {
        var log = new Log();
        using var engine = lab.Engine = lab.Single(mode);
        var actor = engine.ActorOf(
            0,
            Scripted.Props((me, message) =>
            {
                log.Lines.Add($"{(message is string text ? text : message.GetType().Name)}@{me.NowMs}");
                onMessage(me, message, log);
            }),
            "a");
        engine.Post(actor, "start", SimTime.Zero);
        engine.RunToEnd();
        Assert.Equal(expected, log.Lines);
        Assert.Equal(0, engine.Pending);
        if (endMs is { } end)
            Assert.Equal(At(end), engine.Now);
        else
            Assert.EndsWith($"@{engine.Now.Milliseconds}", log.Lines[^1], StringComparison.Ordinal);
    }

    private sealed class Log
    {
        public List<string> Lines { get; } = [];

        public ICancelable? Cancelable { get; set; }
    }
}
