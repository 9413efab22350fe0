using System.Globalization;
using Tests.Experiments.Configuration;

namespace Tests.Experiments.Cli;

/// <summary>The shipped faults.conf, at a loss of 20 %.</summary>
public class FaultsTests
{
    [Fact]
    public void Handovers_of_MIPv6_fail_as_often_as_four_tries_over_two_and_four_links_do()
    {
        using var work = new Workspace();
        var run = Handover.Run(
            "run", Files.Shipped("faults.conf"), "--out", work.Folder(), "--no-progress", "--only", "study==every-scheme && scheme==mipv6 && Loss==20%", "-s", "studies.every-scheme.expect=[]");
        Assert.Equal(0, run.ExitCode);

        // RS and RA cross the wireless link, BU and BA that and the one to home; any crossing may be the one that is lost.
        var expected = 1 - (1 - Math.Pow(1 - Math.Pow(0.8, 2), 4)) * (1 - Math.Pow(1 - Math.Pow(0.8, 4), 4));
        var row = work.Read("summary.csv").Split('\n').Select(line => line.Split(',')).Single(row => row.Length > 4 && row[4] == "outcome.failed");
        var half = (Number(row[9]) - Number(row[8])) / 2;
        Assert.InRange(half, 0, 0.0101);
        Assert.Equal(expected, Number(row[7]), 2 * half);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
