using Akka.Actor;
using Akka.TestKit.Xunit2;
using Experiments.Cluster.Protocol;
using Experiments.Cluster.Span;
using Experiments.MonteCarlo;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Tests.Experiments.Cluster;

/// <summary>A member whose worker waits for another one that says nothing.</summary>
public sealed class SpanMemberTests() : TestKit(LaboratorySystem.Configuration)
{
    private static readonly TimeSpan Hours = TimeSpan.FromHours(2);

    [Fact]
    public void When_its_part_in_a_run_ends_it_does_not_wait_for_the_others()
    {
        using var port = new BatchPort("127.0.0.1", 0, null);
        var member = Waiting(port);
        member.Tell(SpanMember.End.Instance, TestActor);
        ExpectTerminated(member, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void When_an_attempt_is_called_off_it_says_why_it_broke_off_and_that_nobody_is_lost()
    {
        using var port = new BatchPort("127.0.0.1", 0, null);
        var member = Waiting(port);
        member.Tell(new SpanCalledOff(1, 1, "the user wants no more"), TestActor);
        Assert.Equal(new SpanBroken(1, 1, "the user wants no more", null), ExpectMsg<SpanBroken>(TimeSpan.FromSeconds(20)));
    }

    /// <summary>The second of two members, which the first does not call.</summary>
    private IActorRef Waiting(BatchPort port)
    {
        var coordinator = TestActor;
        var work = new SpanWork.Benchmark(new SpanBenchmark(64, 1000, 1));
        var member = Sys.ActorOf(Props.Create(() => new SpanMember(coordinator, 1, work, 1, port, Hours, null)));
        Watch(member);
        Assert.Equal(port.Number, ExpectMsg<SpanEnlisted>().BatchPort);
        SpanPeer[] peers = [new("akka.tcp://handover@127.0.0.1:1/user/member", 1, 1), new("akka.tcp://handover@127.0.0.1:2/user/member", 1, port.Number)];
        member.Tell(new SpanBegin(1, 1, 7, 1, 0, 0, peers, 1), TestActor);
        ExpectNoMsg(TimeSpan.FromMilliseconds(500));
        return member;
    }
}
