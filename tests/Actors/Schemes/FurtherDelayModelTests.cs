using Actors.Mobility;
using Topology.Randomness;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>The expected totals of the rows beyond the first five, at a = 4, b = d = 2, f = 3, g = 5, t_p = 0.5 ms, t_RSA = t_s.</summary>
public class FurtherDelayModelTests
{
    [Theory]
    [InlineData("hmipv6", 14, 0, 0)]
    [InlineData("hmipv6 movement=inter-map", 29, 2, 0)]
    [InlineData("f-hmipv6", 47, 0, 0)]
    [InlineData("pmipv6", 10, 2, 0)]
    [InlineData("fpmipv6", 10.5, 2, 0)]
    [InlineData("mipv6-aaa", 25, 4, 0)]
    [InlineData("ipsec-fmipv6-hmipv6", 37, 0, 2)]
    public void The_expected_total_is_affine_in_H_and_in_t_s(string text, double constant, int perHome, int perSign)
    {
        foreach (var home in new[] { 0, 20, 100 })
        {
            foreach (var sign in new[] { 0, 8, 20 })
            {
                var law = Total(text, home, sign);
                Assert.Equal(constant + perHome * home + perSign * sign, law.MeanMs, 9);
                Assert.Equal(constant + perSign * sign + 0.95 * 2 * perHome * home, law.QuantileMs(0.95), 6);
            }
        }
    }

    private static DelayLaw Total(string text, int home, int sign)
    {
        var (scheme, options) = SchemeCase.Parse(text);
        return scheme.Delays(options).Total.Under(new DelayParameters(
            Ms(4), Ms(2), Ms(2), Ms(3), Ms(5), Ms(0.5), Ms(sign), Ms(5 * sign), Ms(sign), new UniformDelay(TimeSpan.Zero, Ms(2 * home))));
    }
}
