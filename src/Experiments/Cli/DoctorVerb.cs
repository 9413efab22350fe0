using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Experiments.Reports;
using Microsoft.Data.Sqlite;

namespace Experiments.Cli;

/// <summary><c>handover doctor</c>: whether this machine has what a run needs.</summary>
internal static class DoctorVerb
{
    private const long LeastMemoryMib = 512;

    public static Command Create(Laboratory laboratory)
    {
        var json = CommonOptions.Flag("--json", "one object per check");
        var command = new Command("doctor", "Check what a run needs of this machine.") { json };
        command.SetAction(parse =>
        {
            Finding[] findings = [Sdk(), Fonts(), WriteAccess(), Cores(), Memory(), Sqlite(), Clock()];
            foreach (var finding in findings)
            {
                laboratory.Output.WriteLine(parse.GetValue(json)
                    ? JsonText.Of(finding)
                    : $"{(finding.Ok ? "ok  " : "FAIL")}  {finding.Check,-13} {finding.Detail}");
            }

            return findings.All(finding => finding.Ok) ? ExitCode.Success : ExitCode.Usage;
        });
        return command;
    }

    private static Finding Sdk()
    {
        var runtime = RuntimeInformation.FrameworkDescription;
        try
        {
            using var dotnet = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var version = dotnet.StandardOutput.ReadToEnd().Trim();
            dotnet.WaitForExit();
            return dotnet.ExitCode == 0
                ? new Finding("sdk", true, $"SDK {version}, running on {runtime}")
                : new Finding("sdk", false, $"no SDK suits global.json (running on {runtime}). Install the .NET 10 SDK.");
        }
        catch (Win32Exception)
        {
            return new Finding("sdk", false, $"dotnet is not on the path (running on {runtime}). Install the .NET 10 SDK.");
        }
    }

    private static Finding Fonts() => Try("fonts", "Build the program again.", () =>
    {
        var figure = new Figure(new FigureSpec("probe", "x", "mean", "total", "scheme", Band: false, Overlay: false), "probe", "x", "y", "", []);
        return $"the bundled DejaVu Sans draws ({FigurePicture.Svg(figure).Length} bytes of SVG)";
    });

    private static Finding WriteAccess() => Try("write access", "Change to a folder that you may write, or use --out.", () =>
    {
        var probe = Path.Combine(Environment.CurrentDirectory, $".handover-{Environment.ProcessId}");
        File.WriteAllText(probe, "");
        File.Delete(probe);
        return $"{Environment.CurrentDirectory} can be written";
    });

    private static Finding Cores() => new("cores", true, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount}: as many replications run at a time"));

    private static Finding Memory()
    {
        var mib = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1048576;
        return new Finding("memory", mib >= LeastMemoryMib, string.Create(CultureInfo.InvariantCulture, $"{mib} MiB available, {LeastMemoryMib} needed"));
    }

    private static Finding Sqlite() => Try("sqlite", "Build the program again for this machine.", () =>
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return $"version {connection.ServerVersion}";
    });

    private static Finding Clock() => new("clock", Stopwatch.IsHighResolution,
        string.Create(CultureInfo.InvariantCulture, $"resolution {1e9 / Stopwatch.Frequency:0.#} ns; only progress, budgets and benchmarks read it"));

    private static Finding Try(string check, string remedy, Func<string> probe)
    {
        try
        {
            return new Finding(check, true, probe());
        }
        catch (Exception problem)
        {
            return new Finding(check, false, $"{problem.Message.ReplaceLineEndings(" ")} {remedy}");
        }
    }

    private sealed record Finding(string Check, bool Ok, string Detail);
}
