using Actors.Mobility;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>The table of expected totals at a = 4, b = d = 2, f = 3, g = 5, t_p = 0.5 ms, t_v = 5 t_s, t_RSA = t_s.</summary>
public class DelayModelTests
{
    [Theory]
    [InlineData("mipv6", 10, 2, 0)]
    [InlineData("fmipv6", 33, 2, 0)]
    [InlineData("famipv6", 48, 4, 0)]
    [InlineData("ibs-famipv6", 44, 4, 12)]
    [InlineData("ipsec-fmipv6", 33, 2, 2)]
    [InlineData("wang-prasad", 33, 2, 0)]
    [InlineData("fmipv6-rfc5269", 33, 2, 3)]
    [InlineData("ipsec-fmipv6-plus", 33, 2, 2)]
    [InlineData("hmipv6", 14, 0, 0)]
    [InlineData("hmipv6 movement=inter-map", 29, 2, 0)]
    [InlineData("f-hmipv6", 47, 0, 0)]
    [InlineData("f-hmipv6 movement=inter-map", 62, 2, 0)]
    [InlineData("pmipv6", 10, 2, 0)]
    [InlineData("fpmipv6", 10.5, 2, 0)]
    [InlineData("mipv6-aaa", 25, 4, 0)]
    [InlineData("ipsec-fmipv6-hmipv6", 37, 0, 2)]
    public void The_expected_total_is_affine_in_H_and_in_t_s(string text, double constant, int perHome, int perSign)
    {
        foreach (var home in new[] { 0, 20, 40, 60, 80, 100 })
        {
            foreach (var sign in new[] { 0, 4, 8, 12, 16, 20 })
            {
                var law = Total(text, home, sign);
                Assert.Equal(constant + perHome * home + perSign * sign, law.MeanMs, 9);
                Assert.Equal(perHome * home / Math.Sqrt(3), law.StandardDeviationMs, 6);
                Assert.Equal(constant + perSign * sign + 0.95 * 2 * perHome * home, law.QuantileMs(0.95), 6);
            }
        }
    }

    [Fact]
    public void Fig_3_has_the_values_of_the_protocol_description()
    {
        Assert.Equal([48, 128, 208, 288, 368, 448], Fig3("famipv6"));
        Assert.Equal([140, 220, 300, 380, 460, 540], Fig3("ibs-famipv6"));
        Assert.Equal([49, 89, 129, 169, 209, 249], Fig3("ipsec-fmipv6"));
    }

    [Fact]
    public void Phases_of_the_total_add_up_to_it_in_every_scheme()
    {
        foreach (var scheme in HandoverSchemes.All)
        {
            var model = scheme.Delays(new SchemeOptions(scheme.Options));
            Assert.Equal(model.Total.Under(At(20, 8)).MeanMs, scheme.TotalPhases.Sum(phase => model.Forms[phase].Under(At(20, 8)).MeanMs), 9);
        }
    }

    private static IEnumerable<double> Fig3(string name) =>
        new[] { 0, 20, 40, 60, 80, 100 }.Select(home => Math.Round(Total(name, home, 8).MeanMs, 9));

    private static DelayLaw Total(string text, int home, int sign)
    {
        var (scheme, options) = SchemeCase.Parse(text);
        return scheme.Delays(options).Total.Under(At(home, sign));
    }

    private static DelayParameters At(int home, int sign) => new(
        Ms(4), Ms(2), Ms(2), Ms(3), Ms(5), Ms(0.5), Ms(sign), Ms(5 * sign), Ms(sign), new UniformDelay(TimeSpan.Zero, Ms(2 * home)));
}
