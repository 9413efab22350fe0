using Actors.Kernel;
using Akka.Actor;

namespace Tests.Actors.Kernel;

/// <summary>A run that breaks a rule ends with the node, the virtual time and the reason, whatever the partitions, and never hangs.</summary>
public sealed class FailureTests(VirtualSystem lab) : IClassFixture<VirtualSystem>
{
    private const double Limit = 30;
    private static readonly TimeSpan Lookahead = TimeSpan.FromMilliseconds(2);

    public static TheoryData<int[]> Partitions => [[0, 0, 0], [0, 1, 1], [0, 1, 2]];

    [Theory]
    [MemberData(nameof(Partitions))]
    public void An_actor_that_throws_fails_the_run_with_its_name_and_the_time(int[] partitions)
    {
        var fault = FaultOf(partitions, (nodes, me, message) =>
        {
            if (message is "boom")
                throw new InvalidOperationException("out of luck");
            me.After(7.5, nodes[2], "boom");
        });
        Assert.Equal(("p2/n2", At(7.5)), (fault.Fault.Node, fault.Fault.At));
        Assert.Equal("p2/n2 failed at 7.5 ms: out of luck", fault.Message);
        Assert.Equal("p2/n2 failed at 7.5 ms (seed 5, replication 9): out of luck", fault.InRun(5, 9).Message);
    }

    [Theory]
    [MemberData(nameof(Partitions))]
    public void Of_two_failures_at_one_instant_the_first_in_the_order_of_events_is_reported(int[] partitions)
    {
        var fault = FaultOf(partitions, (nodes, me, message) =>
        {
            if (message is string text && text != "go")
                throw new InvalidOperationException(text);
            me.After(5, nodes[2], "first");
            me.After(5, nodes[1], "second");
        });
        Assert.Equal("p2/n2 failed at 5 ms: first", fault.Message);
    }

    [Theory]
    [MemberData(nameof(Partitions))]
    public void A_negative_delay_fails_the_run(int[] partitions)
    {
        var fault = FaultOf(partitions, (nodes, me, _) => me.After(-1, nodes[0], "past"));
        Assert.Equal("p0/n0", fault.Fault.Node);
        Assert.IsType<ArgumentOutOfRangeException>(fault.Fault.Cause);
    }

