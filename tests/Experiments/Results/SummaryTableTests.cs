using System.Text.Json;
using Experiments.Results;
using Experiments.Statistics;

namespace Tests.Experiments.Results;

public class SummaryTableTests
{
    private static readonly SweptParameter Fair = new("buffer", "buffer", "", "fair, both");

    private static readonly ResultRow[] Rows =
    [
        new("fig3", ResultRow.Analytic, "fmipv6", [Cells.H(20)], "total", "ms", 0, 73, null, 23.0940107676, 33, 73, 109, 112.2, 113),
        new("fig3", ResultRow.Simulation, "fmipv6", [Cells.H(20)], "total", "ms", 64, 72.98765432, new Interval(72.5, 73.475308), 1e-7, 33.0001, 73, 109, 112.2, 113),
        new("fig56", ResultRow.Simulation, "fmipv6", [Cells.H(20), Fair], "packets.lost", "count", 1, 0, null, null, -0.0, 0, 0, 0, 0),
    ];

    [Fact]
    public void Csv_is_long_form_with_a_column_per_swept_name() =>
        Assert.Equal(
            """
            study,engine,scheme,H_ms,buffer,metric,unit,n,mean,ci_low,ci_high,stddev,min,p50,p95,p99,max
            fig3,analytic,fmipv6,20,,total,ms,0,73,,,23.094011,33,73,109,112.2,113
            fig3,simulation,fmipv6,20,,total,ms,64,72.987654,72.5,73.475308,0,33.0001,73,109,112.2,113
            fig56,simulation,fmipv6,20,"fair, both",packets.lost,count,1,0,,,,0,0,0,0,0

            """.ReplaceLineEndings("\n"),
            SummaryTable.Csv(Rows));

    [Fact]
    public void Json_holds_the_same_values_under_the_names_of_the_csv()
    {
        var csv = SummaryTable.Csv(Rows).Replace("\"fair, both\"", "fair; both", StringComparison.Ordinal).Split('\n');
        using var json = JsonDocument.Parse(SummaryTable.Json("paper", 20110611, Rows, []));
        var names = csv[0].Split(',');
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(Rows.Length, rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            Assert.Equal(names, rows[i].EnumerateObject().Select(property => property.Name));
            var values = rows[i].EnumerateObject().Select(property => property.Value.ToString().Replace(", ", "; ", StringComparison.Ordinal));
            Assert.Equal(csv[i + 1].Split(','), values);
        }
    }

    [Fact]
    public void Json_types_numbers_words_and_gaps()
    {
        using var json = JsonDocument.Parse(SummaryTable.Json("paper", ulong.MaxValue, Rows, [new CellDigest("fig3", "fmipv6", [Cells.H(20)], 0xAB, OutcomeCounts.None)]));
        var root = json.RootElement;
        Assert.Equal(["experiment", "seed", "rows", "digests", "outcomes"], root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(ulong.MaxValue, root.GetProperty("seed").GetUInt64());
        Assert.Equal("00000000000000ab", root.GetProperty("digests").GetProperty("fig3/fmipv6/H_ms=20").GetString());
        Assert.Equal(JsonValueKind.Number, root.GetProperty("rows")[0].GetProperty("H_ms").ValueKind);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("rows")[0].GetProperty("ci_low").ValueKind);
        Assert.Equal("fair, both", root.GetProperty("rows")[2].GetProperty("buffer").GetString());
    }

    [Fact]
    public void An_experiment_without_cells_has_a_header_and_empty_lists()
    {
        Assert.Equal("study,engine,scheme,metric,unit,n,mean,ci_low,ci_high,stddev,min,p50,p95,p99,max\n", SummaryTable.Csv([]));
        using var json = JsonDocument.Parse(SummaryTable.Json("a \"quoted\" name", 1, [], []));
        Assert.Equal("a \"quoted\" name", json.RootElement.GetProperty("experiment").GetString());
        Assert.Equal(0, json.RootElement.GetProperty("rows").GetArrayLength());
    }
}
