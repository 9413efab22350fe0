using Actors.Security;
using Actors.Security.Certificates;
using Actors.Security.KeyExchange;
using Actors.Security.Keys;
using Actors.Security.Profiles;

namespace Tests.Actors.Security;

public sealed class CryptoProfileTests
{
    public static TheoryData<string> Profiles => [.. CryptoProfile.All.Select(profile => profile.Name)];

    [Theory]
    [InlineData("ecdsa-p256")]
    [InlineData("ed25519")]
    [InlineData("ml-dsa-44")]
    [InlineData("ml-dsa-65")]
    public void Sizes_are_those_of_what_is_really_made(string name)
    {
        var profile = CryptoProfile.Find(name)!;
        var sizes = ProfileSizes.Of(profile, "operator", "mn1");
        var authority = new CertificateAuthority("operator", profile.Signature, SimulationRandom.For(1, 0, 0));

        // The integers of an ECDSA signature have leading zeros now and then.
        var slack = name == "ecdsa-p256" ? 4 : 0;
        for (var i = 0; i < 8; i++)
        {
            var node = authority.Issue("mn1", profile.Signature);
            var signature = node.Key.Signer.Sign([1]).Length;
            Assert.InRange(sizes.Certificate - node.Certificate.Encoded.Length, 0, slack);
            Assert.InRange(sizes.Signature - signature, 0, slack);
        }
    }

    [Fact]
    public void Post_quantum_profiles_exceed_the_least_mtu_and_small_curves_do_not()
    {
        const int LeastMtu = 1280;
        var sizes = CryptoProfile.All.ToDictionary(profile => profile.Name, profile => ProfileSizes.Of(profile, "ca", "mn"));
        Assert.Equal(["ecdsa-p256", "ed25519"], sizes.Where(entry => entry.Value.Request < 800).Select(entry => entry.Key));
        Assert.True(sizes["ml-dsa-44"].Request > 3 * LeastMtu);
        Assert.Equal(1184 - 1088, sizes["ml-dsa-65"].Request - sizes["ml-dsa-65"].Answer);
        Assert.True(sizes["rsa-3072"].Certificate - sizes["rsa-2048"].Certificate is 256);

        // SA 44, KE 40, CERT 5 + certificate, Nonce 36, AUTH 8 + 1 + 7 + 64.
        Assert.Equal(44 + 40 + 5 + sizes["ed25519"].Certificate + 36 + 80, sizes["ed25519"].Request);
    }

    [Fact]
    public void With_one_key_exchange_for_all_requests_differ_by_key_and_two_signatures()
    {
        int Request(string name) => ProfileSizes.Of(CryptoProfile.Find(name)! with { KeyExchange = KeyExchanges.X25519 }, "ca", "mn").Request;

        // In options padded to 8 bytes: 80 and 664.
        Assert.InRange(Request("ecdsa-p256") - Request("ed25519"), 73, 80);
        Assert.InRange(Request("rsa-2048") - Request("ed25519"), 657, 664);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_measured_table_charges_each_operation_what_the_profile_s_algorithm_takes(string name)
    {
        var profile = CryptoProfile.Find(name)!;
        var names = CryptoCosts.Measured(profile).Values.Distinct().ToList();
        var medians = names.Select((computation, index) => (computation, index)).ToDictionary(pair => pair.computation, pair => TimeSpan.FromMicroseconds(1 + pair.index));
        var costs = CryptoCosts.Calibrated(medians, profile);
        Assert.Equal(medians[profile.Signature.Sign.Name], costs[CryptoOperation.RsaSign]);
        Assert.Equal(medians[profile.Signature.Verify.Name], costs[CryptoOperation.RsaVerify]);
        Assert.Equal(medians["vbnn-p256-verify"], costs[CryptoOperation.IdentityVerify]);
        Assert.Equal(medians["rsa-2048-sign"], costs[CryptoOperation.RsaDecrypt]);
        medians.Remove(profile.Signature.VerifyCertificate.Name);
        Assert.Throws<KeyNotFoundException>(() => CryptoCosts.Calibrated(medians, profile));
    }

    [Fact]
    public void An_operation_of_parts_costs_their_sum_where_a_table_does_not_name_it()
    {
        var both = new CryptoOperation("both", CryptoOperation.CertificateVerify, CryptoOperation.RsaVerify);
        Assert.Equal(TimeSpan.FromTicks(3), CryptoCosts.Paper(default, default, TimeSpan.FromTicks(10), 0.7)[both]);
        var table = new CryptoCosts(new Dictionary<CryptoOperation, TimeSpan> { [both] = TimeSpan.FromTicks(5), [CryptoOperation.RsaVerify] = TimeSpan.FromTicks(9) });
        Assert.Equal(TimeSpan.FromTicks(5), table[both]);
        Assert.Equal(TimeSpan.FromTicks(9), table[new CryptoOperation("more", CryptoOperation.RsaVerify, CryptoOperation.KeyExchangeAgree)]);
    }

    [Fact]
    public void Execution_knows_whatever_a_node_may_be_charged_for_and_passes_over_what_costs_nothing()
    {
        var profile = CryptoProfile.Find("ed25519-ml-kem-768")!;
        var execution = CryptoExecution.Of(profile);
        Assert.Same(execution, CryptoExecution.Of(profile));
        foreach (var operation in CryptoCosts.Measured(profile).Keys)
            execution.Execute(operation);
        execution.Execute(new CryptoOperation("mac"));
        Parallel.For(0, 4, _ => execution.Execute(new CryptoOperation("both", CryptoOperation.RsaSign, CryptoOperation.KeyExchangeAgree)));
    }

    [Fact]
    public void The_workload_executes_everything_that_a_profile_is_charged_for()
    {
        foreach (var profile in CryptoProfile.All.Where(profile => !profile.Name.StartsWith("rsa", StringComparison.Ordinal)))
        {
            var workload = new CryptoWorkload(1, profile);
            Assert.All(
                CryptoCosts.Measured(profile).Values.Where(name => !name.StartsWith("rsa", StringComparison.Ordinal)),
                name => Assert.True(workload.Execute(name), name));
            Assert.False(workload.Execute("rot13"));
        }
    }
}
