using CsCheck;
using Experiments.Configuration;

namespace Tests.Experiments.Configuration;

public class RoundTripTests
{
    private const string Text = """
        experiment { name = x, seed = 5 }
        defaults {
          schemes = [fmipv6, { name = famipv6, as = "two", options { rsa-count = "$k" } }]
          delays { home = { distribution = uniform, min = 0 ms, max = "2*$H" } }
          compare { baseline = two }
        }
        studies {
          a { sweep { H = "0 ms..20 ms step 10 ms", k = [1, 2] }
              plots = [ { name = p, x = H, y = p95.total, by = k } ]
              expect = [ { claim = "1", text = "\"quoted\" \\ text\tand tab", check = "mean.total[two] < 900 ms when H > 0 ms" } ] }
          b { like = a, plots = [], engines = [analytic], crypto { sign = 3 ms, rsa = ${studies.b.crypto.sign} } }
        }
        """;

    private static readonly string[] Changes =
    [
        "studies.a.delays.wireless={ distribution = empirical, values = [3 ms, \"4 ms\"] }",
        "studies.b.delays.home={ distribution = gamma, shape = 2, scale = \"$H + 1 ms\" }",
        "studies.a.topology.links.\"par>nar\"={ loss = 1 %, delay = 3 ms, outages = [{ from = 1 s, until = 2 s }] }",
        "studies.b.topology.delays.wireless=9ms",
        "studies.a.topology.nodes.nar.processing=\"$H / 2\"",
        "defaults.stop={ precision = 2.5 %, on = [mean.total, p95.pre] }",
        "defaults.crypto.signature-share=0.25",
        "defaults.engines=[simulation, analytic]",
        "studies.a.sweep.H=[7 ms]",
        "studies.b.sweep.unused=[a, b]",
        "studies.a.record.handovers=all",
        "studies.c={ like = b, sweep { k = [0] }, compare.baseline = fmipv6 }",
        "experiment.only=\"study != b && k == 1\"",
    ];

    [Theory]
    [InlineData("paper.conf")]
    [InlineData("quick.conf")]
    public void Resolved_shipped_file_yields_the_same_plan(string name)
    {
        var plan = Files.Read(Files.Shipped(name)).Plan!;
        Assert.Equal(plan, Files.Plan(plan.Resolved));
    }

    [Fact]
    public void Resolved_file_yields_the_same_plan_whatever_was_overridden() =>
        (from changes in Gen.Shuffle(Changes, 0, 6)
         from only in Gen.Int[0, 2].Select(index => new[] { null, "scheme == two", "study == a || H > 5 ms" }[index])
         from precision in Gen.Bool.Select(set => set ? "3 %" : null)
         select new ReaderOptions(changes, only, Precision: precision)).Sample(
            options =>
            {
                var plan = Files.Plan(Text, options);
                Assert.Equal(plan, Files.Plan(plan.Resolved));
            },
            iter: 150);
}
