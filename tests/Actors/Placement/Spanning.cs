using Actors;
using Actors.Kernel;
using Actors.Network;
using Actors.Network.Forms;
using Actors.Placement;
using Akka.Actor;
using Tests.Actors.Kernel;
using Topology.Plans;

namespace Tests.Actors.Placement;

/// <summary>Runs of a scenario in this process: as one network over several members, each on a thread of its own.</summary>
internal static class Spanning
{
    private const double Patience = 100;

    /// <summary>Replications 0, 1, ... one after the other on the same network.</summary>
    /// <param name="threads">By member.</param>
    public static IReadOnlyList<RunRecord> Over(ActorSystem system, Scenario scenario, int[] threads, int replications, UnrulyNetwork network, SimTime? until = null)
    {
        var placement = new global::Actors.Placement.Placement(scenario.Network, threads, scenario.EventsPerSecond);
        var parts = new RunRecord[placement.Members][];
        var failures = new Exception?[placement.Members];
        var members = Enumerable.Range(0, placement.Members).Select(member => new Thread(() =>
        {
            try
            {
                using var simulation = new Simulation(system, scenario, new Seat(placement, member, network.For(member)));
                parts[member] = [.. Enumerable.Range(0, replications).Select(replication => simulation.Run(5, replication, until))];
            }
            catch (Exception cause)
            {
                failures[member] = cause;
            }
        })).ToList();
        members.ForEach(member => member.Start());
        VirtualSystem.Within(Patience, () => members.ForEach(member => member.Join()));
        if (failures.OfType<SimulationFailedException>().MinBy(failure => failure.Order) is { } first)
            throw first;
        if (failures.OfType<Exception>().FirstOrDefault() is { } other)
            throw new InvalidOperationException(other.ToString(), other);
        return [.. Enumerable.Range(0, replications).Select(replication =>
            RunRecord.Of([.. parts.Select(part => RunBytes.Read(RunBytes.Of(part[replication])))]))];
    }

    public static IReadOnlyList<RunRecord> InOneProcess(ActorSystem system, Scenario scenario, int replications, SimTime? until = null)
    {
        using var simulation = new Simulation(system, scenario);
        return [.. Enumerable.Range(0, replications).Select(replication => simulation.Run(5, replication, until))];
    }

    /// <summary>The runs over these members are those of one partition.</summary>
    /// <param name="members">Each a network, by member how many threads it gives.</param>
    public static void AssertSame(ActorSystem system, Scenario scenario, int replications, SimTime? until, params int[][] members)
    {
        var alone = InOneProcess(system, scenario, replications, until).Select(Text).ToList();
        Assert.Equal(replications, alone.Distinct().Count());
        foreach (var threads in members)
        {
            using var network = new UnrulyNetwork(threads.Length, 7);
            Assert.Equal(alone, Over(system, scenario, threads, replications, network, until).Select(Text));
        }
    }

    /// <summary>All of a run that is a result.</summary>
    public static string Text(RunRecord run) => string.Join('\n',
    [
        .. run.Handovers.Select(row => $"{row.Key} {row.Outcome} {row.CompletedAt} {row.TotalTicks} {string.Join(',', row.PhaseTicks)} {row.InterruptionTicks} {row.FullTicks}"),
        $"{run.Ended} {run.Distribution?.Total.SumTicks} {run.Distribution?.Interruption.GreatestTicks} {string.Join(',', run.Distribution?.Phases.Select(phase => phase.SumOfSquares) ?? [])}",
        $"{run.Begun} {run.Digest:x} {run.Events} {run.End} {run.Pending}",
        $"{run.Signalling.Lost} {run.Signalling.Corrupted} {run.Signalling.Duplicated} {run.Signalling.Fragments}",
        .. Enum.GetValues<LinkClass>().Select(link => $"{link} {run.Signalling.Messages(link)} {run.Signalling.Bytes(link)}"),
        .. ((NodeRole[])[NodeRole.MobileNode, NodeRole.AccessRouter, NodeRole.HomeAgent, NodeRole.HomeAaa]).Select(role =>
            $"{role} {run.Computations[role].Operations} {run.Computations[role].TimedOperations} {run.Computations[role].Ticks} {run.Computations[role].WaitTicks}"),
        .. ((DataDirection[])[DataDirection.Down, DataDirection.Up]).Select(way =>
            $"{way} {run.Streams?.Delay(way).SumTicks} {run.Streams?.Delay(way).GreatestTicks} {run.Streams?.Jitter(way).SumTicks} {run.Streams?.Handovers.Count}"),
        .. Enum.GetValues<DataEvent>().Select(what => $"{what} {run.Data?[what]}"),
        .. Enum.GetValues<WireVerdict>().Select(verdict => $"{verdict} {run.Wire?[verdict]}"),
    ]);
}
