using Experiments.Reports;
using Experiments.Results;
using Tests.Experiments.Results;
using Topology.Randomness;

namespace Tests.Experiments.Reports;

/// <summary>The paper's Fig. 3: K + m c with c uniform on (0, 2H), drawn here without any simulator.</summary>
internal static class Fig3
{
    public static readonly FigureSpec Spec = new("fig3", "H", "mean", "total", "scheme", Band: true, Overlay: true);

    private static readonly (string Name, string Title, double K, double M)[] Schemes =
        [("famipv6", "FAMIPv6", 48, 4), ("ibs-famipv6", "IBS-FAMIPv6", 140, 4), ("ipsec-fmipv6", "IPSec-FMIPv6", 49, 2)];

    public static string Title(string scheme) => Schemes.First(candidate => candidate.Name == scheme).Title;

    public static List<ResultRow> Rows(int replications)
    {
        var rows = new List<ResultRow>();
        for (var h = 0; h <= 100; h += 10)
        {
            foreach (var (name, _, k, m) in Schemes)
            {
                rows.Add(new ResultRow("fig3", ResultRow.Analytic, name, [Cells.H(h)], "total", "ms", 0, k + m * h, null, m * h / Math.Sqrt(3),
                    k, k + m * h, k + 1.9 * m * h, k + 1.98 * m * h, k + 2 * m * h));
                var samples = new CellSamples([new MetricDefinition("total", "ms")]);
                for (var i = 0; i < replications; i++)
                {
                    var stream = RandomStream.For(20110611, i, (ulong)h, StreamPurpose.SharedDelay);
                    samples.Add(new ReplicationRecord(i, [(long)((k + m * 2 * h * stream.NextDouble()) * TimeSpan.TicksPerMillisecond)], (ulong)i));
                }

                rows.AddRange(ResultRow.Of("fig3", name, [Cells.H(h)], samples, 0.95));
            }
        }

        return rows;
    }

    public static Figure Of(int replications) => Figure.Of(Spec, Rows(replications), Title, 0.95);
}
