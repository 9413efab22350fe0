using Actors;
using Actors.Mobility;
using Actors.Network;
using Actors.Network.Forms;
using Actors.Security.Keys;
using Tests.Actors.Kernel;
using Tests.Actors.Network;
using Tests.Actors.Schemes;
using Tests.Topology;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Forms;

/// <summary>Packets as bytes: the same handovers to the tick, and what is damaged is found out.</summary>
public sealed class WireModeTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    public static TheoryData<string> Names => [.. HandoverSchemes.All.Select(scheme => scheme.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Wire_mode_and_model_mode_give_the_same_handovers_and_digests_on_one_partition_and_two(string name)
    {
        for (var replication = 0; replication < 3; replication++)
        {
            var reference = Result(Run(name, replication, isWire: false, partitions: 1));
            Assert.Equal(reference, Result(Run(name, replication, isWire: true, partitions: 1)));
            Assert.Equal(reference, Result(Run(name, replication, isWire: true, partitions: 2)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Early_link_down_and_data_change_nothing_of_that(string name)
    {
        foreach (var early in (string[])["", " anticipation=1", " anticipation=12", " anticipation=30", " anticipation=36"])
        {
            var scenario = Journeys.Scenario(name + early, new Traffic(Ms(10), 160, Ms(300)) { IsUp = true });
            using var model = new Simulation(system.System, scenario);
            using var wire = new Simulation(system.System, scenario with { Wire = KeyRing.DefaultProfile });
            var run = wire.Run(1, 0);
            Assert.Equal(Result(model.Run(1, 0)), Result(run));
            Assert.Equal((0, 0, 0), (run.Wire![WireVerdict.Malformed], run.Wire[WireVerdict.Forged], run.Wire[WireVerdict.Replayed]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_bits_are_found_out_and_every_handover_ends(string name)
    {
        var scheme = Scheme(name);
        var network = Hierarchical(3).With(new LinkOverride { Corruption = 0.1 });
        var scenario = new Scenario(
            network, scheme, new SchemeOptions(scheme.Options), Costs, new ManyMoves(TimeSpan.FromSeconds(2), [.. network.Cells.Select(cell => cell.Router)], 10))
        {
            Wire = KeyRing.DefaultProfile,
        };
        using var simulation = new Simulation(system.System, scenario);
        var run = simulation.Run(1, 0);
        Assert.Equal((30, 30, 0), (run.Begun, run.Handovers.Count, run.Pending));
        var refused = run.Wire![WireVerdict.Malformed] + run.Wire[WireVerdict.Forged] + run.Wire[WireVerdict.Replayed];
        Assert.InRange(run.Signalling.Corrupted, 10, long.MaxValue);
        Assert.InRange(refused, run.Signalling.Corrupted / 2, run.Signalling.Corrupted);
    }

    [Fact]
    public void A_packet_that_comes_twice_under_ESP_is_handed_on_once()
    {
        var scenario = Journeys.Scenario("ipsec-fmipv6") with { Wire = KeyRing.DefaultProfile };
        scenario = scenario with { Network = scenario.Network.With(new LinkOverride { Duplication = 1 }) };
        using var simulation = new Simulation(system.System, scenario);
        var run = simulation.Run(1, 0);
        Assert.Equal("predictive", Assert.Single(run.Handovers).Outcome.Name);
        Assert.True(run.Wire![WireVerdict.Replayed] >= 8);
    }

    [Fact]
    public void Messages_without_forms_cross_links_too()
    {
        var scenario = TestScheme.Scenario(Paper, TestScheme.AskTwice);
        using var model = new Simulation(system.System, scenario);
        using var wire = new Simulation(system.System, scenario with { Wire = KeyRing.DefaultProfile });
        var run = wire.Run(1, 0);
        Assert.Equal(model.Run(1, 0).Digest, run.Digest);
        Assert.True(run.Wire![WireVerdict.Accepted] > 3);
    }

    private RunRecord Run(string name, int replication, bool isWire, int partitions)
    {
        var scheme = Scheme(name);
        var scenario = new Scenario(
            RepeatabilityTests.Rough, scheme, new SchemeOptions(scheme.Options), Costs, new PingPong(Ms(900), RepeatabilityTests.Rough.Find("nar")!.Value, RepeatabilityTests.Rough.Find("par")!.Value, 4))
        {
            Partitions = partitions,
            Wire = isWire ? KeyRing.DefaultProfile : null,
            Traffic = new Traffic(Ms(50), 160, TimeSpan.FromSeconds(3)),
        };
        using var simulation = new Simulation(system.System, scenario);
        return simulation.Run(7, replication);
    }

    private static string Result(RunRecord run) => string.Join('\n',
        run.Handovers.Select(row => $"{row.Key} {row.Outcome} {row.CompletedAt} {row.TotalTicks} {string.Join(',', row.PhaseTicks)}")
            .Append($"{run.Begun} {run.Digest:x} {run.Events} {run.End} {run.Pending} {run.Signalling.Lost} {run.Data?[DataEvent.Received]} {run.Data?[DataEvent.Buffered]}")
            .Append(string.Join(' ', Enum.GetValues<LinkClass>().Select(link => $"{run.Signalling.Messages(link)}/{run.Signalling.Bytes(link)}"))));
}
