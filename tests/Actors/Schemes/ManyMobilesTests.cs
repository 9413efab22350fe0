using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Akka.Actor;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>Several mobile nodes at once in a network where every path has several links, as actors.</summary>
public sealed class ManyMobilesTests : IDisposable
{
    private const int Mobiles = 30;
    private readonly ActorSystem _system = ActorSystem.Create("many-mobiles", Engine.Configuration);

    public static TheoryData<string> Names => SchemeNames;

    public void Dispose() => _system.Terminate().Wait();

    [Theory]
    [MemberData(nameof(Names))]
    public void All_handovers_succeed_and_the_trajectory_is_the_same_on_two_partitions(string name)
    {
        var single = Run(name, 1);
        Assert.InRange(single.Handovers.Count, 3 * Mobiles, 10 * Mobiles);
        Assert.All(single.Handovers, handover => Assert.False(handover.Outcome.IsFailure, handover.Outcome.Reason));
        Assert.InRange(single.Begun - single.Handovers.Count, 0, Mobiles);
        Assert.Equal(single.Digest, Run(name, 2).Digest);
    }

    private RunRecord Run(string name, int partitions)
    {
        var plan = Hierarchical(Mobiles);
        var scheme = Scheme(name);
        var routers = plan.Cells.Select(cell => cell.Router).ToArray();
        var scenario = new Scenario(plan, scheme, new SchemeOptions(scheme.Options), Costs, new UniformMovement(TimeSpan.FromSeconds(1), routers))
        {
            Partitions = partitions,
        };
        using var simulation = new Simulation(_system, scenario);
        return simulation.Run(3, 0, SimTime.Zero + TimeSpan.FromSeconds(6));
    }
}
