using Experiments.Reports;
using Experiments.Results;
using Spectre.Console;

namespace Tests.Experiments.Reports;

public class StudyTableTests
{
    [Fact]
    public void Mean_half_width_and_closed_form_stand_side_by_side()
    {
        var lines = Render(Fig3.Rows(64), Fig3.Title);
        Assert.Contains("fig3: total (ms), mean +- half width | closed form", lines[0], StringComparison.Ordinal);
        Assert.Equal(["", "FAMIPv6", "IBS-FAMIPv6", "IPSec-FMIPv6"], Cells(lines[2]));
        Assert.Equal(["H = 20 ms", "125.3 +- 10.99 | 128", "217.3 +- 10.99 | 220", "87.64 +- 5.495 | 89"], Cells(lines[6]));
    }

    [Fact]
    public void More_schemes_than_points_go_downwards()
    {
        var rows = Fig3.Rows(64).Where(row => row.Point == "H = 20 ms").ToArray();
        var lines = Render(rows, Fig3.Title).Select(Cells).ToArray();
        Assert.Contains(["", "H = 20 ms"], lines);
        Assert.Contains(["FAMIPv6", "125.3 +- 10.99 | 128"], lines);
        Assert.Contains(["IPSec-FMIPv6", "87.64 +- 5.495 | 89"], lines);
    }

    [Fact]
    public void Names_are_no_markup() =>
        Assert.Contains(Render(Fig3.Rows(8), scheme => $"[red]{scheme}[/]"), line => line.Contains("[red]famipv6[/]", StringComparison.Ordinal));

    private static string[] Cells(string line) => [.. line.Trim('│').Split('│').Select(cell => cell.Trim())];

    private static string[] Render(IReadOnlyList<ResultRow> rows, Func<string, string> title)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 120;
        console.Write(StudyTable.Of("fig3", "total", rows, title));
        return writer.ToString().Split(Environment.NewLine);
    }
}
