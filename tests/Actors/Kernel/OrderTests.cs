using Actors.Kernel;
using Akka.Actor;
using CsCheck;

namespace Tests.Actors.Kernel;

public sealed class OrderTests(VirtualSystem lab) : IClassFixture<VirtualSystem>
{
    [Theory]
    [InlineData(DeliveryMode.Direct)]
    [InlineData(DeliveryMode.Mailbox)]
    public void Tells_run_to_completion_first_in_first_out_before_the_next_event(DeliveryMode mode)
    {
        var log = new List<string>();
        using var engine = lab.Single(mode);
        var leaf = engine.ActorOf(0, Scripted.Props((me, message) => log.Add($"{message}@{me.NowMs}")), "leaf");
        var middle = engine.ActorOf(
            0,
            Scripted.Props((me, message) =>
            {
                log.Add($"{message}@{me.NowMs}");
                leaf.Tell($"{message}1");
                leaf.Tell($"{message}2");
            }),
            "middle");
        var root = engine.ActorOf(
            0,
            Scripted.Props((me, message) =>
            {
                log.Add($"{message}@{me.NowMs}");
                middle.Tell("a");
                leaf.Tell("x");
                middle.Tell("b");
            }),
            "root");
        engine.Post(root, "r", SimTime.Zero);
        engine.Post(leaf, "next", SimTime.Zero);
        engine.RunToEnd();
        Assert.Equal(["r@0", "a@0", "x@0", "b@0", "a1@0", "a2@0", "b1@0", "b2@0", "next@0"], log);
    }

    [Fact]
    public void Both_ways_of_delivery_and_every_partitioning_give_the_same_run() =>
        RandomProgram.Generator.Sample(program =>
        {
            var reference = program.Run(lab.System, program.Evenly(1), DeliveryMode.Mailbox);
            Assert.Equal(reference, program.Run(lab.System, program.Evenly(1)));
            Assert.Equal(reference, program.Run(lab.System, program.Evenly(2)));
            Assert.Equal(reference, program.Run(lab.System, program.Evenly(3)));
            Assert.Equal(reference, program.Run(lab.System, program.Evenly(3), DeliveryMode.Mailbox));
            Assert.Equal(reference, program.Run(lab.System, program.Evenly(7)));
            Assert.Equal(reference, program.Run(lab.System, program.Unevenly()));
        }, iter: 60, threads: 1);

    [Fact]
    public void Every_partitioning_reports_the_same_first_failure() =>
        RandomProgram.Generator.Sample(program =>
        {
            program = program with { FailureIn = 12 };
            var reference = program.Run(lab.System, program.Evenly(1), DeliveryMode.Mailbox);
            Assert.Equal(reference, program.Run(lab.System, program.Evenly(1)));
            Assert.Equal(reference, program.Run(lab.System, program.Evenly(3)));
            Assert.Equal(reference, program.Run(lab.System, program.Evenly(7)));
            Assert.Equal(reference, program.Run(lab.System, program.Unevenly()));
        }, iter: 300, threads: 1);

    [Fact]
    public void The_first_failure_is_found_behind_an_event_without_delay_whose_key_is_earlier_than_its_cause()
    {
        string Failure(string[] names, int[] partitions)
        {
            using var engine = lab.Of(TimeSpan.FromMilliseconds(1), partitions);
            IActorRef Failing(int process, string name) =>
                engine.ActorOf(process, Scripted.Props((me, _) => throw new InvalidOperationException(me.Self.Path.Name)), name);
            IActorRef Forwarding(int process, string name, double ms, IActorRef next) =>
                engine.ActorOf(process, Scripted.Props((me, message) => me.After(ms, next, message)), name);
            var caused = Forwarding(0, names[0], 1, Forwarding(0, names[1], 0, Failing(0, "behind")));
            var other = Forwarding(1, names[2], 1, Failing(1, "beside"));
            engine.Post(caused, 0, SimTime.Zero);
            engine.Post(other, 0, SimTime.Zero);
            return Assert.Throws<SimulationFailedException>(engine.RunToEnd).Message;
        }

        var found = new HashSet<string>();
        for (var i = 0; i < 24; i++)
        {
            string[] names = [$"a{i}", $"b{i}", $"c{i}"];
            var together = Failure(names, [0, 0]);
            Assert.Equal(together, Failure(names, [0, 1]));
            found.Add(together);
        }

        Assert.Equal(2, found.Count);
    }

