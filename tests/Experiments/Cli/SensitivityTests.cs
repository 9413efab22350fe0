using System.Globalization;
using Tests.Experiments.Configuration;

namespace Tests.Experiments.Cli;

/// <summary>The shipped sensitivity.conf, its counts derived again from the rows that the run leaves.</summary>
public sealed class SensitivityTests
{
    private static readonly string[] Names = ["Span", "Update", "RoundTrips", "Rsa", "Parameters", "Signatures", "Registration"];

    [Fact]
    public void The_144_readings_are_counted_as_their_rows_say()
    {
        using var work = new Workspace();
        var run = Handover.Run("run", Files.Shipped("sensitivity.conf"), "--out", work.Folder(), "--no-progress");
        Assert.Equal(0, run.ExitCode);
        var readings = Readings(work.Read("summary.csv"));
        Assert.Equal(144, readings.Count);

        // The lost formulas with the constants that their flows have.
        foreach (var reading in readings)
        {
            foreach (var (scheme, home, sign) in reading.Points)
            {
                var expected = Constant(reading, scheme) + Crossings(reading, scheme) * reading.MeanOf(home) + Signing(reading, scheme) * sign;
                Assert.Equal((reading.Name, scheme, expected), (reading.Name, scheme, reading.Total(scheme, home, sign)));
            }
        }

        var slopes = readings.Where(GrowsLess).ToList();
        Assert.Equal((96, 90), (slopes.Count, slopes.Count(Passes)));
        Assert.Equal((144, 120, 120), (readings.Count(SignsLess), readings.Count(LowestOverDistance), readings.Count(LowestOverSigning)));
        Assert.Equal(
            [
                "  holds in 96 of 144 readings; fails where Parameters = cached, Registration = counted (36) or Update = parallel, Registration = counted (24)",
                "  holds in 144 of 144 readings",
            ],
            run.OutputLines.Where(line => line.StartsWith("  holds", StringComparison.Ordinal)).Take(2));
        Assert.Equal(
            ["96", "144", "120", "120", "90"],
            run.OutputLines.Where(line => line.StartsWith("  holds", StringComparison.Ordinal)).Select(line => line.Split(' ')[4]));

        // Were nothing lost but the multiple of c, every reading would keep the constants 48 and 44; so the table was first drawn up.
        var constants = slopes.Select(reading => reading with
        {
            Totals = reading.Totals.ToDictionary(
                total => total.Key,
                total => total.Value - Constant(reading, total.Key.Scheme)
                    + total.Key.Scheme switch { "famipv6" => 48, "ibs-famipv6" => 44, _ => Constant(reading, total.Key.Scheme) }),
        });
        Assert.Equal(94, constants.Count(Passes));

        // Every reading stands in the summary, with its verdicts.
        var rows = work.Read("summary.md").Split('\n').Where(line => line.EndsWith("holds |", StringComparison.Ordinal) || line.EndsWith("FAILS |", StringComparison.Ordinal)).ToList();
        Assert.Equal((144, 90), (rows.Count, rows.Count(row => !row.Contains("FAILS", StringComparison.Ordinal))));
    }

    [Fact]
    public void One_reading_can_be_fixed()
    {
        using var work = new Workspace();
        var run = Handover.Run(
            "run", Files.Shipped("sensitivity.conf"), "--out", work.Folder(), "--no-progress", "-s", "sweep.Registration=[uncounted]", "-s", "sweep.Span=[2]");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(5, run.OutputLines.Count(line => line == "  holds in 36 of 36 readings"));
    }

    private static bool GrowsLess(Reading reading) =>
        Slope(reading, "famipv6") > Slope(reading, "ipsec-fmipv6") && Slope(reading, "ibs-famipv6") > Slope(reading, "ipsec-fmipv6");

    private static double Slope(Reading reading, string scheme) => reading.Total(scheme, 100, 8) - reading.Total(scheme, 1, 8);

    private static bool SignsLess(Reading reading) =>
        reading.Total("ipsec-fmipv6", 20, 20) - reading.Total("ipsec-fmipv6", 20, 0) < reading.Total("ibs-famipv6", 20, 20) - reading.Total("ibs-famipv6", 20, 0);

    private static bool LowestOverDistance(Reading reading) => IsLowest(reading, 1, 8) && IsLowest(reading, 100, 8);

    private static bool LowestOverSigning(Reading reading) => IsLowest(reading, 20, 0) && IsLowest(reading, 20, 20);

    private static bool IsLowest(Reading reading, int home, int sign) =>
        reading.Total("ipsec-fmipv6", home, sign) < Math.Min(reading.Total("famipv6", home, sign), reading.Total("ibs-famipv6", home, sign));

    private static bool Passes(Reading reading) => SignsLess(reading) && LowestOverDistance(reading) && LowestOverSigning(reading);

    private static double Constant(Reading reading, string scheme) => scheme switch
    {
        "famipv6" => reading["Update"] == "parallel" ? 38 : reading["RoundTrips"] == "two" ? 63 : 48,
        "ibs-famipv6" => reading["Parameters"] == "cached" ? 43 : 44,
        _ => reading["Registration"] == "counted" ? 33 : 23,
    };

    private static int Crossings(Reading reading, string scheme) => scheme switch
    {
        "famipv6" => reading["Update"] == "parallel" ? 2 : reading["RoundTrips"] == "two" ? 6 : 4,
        "ibs-famipv6" => reading["Parameters"] == "cached" ? 2 : 4,
        _ => reading["Registration"] == "counted" ? 2 : 0,
    };

    private static int Signing(Reading reading, string scheme) => scheme switch
    {
        "famipv6" => Array.IndexOf(["none", "request", "mutual"], reading["Rsa"]),
        "ibs-famipv6" => reading["Signatures"] == "mutual" ? 12 : 6,
        _ => 2,
    };

    private static List<Reading> Readings(string csv)
    {
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        string Of(string[] row, string column) => row[Array.IndexOf(lines[0], column)];
        int Number(string[] row, string column) => int.Parse(Of(row, column), CultureInfo.InvariantCulture);
        return
        [
            .. lines.Skip(1).Where(row => Of(row, "metric") == "total")
                .GroupBy(row => string.Join(',', Names.Select(name => Of(row, name))))
                .Select(rows => new Reading(
                    rows.Key,
                    rows.ToDictionary(
                        row => (Of(row, "scheme"), Number(row, "H_ms"), Number(row, "Ts_ms")),
                        row => double.Parse(Of(row, "mean"), CultureInfo.InvariantCulture)))),
        ];
    }

    private sealed record Reading(string Name, IReadOnlyDictionary<(string Scheme, int Home, int Sign), double> Totals)
    {
        public string this[string name] => Name.Split(',')[Array.IndexOf(Names, name)];

        public IEnumerable<(string Scheme, int Home, int Sign)> Points => Totals.Keys;

        public double Total(string scheme, int home, int sign) => Totals[(scheme, home, sign)];

        /// <summary>E[c].</summary>
        public double MeanOf(int home) => home * double.Parse(this["Span"], CultureInfo.InvariantCulture) / 2;
    }
}
