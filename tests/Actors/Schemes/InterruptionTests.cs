using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Network;
using Actors.Security;
using CsCheck;
using Tests.Actors.Kernel;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>How long a stream of data is interrupted by a handover of each scheme.</summary>
public sealed class InterruptionTests(VirtualSystem system) : IClassFixture<VirtualSystem>
{
    public static TheoryData<string> Cases =>
    [
        .. HandoverSchemes.All.Select(scheme => scheme.Name),
        "mipv6 movement-detection=link-layer", "mipv6-rr movement-detection=link-layer", "mipv6-aaa movement-detection=link-layer",
        "hmipv6 movement-detection=link-layer", "hmipv6 movement=inter-map", "hmipv6 movement=inter-map movement-detection=link-layer",
        "fmipv6 redirect-at=fbu", "fmipv6-rfc5269 redirect-at=fbu", "f-hmipv6 redirect-at=fbu", "f-hmipv6 movement=inter-map", "famipv6 redirect-at=fbu",
        "famipv6 update=parallel", "famipv6 round-trips=two", "famipv6 signatures=request",
        "ibs-famipv6 parameters=cached", "ibs-famipv6 signatures=request",
    ];

    /// <summary>t_L2 = 50, MD = 26.3, optimistic, c = 20, t_s = 8 ms; a mobile node leaves when it is prepared.</summary>
    [Theory]
    [InlineData("mipv6 movement-detection=link-layer", 126.3)]
    [InlineData("hmipv6 movement-detection=link-layer", 90.3)]
    [InlineData("mipv6-aaa movement-detection=link-layer", 181.3)]
    [InlineData("wang-prasad", 135.3)]
    [InlineData("fmipv6", 59)]
    [InlineData("fmipv6-reactive", 69)]
    [InlineData("f-hmipv6", 59)]
    [InlineData("f-hmipv6 movement=inter-map", 59)]
    [InlineData("famipv6", 105)]
    [InlineData("ibs-famipv6", 161)]
    [InlineData("ibs", 120)]
    [InlineData("ipsec-fmipv6", 59)]
    [InlineData("fmipv6 redirect-at=fbu", 64)]
    public void The_example_is_met_within_a_packet_at_either_end(string text, double ms)
    {
        var (scheme, options) = SchemeCase.Parse(text);
        var delays = new MovementDelays
        {
            LinkSwitch = new ConstantDelay(Ms(50)),
            MovementDetection = new ConstantDelay(Ms(26.3)),
        };
        var parameters = Parameters(Delays(Ms(4), Ms(2), Ms(20), Ms(2), Ms(0.5)), delays, Ms(8), Ms(40), Ms(8));
        Assert.Equal(Ms(ms).Ticks, scheme.Delays(options).Interruption!.Ticks(parameters, Ms(20).Ticks));
        var handover = Assert.Single(Run(Paper, scheme, options, Costs, delays, Ms(300), Ms(0.5), Ms(1000)).Handovers);
        Assert.InRange(handover.InterruptionTicks, Ms(ms).Ticks, Ms(ms + 1).Ticks - 1);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_closed_form_is_met_within_a_packet_at_either_end_at_random_points(string text)
    {
        var (scheme, options) = SchemeCase.Parse(text);
        var form = scheme.Delays(options).Interruption!;
        var interval = Ms(4);
        var ticks = Gen.Int[0, 400_000].Select(value => TimeSpan.FromTicks(value));
        Gen.Select(Gen.Select(ticks, ticks, ticks, ticks, ticks, ticks, ticks), Gen.Select(ticks, ticks, ticks), Gen.Select(ticks, ticks, ticks)).Sample(
            (links, crypto, moves) =>
            {
                var ((a, b, x, d, f, g, tp), (ts, tv, rsa), (switching, detection, address)) = (links, crypto, moves);

                // Home is farther than the previous router and back: what is redirected arrives first.
                var c = 2 * d + 2 * tp + x;
                var network = new PaperDelays(Fixed(a), Fixed(b), Fixed(c), Fixed(d), Fixed(f), Fixed(g), tp);
                var delays = new MovementDelays
                {
                    LinkSwitch = new ConstantDelay(switching),
                    MovementDetection = new ConstantDelay(detection),
                    DuplicateAddressDetection = new ConstantDelay(address),
                };
                var expected = form.Ticks(Parameters(network, delays, ts, tv, rsa), c.Ticks);
                var run = Run(PaperTopology.Build(network), scheme, options, CryptoCosts.Paper(ts, tv, rsa, 0.3), delays, Ms(700), interval, Ms(4000));
                var handover = Assert.Single(run.Handovers);
                Assert.False(handover.Outcome.IsFailure, handover.Outcome.Reason);
                Assert.InRange(handover.InterruptionTicks, expected, expected + 2 * interval.Ticks - 1);
            },
            iter: 12,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Data_changes_nothing_about_signalling(string text)
    {
        var (scheme, options) = SchemeCase.Parse(text);
        var with = Run(Paper, scheme, options, Costs, MovementDelays.None, default, Ms(5), Ms(1000));
        var without = Run(Paper, scheme, options, Costs, MovementDelays.None, default, null, default);
        Assert.Equal(without.Handovers[0].TotalTicks, with.Handovers[0].TotalTicks);
        Assert.Null(without.Data);
        foreach (var link in Enum.GetValues<LinkClass>())
        {
            Assert.Equal(without.Signalling.Messages(link), with.Signalling.Messages(link));
            Assert.Equal(without.Signalling.Bytes(link), with.Signalling.Bytes(link));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_packet_of_a_ping_pong_is_delivered_or_lost_and_the_run_ends_alike_on_any_number_of_partitions(string text)
    {
        var (scheme, options) = SchemeCase.Parse(text);
        var (par, nar) = (Paper.Find("par")!.Value, Paper.Find("nar")!.Value);
        var runs = new[] { 1, 2, 3 }.Select(partitions =>
        {
            var scenario = new Scenario(Paper, scheme, options, Costs, new PingPong(Ms(97), nar, par, 12))
            {
                Traffic = new Traffic(Ms(2), 100, Ms(2000)),
                Delays = new MovementDelays { LinkSwitch = new ConstantDelay(Ms(5)) },
                Partitions = partitions,
            };
            using var simulation = new Simulation(system.System, scenario);
            return simulation.Run(3, 0);
        }).ToArray();
        Assert.Equal((12, 12, 0), (runs[0].Begun, runs[0].Handovers.Count, runs[0].Pending));
        Assert.Equal(1000, runs[0].Data![DataEvent.Sent]);
        Assert.InRange(runs[0].Data!.Lost, 0, 999);
        Assert.Single(runs.Select(run => run.Digest).Distinct());
        Assert.Single(runs.Select(run => run.Data!.Lost).Distinct());
    }

    private static LinkDelay Fixed(TimeSpan delay) => LinkDelay.Fixed(delay);

    private static DelayParameters Parameters(PaperDelays network, MovementDelays delays, TimeSpan ts, TimeSpan tv, TimeSpan rsa)
    {
        static TimeSpan Value(LinkDelay delay) => delay.Distribution.Minimum;
        return new DelayParameters(
            Value(network.Wireless), Value(network.IntraDomain), Value(network.InterDomain), Value(network.HomeCorrespondent),
            Value(network.RouterCorrespondent), network.Processing, ts, tv, rsa, network.Home.Distribution)
        {
            LinkSwitch = delays.LinkSwitch.Minimum,
            MovementDetection = delays.MovementDetection.Minimum,
            DuplicateAddressDetection = delays.DuplicateAddressDetection.Minimum,
        };
    }

    /// <param name="interval">Null for no data.</param>
    private RunRecord Run(
        NetworkPlan plan, IHandoverScheme scheme, SchemeOptions options, CryptoCosts costs, MovementDelays delays, TimeSpan start, TimeSpan? interval, TimeSpan duration)
    {
        var scenario = new Scenario(plan, scheme, options, costs, new SingleHandover(plan.Find("nar")!.Value, start))
        {
            Delays = delays,
            Traffic = interval is { } between ? new Traffic(between, 512, duration) : null,
        };
        using var simulation = new Simulation(system.System, scenario);
        var run = simulation.Run(7, 0);
        Assert.Equal(0, run.Pending);
        return run;
    }
}
