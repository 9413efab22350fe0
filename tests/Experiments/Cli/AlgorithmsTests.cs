using System.Globalization;
using System.Text.Json;
using Tests.Experiments.Configuration;

namespace Tests.Experiments.Cli;

/// <summary>Measured costs by the command, and the shipped algorithms.conf.</summary>
public class AlgorithmsTests
{
    [Fact]
    public void Executing_what_is_charged_gives_the_same_rows()
    {
        using var work = new Workspace("schemes = [ipsec-fmipv6, fmipv6-rfc5269]\ncrypto { cost = calibrated, profile = ed25519 }\nstop { max-replications = 32 }");
        Assert.Equal(3, work.Run().ExitCode);
        Assert.Equal(3, work.RunTo("real", "-s", "crypto.cost=real").ExitCode);
        Assert.Equal(work.Summary(), work.Summary("real"));

        // RtSolPr, HI in a tunnel, HAck and PrRtAdv, none of them above 1,280 bytes.
        Assert.Contains("signalling.fragments,count,32,0,", work.Read("summary.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Provenance_holds_the_table_that_was_charged_from()
    {
        using var work = new Workspace("schemes = [fmipv6]\nengines = [analytic]\ncrypto { cost = calibrated }");
        Assert.Equal(0, work.Run().ExitCode);
        using var json = JsonDocument.Parse(work.Read("provenance.json"));
        var table = Assert.Single(json.RootElement.GetProperty("costTables").EnumerateArray());
        Assert.Equal("reference", table.GetProperty("source").GetString());
        Assert.InRange(table.GetProperty("microseconds").GetProperty("rsa-2048-sign").GetDouble(), 1, 100_000);
        Assert.Equal(0, work.RunTo("paper", "-s", "crypto.cost=paper").ExitCode);
        Assert.DoesNotContain("costTables", work.Read("provenance.json", "paper"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_stands_where_its_file_says_and_a_broken_one_is_told_in_one_line()
    {
        using var work = new Workspace("schemes = [fmipv6]\nengines = [analytic]\ncrypto { cost = calibrated, table = mine.json }");
        var missing = work.Run();
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("test.conf:4:37 HO1030 ", Assert.Single(missing.ErrorLines), StringComparison.Ordinal);
        var table = Path.Combine(Path.GetDirectoryName(work.File)!, "mine.json");
        File.Copy(Path.Combine(Files.Root, "hocon", "crypto", "reference.json"), table);
        Assert.Equal(0, work.Run().ExitCode);
        Assert.Contains(table, work.Read("experiment.resolved.conf"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ed25519", 0.8753)]
    [InlineData("ml-dsa-44", 2.0093)]
    public void T_need_on_the_radio_is_its_closed_form_and_what_the_bytes_before_FBack_take(string profile, double computations)
    {
        using var work = new Workspace();
        var run = Handover.Run(
            "run", Files.Shipped("algorithms.conf"), "--out", work.Folder(), "--no-progress", "--only", $"study==bytes && Rate == 11 Mbit/s && profile=={profile}");
        Assert.Equal(0, run.ExitCode);
        var rows = work.Read("summary.csv").Split('\n').Select(line => line.Split(',')).Where(row => row.Length > 8).ToArray();
        double Mean(string metric) => double.Parse(rows.Single(row => row[5] == metric)[8], CultureInfo.InvariantCulture);

        // After FBack come UNA of 72 bytes, BU of 132 and BA of 116; the radio's time is in whole ticks of 0.1 us.
        var onRadio = (Mean("signalling.bytes.wireless") - 72 - 132 - 116) * 8 / 11_000;
        Assert.Equal(23 + computations + onRadio, Mean("pre"), 0.005);
    }
}
