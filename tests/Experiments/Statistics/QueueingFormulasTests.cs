using CsCheck;
using Experiments.Statistics;

namespace Tests.Experiments.Statistics;

public sealed class QueueingFormulasTests
{
    /// <summary>Loads in Erlang as the usual traffic tables give them.</summary>
    [Theory]
    [InlineData(1, 0.0101, 0.01)]
    [InlineData(5, 1.36, 0.01)]
    [InlineData(10, 4.46, 0.01)]
    [InlineData(20, 12.03, 0.01)]
    [InlineData(50, 37.90, 0.01)]
    [InlineData(100, 84.06, 0.01)]
    [InlineData(10, 6.22, 0.05)]
    public void Erlangs_loss_formula_gives_the_tables(int places, double load, double blocking) =>
        Assert.InRange(ErlangB.Blocking(places, load), blocking * 0.99, blocking * 1.01);

    /// <summary>Arrivals in a second, each held for 30 s, that are turned away with 1 % and with 50 %.</summary>
    [Theory]
    [InlineData(50, 1.263, 0.01)]
    [InlineData(200, 5.991, 0.01)]
    [InlineData(1000, 32.37, 0.01)]
    [InlineData(50, 3.27, 0.5)]
    [InlineData(200, 13.27, 0.5)]
    [InlineData(1000, 66.60, 0.5)]
    public void A_half_open_table_blocks_by_Erlangs_loss_formula(int places, double rate, double blocking) =>
        Assert.InRange(ErlangB.Blocking(places, 30 * rate), blocking * 0.995, blocking * 1.005);

    [Fact]
    public void Erlangs_loss_formula_is_the_truncated_Poisson_distribution() =>
        Gen.Select(Gen.Int[0, 20], Gen.Double[0.01, 30]).Sample((places, load) =>
        {
            double term = 1, sum = 1;
            for (var taken = 1; taken <= places; taken++)
                sum += term *= load / taken;
            return Math.Abs(ErlangB.Blocking(places, load) - term / sum) < 1e-12;
        });

    [Fact]
    public void Exponential_service_waits_as_in_an_M_M_1_queue_and_constant_service_half_as_long() =>
        Gen.Select(Gen.Double[0.01, 0.99], Gen.Double[0.1, 10]).Sample((utilisation, service) =>
        {
            var exponential = PollaczekKhinchine.MeanWait(utilisation / service, service, 2 * service * service);
            var constant = PollaczekKhinchine.MeanWait(utilisation / service, service, service * service);
            return Math.Abs(exponential / (utilisation * service / (1 - utilisation)) - 1) < 1e-9 && Math.Abs(exponential / constant - 2) < 1e-9;
        });

    [Fact]
    public void A_server_that_cannot_keep_up_makes_wait_for_ever() =>
        Assert.Equal(double.PositiveInfinity, PollaczekKhinchine.MeanWait(125, 0.008, 0.000064));

    [Fact]
    public void Moments_that_no_service_time_has_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PollaczekKhinchine.MeanWait(1, 0.5, 0.1));
}