    [Fact]
    public void Partitions_wait_for_each_other_by_their_own_distances_and_give_the_same()
    {
        var (apart, together) = (0L, 0L);
        RandomProgram.Generator.Select(program => program with { SpreadMs = 3 }).Sample(program =>
        {
            var reference = program.Run(lab.System, program.Evenly(1));
            foreach (var partitions in new[] { program.Evenly(2), program.Evenly(3), program.Evenly(7), program.Unevenly() })
            {
                var (outcome, windows) = program.RunApart(lab.System, partitions);
                Assert.Equal(reference, outcome);
                apart += windows;
                together += program.WindowsOfOneLookahead(lab.System, partitions);
            }
        }, iter: 40, threads: 1);
        Assert.InRange(apart, 1, together * 3 / 4);
    }

    [Fact]
    public void A_delay_that_is_one_tick_longer_changes_the_digest() =>
        RandomProgram.Generator.Sample(program => Assert.NotEqual(
            program.Run(lab.System, program.Evenly(1)).Digest,
            (program with { ExtraTicks = 1 }).Run(lab.System, program.Evenly(1)).Digest), iter: 30, threads: 1);

    [Fact]
    public void A_run_in_several_steps_is_the_run_in_one()
    {
        const int steps = 40;
        ulong Digest(int[] partitions, int stops)
        {
            using var engine = lab.Of(TimeSpan.FromMilliseconds(2), partitions);
            IActorRef[] ring = new IActorRef[partitions.Length];
            for (var i = 0; i < ring.Length; i++)
            {
                var next = (i + 1) % ring.Length;
                ring[i] = engine.ActorOf(i, Scripted.Props((me, message) => me.After(2 + (int)message % 3, ring[next], (int)message + 1)), $"n{i}");
            }

            engine.Post(ring[0], 0, SimTime.Zero);
            for (var stop = 1; stop <= stops; stop++)
                engine.Run(new SimTime(TimeSpan.TicksPerMillisecond * steps * stop / stops));
            Assert.Equal(1, engine.Pending);
            return engine.Digest;
        }

        var reference = Digest([0, 0, 0], 1);
        Assert.All(new[] { 2, 7, 40, 400 }, stops => Assert.Equal(reference, Digest([0, 0, 0], stops)));
        Assert.All(new[] { 1, 2, 7, 40, 400 }, stops => Assert.Equal(reference, Digest([0, 1, 2], stops)));
    }

    [Fact]
    public void What_an_actor_sends_to_another_partition_between_runs_arrives()
    {
        using var engine = lab.Of(TimeSpan.FromMilliseconds(1), 0, 1);
        var heard = new List<string>();
        var receiver = engine.ActorOf(1, Scripted.Props((me, message) => heard.Add($"{message}@{me.NowMs}")), "receiver");
        engine.ActorOf(0, Scripted.Props((_, _) => { }, me => me.After(3, receiver, "from PreStart")), "sender");
        Assert.Equal(1, engine.Pending);
        engine.Run(SimTime.Zero + TimeSpan.FromMilliseconds(10));
        engine.ActorOf(0, Scripted.Props((_, _) => { }, me => me.After(3, receiver, "later")), "second");
        engine.RunToEnd();
        Assert.Equal(["from PreStart@3", "later@13"], heard);
    }

    [Fact]
    public void Identities_follow_names_not_engines()
    {
        ulong Digest()
        {
            using var engine = lab.Single();
            engine.Post(engine.ActorOf(0, Scripted.Props((me, message) => { if (message is "go") me.After(1, me.Self, "end"); }), "a~b"), "go", SimTime.Zero);
            engine.RunToEnd();
            return engine.Digest;
        }

        Assert.Equal(Digest(), Digest());
    }
}
