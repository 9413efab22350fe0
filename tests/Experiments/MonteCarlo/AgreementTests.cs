using Actors;
using Actors.Mobility;
using Actors.Network;
using Experiments.Statistics;
using MathNet.Numerics.Distributions;
using Tests.Actors;
using Tests.Actors.Kernel;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Experiments.MonteCarlo;

/// <summary>With c random, simulated totals against the law of each scheme's closed form.</summary>
public sealed class AgreementTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    private const int Seeds = 20;
    private const int Replications = 1000;
    private const double Level = 0.01;
    private const double TicksPerMs = TimeSpan.TicksPerMillisecond;

    /// <summary>So many of the seeds, each with the probability of <see cref="Level"/>, may deviate; more happen once in a thousand.</summary>
    private static readonly int Allowed = Enumerable.Range(0, Seeds).First(k => Binomial.CDF(Level, Seeds, k) >= 0.999);

    public static TheoryData<string> Names => SchemeNames;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_totals_of_20_seeds_have_the_mean_and_the_distribution_of_the_closed_form(string name)
    {
        var scheme = Scheme(name);
        var options = new SchemeOptions(scheme.Options);
        var form = scheme.Delays(options).Total;
        var law = form.Under(Parameters(Ms(40)));
        var longer = form.Under(Parameters(Ms(44)));
        var delays = Delays(Ms(4), Ms(2), Ms(20), Ms(2), Ms(0.5)) with { Home = new LinkDelay(new UniformDelay(TimeSpan.Zero, Ms(40)), "home") };
        var plan = PaperTopology.Build(delays);
        using var simulation = new Simulation(
            system.System, new Scenario(plan, scheme, options, Costs, new SingleHandover(plan.Find("nar")!.Value)));

        int meansOutside = 0, rejected = 0, longerRejected = 0;
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var totals = Enumerable.Range(0, Replications)
                .Select(replication => Assert.Single(simulation.Run(seed, replication).Handovers).TotalTicks).ToArray();
            if (!Moments.Of(totals).MeanEstimate(1 - Level).Interval!.Value.Contains(law.MeanMs * TicksPerMs))
                meansOutside++;
            var samples = new SampleSet(totals);
            if (KolmogorovSmirnov.Test(samples, ticks => law.Cumulative(ticks / TicksPerMs)).RejectsAt(Level))
                rejected++;
            if (KolmogorovSmirnov.Test(samples, ticks => longer.Cumulative(ticks / TicksPerMs)).RejectsAt(Level))
                longerRejected++;
        }

        Assert.InRange(meansOutside, 0, Allowed);
        Assert.InRange(rejected, 0, Allowed);

        // The test is sharp enough to tell c up to 44 ms from c up to 40 ms.
        Assert.InRange(longerRejected, Seeds - Allowed, Seeds);
    }

    private static DelayParameters Parameters(TimeSpan longestHome) => new(
        Ms(4), Ms(2), Ms(2), Ms(3), Ms(5), Ms(0.5), Ms(8), Ms(40), Ms(8), new UniformDelay(TimeSpan.Zero, longestHome));
}