    [Theory]
    [MemberData(nameof(Partitions))]
    public void A_delay_beyond_the_end_of_virtual_time_fails_the_run(int[] partitions) =>
        Assert.Contains("28 years", FaultOf(partitions, (_, me, _) => me.After(1e12, me.Self, "never")).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Partitions))]
    public void A_Tell_to_another_process_fails_the_run(int[] partitions)
    {
        var fault = FaultOf(partitions, (nodes, me, message) =>
        {
            if (message is "go")
                me.After(3, me.Self, "cross");
            else
                nodes[1].Tell("hello");
        });
        Assert.Equal(("p0/n0", At(3)), (fault.Fault.Node, fault.Fault.At));
        Assert.Contains("a Tell without delay crosses from p0 to p1 (receiver p1/n1)", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Partitions))]
    public void A_timer_repetition_or_cancelable_for_another_process_fails_the_run(int[] partitions)
    {
        AssertRefused((nodes, me) => me.After(5, nodes[1], "x", new VirtualTimer()));
        AssertRefused((nodes, me) => me.After(5, nodes[1], "x", new Cancelable(me.Scheduler)));
        AssertRefused((nodes, me) => me.Scheduler.ScheduleTellRepeatedly(5, 5, nodes[1], "x", me.Self));

        void AssertRefused(Action<IActorRef[], Scripted> schedule)
        {
            var fault = FaultOf(partitions, (nodes, me, _) => schedule(nodes, me));
            Assert.Equal("p0/n0", fault.Fault.Node);
            Assert.Contains("cannot cross from p0 to p1 (receiver p1/n1)", fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Partitions))]
    public void Watching_an_actor_of_another_process_fails_the_run(int[] partitions)
    {
        var fault = FaultOf(partitions, (nodes, me, message) => me.Here.Watch(nodes[1]));
        Assert.Equal("p0/n0", fault.Fault.Node);
        Assert.Contains("crosses from p0 to p1", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.9999)]
    public void A_delay_below_the_lookahead_across_partitions_fails_the_run_and_names_both_ends(double ms)
    {
        // Late in its window too, where the event itself would come after the window's end.
        var fault = FaultOf([0, 1, 1], (nodes, me, message) =>
        {
            if (message is "go")
                me.After(1.5, nodes[0], "cross");
            else
                me.After(ms, nodes[1], "too soon");
        });
        Assert.Equal(("p0/n0", At(1.5)), (fault.Fault.Node, fault.Fault.At));
        Assert.Contains($"a delay of {ms} ms to p1/n1 in another partition is below the lookahead of 2 ms", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Partitions))]
    public void A_cycle_of_Tells_ends_with_the_names_of_its_actors(int[] partitions) =>
        AssertCycle(partitions, (_, receiver) => receiver.Tell("round"));

    [Theory]
    [MemberData(nameof(Partitions))]
    public void A_cycle_of_events_without_delay_ends_with_the_names_of_its_actors(int[] partitions) =>
        AssertCycle(partitions, (me, receiver) => me.After(0, receiver, "round"));

    [Fact]
    public void A_cycle_that_multiplies_ends_before_memory_does() =>
        Assert.Contains("zero-delay cycle", FaultOf([0, 0, 0], (_, me, _) =>
        {
            me.After(0, me.Self, "one");
            me.After(0, me.Self, "two");
        }).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(DeliveryMode.Direct)]
    [InlineData(DeliveryMode.Mailbox)]
    public void Stashing_and_unstashing_for_ever_is_a_cycle_too(DeliveryMode mode) =>
        VirtualSystem.Within(Limit, () =>
        {
            using var engine = lab.Single(mode);
            var actor = engine.ActorOf(
                0,
                Scripted.Props((me, _) =>
                {
                    me.Stash.Stash();
                    me.Stash.UnstashAll();
                }),
                "n0");
            engine.Post(actor, "go", At(1));
            var failure = Assert.Throws<SimulationFailedException>(engine.RunToEnd);
            Assert.Equal("p0/n0", failure.Fault.Node);
        });

    [Fact]
    public void Many_nodes_may_start_at_one_instant()
    {
        const int count = 150_000;
        var heard = 0;
        using var engine = lab.Single();
        var sink = engine.ActorOf(0, Scripted.Props((_, _) => heard++), "sink");
        var source = engine.ActorOf(
            0,
            Scripted.Props((_, _) =>
            {
                for (var i = 0; i < 10; i++)
                    sink.Tell(i);
            }),
            "source");
        for (var i = 0; i < count; i++)
            engine.Post(source, "start", At(1));
        engine.RunToEnd();
        Assert.Equal(10 * count, heard);
    }

    [Theory]
    [MemberData(nameof(Partitions))]
    public void A_failing_constructor_or_PreStart_is_reported_when_the_actor_is_created(int[] partitions)
    {
        VirtualSystem.Within(Limit, () =>
        {
            using (var engine = lab.Of(Lookahead, partitions))
            {
                var failure = Assert.Throws<SimulationFailedException>(() => engine.ActorOf(2, Props.Create(() => new Unborn()), "n2"));
                Assert.Equal("p2/n2 failed at 0 ms: not today", failure.Message);
            }

            using (var engine = lab.Of(Lookahead, partitions))
            {
                var failure = Assert.Throws<SimulationFailedException>(
                    () => engine.ActorOf(2, Scripted.Props((_, _) => { }, _ => throw new InvalidOperationException("no start")), "n2"));
                Assert.Equal("p2/n2 failed at 0 ms: no start", failure.Message);
            }

            using (var engine = lab.Of(Lookahead, partitions))
            {
                var failure = Assert.Throws<SimulationFailedException>(() => engine.Populate(1, _ => throw new InvalidOperationException("no plan")));
                Assert.Equal("p1 failed at 0 ms: no plan", failure.Message);
            }
        });
    }

    [Fact]
    public void An_engine_that_failed_only_lets_itself_be_disposed()
    {
        using var engine = lab.Single();
        var actor = engine.ActorOf(0, Scripted.Props((_, _) => throw new InvalidOperationException("once")), "n0");
        engine.Post(actor, "go", At(1));
        Assert.Throws<SimulationFailedException>(engine.RunToEnd);
        Assert.Throws<SimulationFailedException>(engine.RunToEnd);
        Assert.Throws<SimulationFailedException>(engine.Begin);
    }

    [Fact]
    public void An_engine_whose_processes_cannot_be_made_leaves_nothing_behind()
    {
        Assert.ThrowsAny<Exception>(() => new Engine(lab.System, [("good", 0), ("not a name!", 1)], Lookahead));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Engine(lab.System, [("a", 0), ("b", 1)]));
        using var engine = lab.Of(Lookahead, 0, 1);
        engine.RunToEnd();
    }

    [Fact]
    public void The_past_cannot_be_run_or_posted_to()
    {
        using var engine = lab.Single();
        var actor = engine.ActorOf(0, Scripted.Props((_, _) => { }), "n0");
        engine.Run(At(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Run(At(4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Post(actor, "x", At(4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Post(actor, "x", SimTime.MaxValue));
    }

    private void AssertCycle(int[] partitions, Action<Scripted, IActorRef> pass) =>
        VirtualSystem.Within(Limit, () =>
        {
            using var engine = lab.Of(Lookahead, partitions);
            var ring = new IActorRef[3];
            for (var i = 0; i < ring.Length; i++)
            {
                var next = (i + 1) % ring.Length;
                ring[i] = engine.ActorOf(1, Scripted.Props((me, _) => pass(me, ring[next])), $"n{i}");
            }

            engine.Post(ring[0], "go", At(4));
            var failure = Assert.Throws<SimulationFailedException>(engine.RunToEnd);
            Assert.Equal(("p1/n0", At(4)), (failure.Fault.Node, failure.Fault.At));
            Assert.EndsWith("at one instant, among p1/n0, p1/n1, p1/n2", failure.Message, StringComparison.Ordinal);
        });

    /// <summary>Three processes with a node each run the same script; node 0 gets the first message. The engine is disposed in time.</summary>
    private SimulationFailedException FaultOf(int[] partitions, Action<IActorRef[], Scripted, object> script)
    {
        SimulationFailedException? failure = null;
        VirtualSystem.Within(Limit, () =>
        {
            using var engine = lab.Of(Lookahead, partitions);
            var nodes = new IActorRef[3];
            for (var i = 0; i < nodes.Length; i++)
                nodes[i] = engine.ActorOf(i, Scripted.Props((me, message) => script(nodes, me, message)), $"n{i}");
            engine.Post(nodes[0], "go", SimTime.Zero);
            failure = Assert.Throws<SimulationFailedException>(engine.RunToEnd);
        });
        return failure!;
    }

    private static SimTime At(double ms) => SimTime.Zero + TimeSpan.FromMilliseconds(ms);

    private sealed class Unborn : UntypedActor
    {
        public Unborn() => throw new InvalidOperationException("not today");

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
