using Actors;
using Actors.Mobility;
using Actors.Network;
using Actors.Security.Keys;
using Tests.Actors.Forms;
using Tests.Actors.Kernel;
using Tests.Actors.Network;
using Tests.Actors.Schemes;
using Tests.Topology;
using Topology.Generation;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Placement;

/// <summary>Packets that are bytes, really signed and encrypted, cross members: the run of one process, to the last verdict.</summary>
public sealed class WireSpanTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    public static TheoryData<string> Names => [.. HandoverSchemes.All.Select(scheme => scheme.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_scheme_runs_as_bytes_over_two_and_three_members_as_in_one_process(string name)
    {
        var scheme = Scheme(name);
        var rough = RepeatabilityTests.Rough;
        Spanning.AssertSame(
            system.System,
            new Scenario(rough, scheme, new SchemeOptions(scheme.Options), Costs, new PingPong(Ms(900), rough.Node("nar"), rough.Node("par"), 4))
            {
                Traffic = new Traffic(Ms(50), 160, TimeSpan.FromSeconds(3)),
                Wire = KeyRing.DefaultProfile,
            },
            2,
            null,
            [1, 1], [1, 1, 1]);
    }

    /// <summary>All fallbacks: exchanges of IKEv2 on the new link, with and without what was begun on the old one.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Early_link_down_over_members_is_that_of_one_process(string name)
    {
        foreach (var anticipation in (string[])["1", "12", "30", "36"])
        {
            var scenario = Journeys.Scenario($"{name} anticipation={anticipation}", new Traffic(Ms(10), 160, Ms(300)) { IsUp = true });
            Spanning.AssertSame(system.System, scenario with { Wire = KeyRing.DefaultProfile }, 1, null, [1, 1, 1]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Damage_is_found_out_at_other_members_as_in_one_process(string name)
    {
        var scheme = Scheme(name);
        var network = Hierarchical(3).With(new LinkOverride { Corruption = 0.1, Duplication = 0.1 });
        Spanning.AssertSame(
            system.System,
            new Scenario(
                network, scheme, new SchemeOptions(scheme.Options), Costs, new ManyMoves(TimeSpan.FromSeconds(2), [.. network.Cells.Select(cell => cell.Router)], 10))
            {
                Wire = KeyRing.DefaultProfile,
            },
            1,
            null,
            [1, 1], [1, 2, 1]);
    }

    [Fact]
    public void A_message_without_a_form_crosses_members_as_bytes_too() =>
        Spanning.AssertSame(system.System, TestScheme.Scenario(Paper, TestScheme.AskTwice) with { Wire = KeyRing.DefaultProfile }, 1, null, [1, 1, 1]);
}
