using System.Globalization;
using Tests.Experiments.Configuration;

namespace Tests.Experiments.Cli;

/// <summary>The shipped anticipation.conf, at a mean window of 100 ms and of 200 ms.</summary>
public class AnticipationTests
{
    /// <summary>Share of handovers that fall back: exp(-T_need / mean), averaged over c where T_need crosses to the home network.</summary>
    private static readonly (string Scheme, double At100, double At200)[] Fallbacks =
    [
        ("fmipv6", 0.205, 0.109), ("ipsec-fmipv6", 0.323, 0.177), ("ibs", 0.485, 0.287),
    ];

    [Fact]
    public void Shares_of_fallbacks_are_those_of_the_closed_form()
    {
        using var work = new Workspace();
        var run = Handover.Run(
            "run", Files.Shipped("anticipation.conf"), "--out", work.Folder(), "--no-progress",
            "--only", "study==shares && (scheme==fmipv6 || scheme==ipsec-fmipv6 || scheme==ibs) && (A==100ms || A==200ms)");
        Assert.Equal(0, run.ExitCode);
        var rows = work.Read("summary.csv").Split('\n').Skip(1).Select(line => line.Split(',')).Where(row => row.Length > 4 && row[4] == "predictive.share").ToArray();
        Assert.Equal(12, rows.Length);
        foreach (var (scheme, at100, at200) in Fallbacks)
        {
            foreach (var (window, share) in new[] { ("100", at100), ("200", at200) })
            {
                var closed = rows.Single(row => row[1] == "analytic" && row[2] == scheme && row[3] == window);
                var simulated = rows.Single(row => row[1] == "simulation" && row[2] == scheme && row[3] == window);
                Assert.Equal(share, 1 - Number(closed[7]), 0.0005);

                // Six intervals of 95 %: one that misses by a little is no news, twice the half-width is.
                var half = (Number(simulated[9]) - Number(simulated[8])) / 2;
                Assert.Equal(Number(closed[7]), Number(simulated[7]), 2 * half);
                Assert.InRange(half, 0, 0.0155);
            }
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
