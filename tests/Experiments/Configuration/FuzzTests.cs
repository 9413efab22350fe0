using System.Text.RegularExpressions;
using CsCheck;
using Experiments.Configuration;

namespace Tests.Experiments.Configuration;

/// <summary>Whatever a file or an option holds, reading it ends in a plan or in errors of one line each.</summary>
public partial class FuzzTests
{
    private static readonly string[] Valid = [File.ReadAllText(Files.Shipped("paper.conf")), File.ReadAllText(Files.Shipped("quick.conf"))];

    private static readonly string[] Broken =
        [.. Directory.GetFiles(Files.Broken, "*.conf").Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", "=", ":", ",", "\n", "\"", "#", "//", "$", "${", "${stop}", "${studies.fig3}", ".", "..", "%", " ms", "-", "(", ")", "\\", "'",
        "\\u12", "\0", "\uD800", "é", "like = fig3", "include \"x.conf\"", "include \"../x\"", "1e400", "99999999999999999999999999", "1e-30 ms", "slope(", "when", "step",
        "sweep { H = [1 ms] }", "distribution = gamma", "&&", "||", "!", "<", "µs", "experiment", "studies", "defaults", "options", "*", "/ 0", "name = ",
    ];

    private static readonly Gen<Func<string, string>> Mutation = Gen.OneOf(
        Gen.Select(Gen.Double[0, 1], OneOf(Pieces), (where, piece) => (Func<string, string>)(text => text.Insert(At(text, where), piece))),
        Gen.Select(Gen.Double[0, 1], Gen.Int[1, 40], (where, count) => (Func<string, string>)(text => Cut(text, At(text, where), count))),
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[1, 60], (from, to, count) =>
            (Func<string, string>)(text => text.Insert(At(text, to), text.Substring(At(text, from), Math.Min(count, text.Length - At(text, from)))))),
        Gen.Double[0, 1].Select(where => (Func<string, string>)(text => text[..At(text, where)])));

    [Fact]
    public void Mutated_file_ends_in_a_plan_or_in_errors() =>
        Gen.Select(Gen.OneOf(OneOf(Valid), OneOf(Broken)), Mutation.Array[1, 6], (text, mutations) => mutations.Aggregate(text, (changed, mutate) => mutate(changed)))
            .Sample(text => EndsWell(text, ReaderOptions.None), iter: 1_500);

    [Fact]
    public void Any_option_ends_in_a_plan_or_in_errors()
    {
        var text = OneOf([.. Pieces, "stop", "stop.precision", "5", "H", "scheme", "==", "fmipv6", "20 ms", "crypto.sign", " ", "sweep.H"]).Array[0, 8].Select(string.Concat);
        Gen.Select(text, text, text, (change, only, precision) => new ReaderOptions([change, "stop.batch=" + only], only, Precision: precision, Budget: change))
            .Sample(options => EndsWell(Valid[1], options), iter: 800);
    }

    private static void EndsWell(string text, ReaderOptions options)
    {
        var (plan, lines) = Files.ReadText(text, options);
        Assert.Equal(plan is null, lines.Any(line => !line.Contains(": warning HO2", StringComparison.Ordinal)));
        Assert.All(lines, line => Assert.Matches(OneLine(), line));
    }

    private static Gen<string> OneOf(string[] choices) => Gen.Int[0, choices.Length - 1].Select(index => choices[index]);

    private static int At(string text, double where) => Math.Min(text.Length, (int)(where * text.Length));

    private static string Cut(string text, int at, int count) => text.Remove(at, Math.Min(count, text.Length - at));

    [GeneratedRegex(@"\A\P{Cc}+ (warning )?HO[123]\d\d\d \P{Cc}+[.?]\z")]
    private static partial Regex OneLine();
}
