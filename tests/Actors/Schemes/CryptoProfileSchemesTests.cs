using Actors;
using Actors.Kernel;
using Actors.Mobility;
using Actors.Mobility.Credentials;
using Actors.Network;
using Actors.Schemes.Fmipv6;
using Actors.Schemes.IpsecFmipv6;
using Actors.Security;
using Actors.Security.Profiles;
using Akka.Actor;
using Experiments.Calibration;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;
using Address = Topology.Addressing.Address;

namespace Tests.Actors.Schemes;

/// <summary>Every scheme with the measured costs and the sizes of every profile.</summary>
public sealed class CryptoProfileSchemesTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("profiles", Engine.Configuration);

    public static TheoryData<string> Profiles => [.. CryptoProfile.All.Select(profile => profile.Name)];

    public void Dispose() => _system.Terminate().Wait();

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Every_scheme_meets_its_closed_form_to_the_tick_under_measured_costs(string name)
    {
        var profile = CryptoProfile.Find(name)!;
        var costs = CostsOf(profile);
        var parameters = new DelayParameters(
            Ms(4), Ms(2), Ms(2), Ms(3), Ms(5), Ms(0.5), default, default, default, new ConstantDelay(Ms(20))).With(costs);
        foreach (var text in SchemeCase.All)
        {
            var (scheme, options) = SchemeCase.Parse(text);
            var record = Assert.Single(Run(new Scenario(Paper, scheme, options, costs, To("nar")) { Profile = profile }).Handovers);
            foreach (var (metric, form) in scheme.Delays(options).Forms)
            {
                var measured = metric == "total" ? record.TotalTicks : record.PhaseTicks[scheme.Phases.ToList().FindIndex(phase => phase.Name == metric)];
                Assert.Equal((text, metric, form.Ticks(parameters, Ms(20).Ticks)), (text, metric, measured));
            }
        }
    }

    [Fact]
    public void A_profile_moves_the_time_of_every_scheme_with_certificates_and_of_no_other()
    {
        string[] moved =
        [
            "fmipv6-rfc5269", "ipsec-fmipv6", "ipsec-fmipv6-early", "ipsec-fmipv6-hmipv6", "ipsec-fmipv6-plus", "ipsec-fmipv6-resumption",
        ];
        var totals = ((string[])["ed25519", "ml-dsa-65"]).Select(name => CryptoProfile.Find(name)).Select(profile => HandoverSchemes.All.ToDictionary(
            scheme => scheme.Name,
            scheme => Assert.Single(Run(new Scenario(Paper, scheme, new SchemeOptions(scheme.Options), CostsOf(profile!), To("nar"))).Handovers).TotalTicks)).ToArray();
        Assert.Equal(moved, totals[0].Keys.Where(name => totals[0][name] != totals[1][name]));
    }

    [Fact]
    public void An_unprepared_node_s_IKEv2_takes_what_its_computations_do()
    {
        var profile = CryptoProfile.Find("ecdsa-p256")!;
        var costs = CostsOf(profile);
        var paper = CryptoCosts.Paper(Ms(8), Ms(40), Ms(8), 0.5);
        var difference = Recovery(costs, profile) - Recovery(paper, null);
        var expected = 2 * (costs[CryptoOperation.RsaSign] + costs[CryptoOperation.RsaVerify] + costs[CryptoOperation.CertificateVerify])
            + costs[CryptoOperation.KeyExchangeRespond] + costs[CryptoOperation.KeyExchangeAgree] - 2 * Ms(8);
        Assert.Equal(expected.Ticks, difference);
    }

    [Fact]
    public void Executing_computations_changes_nothing()
    {
        var profile = CryptoProfile.Find("ed25519")!;
        var scheme = Scheme("ipsec-fmipv6-plus");
        var scenario = new Scenario(Paper, scheme, new SchemeOptions(scheme.Options), CostsOf(profile), To("nar")) { Profile = profile };
        var executed = Run(scenario with { Execution = CryptoExecution.Of(profile) });
        Assert.Equal(Run(scenario).Digest, executed.Digest);
        Assert.Equal(4, executed.Computations[NodeRole.MobileNode].Operations + executed.Computations[NodeRole.AccessRouter].Operations);
    }

    /// <summary>In bytes: what IPv6, ICMPv6 or mobility header, and options come to with a certificate of the project's own.</summary>
    [Theory]
    [InlineData("ed25519", 1, 1)]
    [InlineData("ecdsa-p256", 1, 1)]
    [InlineData("rsa-2048", 1, 2)]
    [InlineData("ed25519-ml-kem-768", 1, 2)]
    [InlineData("ml-dsa-44", 4, 8)]
    [InlineData("ml-dsa-65", 6, 11)]
    public void A_chain_takes_as_many_HIs_and_packets_as_its_length_wants(string name, int initiations, int packets)
    {
        var payloads = PayloadSizes.Of(CryptoProfile.Find(name));
        var offer = PreAuthentication.Sign(new NodeId(1), CipherSuites.AesGcm, 1, 1) with { Payloads = payloads };
        var home = Address.Of(new NodeId(1));
        var pieces = new Packet(home, home, new HandoverInitiate(1, true, home, null, offer), default).Pieces!;
        Assert.Equal((initiations, packets), (pieces.Messages, pieces.Bytes.Count));
        Assert.All(pieces.Bytes, bytes => Assert.InRange(bytes, 41, PacketPieces.LeastMtuBytes));

        // Each byte of the chain is carried once, in options of 251 at most.
        var heads = pieces.Messages * (new HandoverInitiate(1, true, home, null).SizeBytes + 40) + 48 * pieces.Fragments - 40 * pieces.Messages * Math.Sign(pieces.Fragments);
        var options = pieces.SizeBytes - heads;
        Assert.InRange(options, payloads.Request + 6 * (payloads.Request / 251), payloads.Request + 6 * (payloads.Request / 251 + 1 + initiations) + 7 * initiations);
    }

    [Fact]
    public void A_scheme_of_the_paper_s_sizes_is_never_fragmented_and_a_profile_s_is_where_it_must()
    {
        var scheme = Scheme("ipsec-fmipv6");
        long Fragments(CryptoProfile? profile) =>
            Run(new Scenario(Paper, scheme, new SchemeOptions(scheme.Options), Costs, To("nar")) { Profile = profile }).Signalling.Fragments;
        Assert.Equal(0, Fragments(null));
        Assert.Equal(0, Fragments(CryptoProfile.Find("ed25519")));
        Assert.Equal(8, Fragments(CryptoProfile.Find("rsa-2048")));
        Assert.Equal(30, Fragments(CryptoProfile.Find("ml-dsa-44")));
    }

    private static CryptoCosts CostsOf(CryptoProfile profile) => CalibrationFile.Reference.Medians("reference").Costs(profile);

    private static SingleHandover To(string router) => new(Paper.Find(router)!.Value);

    /// <summary>The link fails before M1 is signed: fallback F0.</summary>
    private long Recovery(CryptoCosts costs, CryptoProfile? profile)
    {
        var scheme = Scheme("ipsec-fmipv6");
        var record = Assert.Single(Run(new Scenario(Paper, scheme, new SchemeOptions(scheme.Options), costs, To("nar"))
        {
            Profile = profile,
            Delays = MovementDelays.None with { Anticipation = new ConstantDelay(Ms(0.01)), LinkSwitch = new ConstantDelay(Ms(50)) },
        }).Handovers);
        Assert.Equal("fallback-f0", record.Outcome.Name);
        return record.PhaseTicks[scheme.Phases.ToList().FindIndex(phase => phase.Name == "recovery")];
    }

    private RunRecord Run(Scenario scenario)
    {
        using var simulation = new Simulation(_system, scenario);
        return simulation.Run(7, 0);
    }
}
