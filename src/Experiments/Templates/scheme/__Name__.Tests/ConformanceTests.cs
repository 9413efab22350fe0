using Actors;
using Xunit;

namespace __Name__.Tests;

/// <summary>What every scheme must do. A rule returns what breaks it, a line each.</summary>
public sealed class ConformanceTests : IDisposable
{
    private readonly Conformance _scheme = new(new Scheme());

    public void Dispose() => _scheme.Dispose();

    [Fact]
    public void A_handover_completes_and_leaves_nothing_behind() => Assert.Empty(_scheme.Completes());

    [Fact]
    public void The_loss_of_any_one_packet_ends_in_a_named_outcome() => Assert.Empty(_scheme.SurvivesTheLossOfAnyOnePacket());

    [Fact]
    public void Fixed_delays_give_the_closed_form_to_the_tick() => Assert.Empty(_scheme.MeetsItsClosedForm());

    [Fact]
    public void Random_delays_to_home_give_the_mean_of_the_law() => Assert.Empty(_scheme.MeetsItsLaw());

    [Fact]
    public void A_run_is_the_same_on_any_number_of_partitions() => Assert.Empty(_scheme.RunsAlikeOnAnyNumberOfPartitions());

    [Fact]
    public void Every_packet_of_data_is_received_dropped_or_held() => Assert.Empty(_scheme.AccountsForEveryPacketOfData());
}
