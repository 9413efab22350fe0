using System.Diagnostics;
using Actors.Kernel;
using Akka.Actor;

namespace Tests.Actors.Kernel;

public sealed class LifeTests
{
    private static readonly TimeSpan Lookahead = TimeSpan.FromMilliseconds(1);

    [Fact]
    public void Two_thousand_engines_in_one_system_leave_no_memory_dispatchers_or_threads()
    {
        using var lab = new VirtualSystem();
        RunEngines(400);
        var (memory, threads) = (GC.GetTotalMemory(forceFullCollection: true), Process.GetCurrentProcess().Threads.Count);
        RunEngines(1600);
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - memory < 16_000_000, "memory grew with the number of engines");
        Assert.InRange(Process.GetCurrentProcess().Threads.Count, 0, threads + 50);
        using var engine = lab.Of(Lookahead, 0, 1, 1);
        for (var process = 0; process < 3; process++)
            Assert.Contains(engine.On(process, Props.Empty).Dispatcher, Enumerable.Range(0, 3).Select(i => $"logical-process-{i}"));

        void RunEngines(int count)
        {
            for (var i = 0; i < count; i++)
            {
                using var engine = lab.Of(Lookahead, 0, 1, 1);
                PingPong(engine);
                engine.Run(At(10));
            }
        }
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 1, 2)]
    public void Thousands_of_runs_of_one_engine_are_equal(params int[] partitions)
    {
        using var lab = new VirtualSystem();
        using var engine = lab.Of(Lookahead, partitions);
        var first = PingPong(engine);
        var digests = new HashSet<ulong>();
        for (var run = 0; run < 2000; run++)
        {
            engine.Begin();
            Assert.Equal((SimTime.Zero, 0, 0L), (engine.Now, engine.Pending, engine.Events));
            engine.Post(first, "ping", At(0.5));
            engine.Run(At(3 + run % 7 * 0.01));
            digests.Add(engine.Digest);
        }

        Assert.Single(digests);
    }

    [Fact]
    public void An_engine_may_be_disposed_twice_and_with_events_pending()
    {
        using var lab = new VirtualSystem();
        var engine = lab.Of(Lookahead, 0, 1, 2);
        PingPong(engine);
        engine.Run(At(3));
        Assert.Equal(1, engine.Pending);
        VirtualSystem.Within(10, () =>
        {
            engine.Dispose();
            engine.Dispose();
        });
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_system_ends_within_two_seconds_with_and_without_live_engines(bool live, bool failed)
    {
        var system = VirtualSystem.Create();
        var engine = new Engine(system, [("p0", 0), ("p1", 1), ("p2", 2)], Lookahead);
        PingPong(engine);
        engine.Run(At(3));
        if (failed)
        {
            engine.Post(engine.ActorOf(2, Scripted.Props((_, _) => throw new InvalidOperationException("boom")), "bad"), "go", At(5));
            Assert.Throws<SimulationFailedException>(() => engine.Run(At(50)));
        }

        if (!live)
            engine.Dispose();
        VirtualSystem.EndsWithin(2, system.Terminate());
        VirtualSystem.Within(10, engine.Dispose);
    }

    [Fact]
    public void A_system_that_is_told_to_end_during_a_run_ends_after_it()
    {
        var system = VirtualSystem.Create();
        var engine = new Engine(system, [("p0", 0)]);
        Task? end = null;
        var actor = engine.ActorOf(
            0,
            Scripted.Props((me, _) =>
            {
                end = system.Terminate();
                Thread.Sleep(200);
            }),
            "a");
        engine.Post(actor, "end", At(1));
        engine.RunToEnd();
        VirtualSystem.EndsWithin(2, end!);
    }

    private static SimTime At(double ms) => SimTime.Zero + TimeSpan.FromMilliseconds(ms);

    /// <summary>A message that goes round the processes, 1.1 ms each.</summary>
    private static IActorRef PingPong(Engine engine)
    {
        var nodes = new IActorRef[3];
        for (var i = 0; i < nodes.Length; i++)
        {
            var next = (i + 1) % nodes.Length;
            nodes[i] = engine.ActorOf(i, Scripted.Props((me, message) => me.After(1.1, nodes[next], message)), $"n{i}");
        }

        engine.Post(nodes[0], "ping", SimTime.Zero);
        return nodes[0];
    }
}
