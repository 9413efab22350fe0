using Actors.Kernel;
using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace Tests.Actors.Kernel;

/// <summary>How a protocol is tested: TestKit's probes are the peers, the test moves the virtual time.</summary>
public sealed class TestKitTests : TestKit
{
    private readonly Engine _engine;

    public TestKitTests()
        : base(VirtualSystem.Configuration) =>
        _engine = new Engine(Sys, [("p0", 0)]);

    [Fact]
    public void A_probe_hears_a_message_at_its_exact_instant_and_not_a_tick_earlier()
    {
        var peer = CreateTestProbe();
        var actor = _engine.ActorOf(0, Scripted.Props((me, _) => me.After(111, peer, "hello")), "a");
        actor.Tell("go");
        _engine.RunFor(TimeSpan.FromMilliseconds(111) - TimeSpan.FromTicks(1));
        peer.ExpectNoMsg(TimeSpan.Zero);
        _engine.RunFor(TimeSpan.FromTicks(1));
        peer.ExpectMsg("hello", TimeSpan.FromSeconds(3));
        Assert.Same(actor, peer.LastSender);
    }

    [Fact]
    public void A_probes_answer_reaches_the_actor_at_the_instant_the_test_has_come_to()
    {
        var peer = CreateTestProbe();
        var answers = new List<string>();
        var actor = _engine.ActorOf(
            0,
            Scripted.Props((me, message) =>
            {
                if (message is "go")
                    me.After(2, peer, "request");
                else
                    answers.Add($"{message}@{me.NowMs}");
            }),
            "a");
        actor.Tell("go");
        _engine.RunFor(TimeSpan.FromMilliseconds(5));
        peer.ExpectMsg("request", TimeSpan.FromSeconds(3));
        peer.Reply("answer");
        Assert.Empty(answers);
        _engine.RunFor(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["answer@5"], answers);
    }

    [Fact]
    public void A_probe_may_watch_an_actor_of_a_process()
    {
        var watcher = CreateTestProbe();
        var actor = _engine.ActorOf(0, Scripted.Props((me, _) => me.Here.Stop(me.Self)), "a");
        watcher.Watch(actor);
        _engine.Post(actor, "stop", SimTime.Zero + TimeSpan.FromMilliseconds(3));
        _engine.RunToEnd();
        watcher.ExpectTerminated(actor, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void A_message_for_an_actor_that_has_stopped_is_a_dead_letter()
    {
        var letters = CreateTestProbe();
        Sys.EventStream.Subscribe(letters, typeof(Akka.Event.DeadLetter));
        var actor = _engine.ActorOf(0, Scripted.Props((me, _) => me.Here.Stop(me.Self)), "a");
        _engine.Post(actor, "stop", SimTime.Zero);
        _engine.Post(actor, "late", SimTime.Zero + TimeSpan.FromMilliseconds(3));
        _engine.RunToEnd();
        Assert.Equal("late", letters.ExpectMsg<Akka.Event.DeadLetter>(TimeSpan.FromSeconds(3)).Message);
        _engine.Dispose();
        actor.Tell("after the engine");
        Assert.Equal("after the engine", letters.ExpectMsg<Akka.Event.DeadLetter>(TimeSpan.FromSeconds(3)).Message);
    }

    protected override void Dispose(bool disposing)
    {
        _engine.Dispose();
        base.Dispose(disposing);
    }
}
