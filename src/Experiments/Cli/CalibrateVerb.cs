using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Experiments.Calibration;

namespace Experiments.Cli;

/// <summary><c>handover calibrate</c>: what cryptography costs on this machine.</summary>
internal static class CalibrateVerb
{
    private const int StandardRounds = 31;
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    public static Command Create(Laboratory laboratory)
    {
        var output = CommonOptions.Text("--out", "FILE", "write the table of costs to this file");
        var rounds = CommonOptions.Number("--rounds", $"rounds of each computation (default {StandardRounds})", StandardRounds, Calibration.Calibration.LeastRounds, 10_000);
        var json = CommonOptions.Flag("--json", "the table as the file has it");
        var command = new Command("calibrate", "Measure what cryptography costs on this machine.") { output, rounds, json };
        command.SetAction(parse =>
        {
            var file = parse.GetValue(output);
            if (file is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
                throw new UsageException($"{file}: there is no such folder. Name a file in one that exists.");
            var table = Calibration.Calibration.Measure(parse.GetValue(rounds) ?? StandardRounds, Progress(laboratory));
            if (file is not null)
                Write(file, table);
            laboratory.Output.Write(parse.GetValue(json) ? CalibrationFile.Text(table) : Text(table));
            return ExitCode.Success;
        });
        return command;
    }

    private static Action<string, int, int> Progress(Laboratory laboratory)
    {
        var clock = Stopwatch.StartNew();
        var shown = -ProgressInterval;
        return (name, number, count) =>
        {
            if (clock.Elapsed - shown < ProgressInterval)
                return;
            shown = clock.Elapsed;
            laboratory.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"calibrate {number}/{count}: {name}"));
        };
    }

    private static void Write(string file, CalibrationTable table)
    {
        try
        {
            CalibrationFile.Write(file, table);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file}: {problem.Message.ReplaceLineEndings(" ")} Name a file that you may write.");
        }
    }

    private static string Text(CalibrationTable table)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        text.WriteLine($"{table.Processor}, {table.DotNet}, {table.OperatingSystem}");
        text.WriteLine(table.Provider);
        text.WriteLine($"{"operation",-40}{"median us",12}{"quartiles us",24}");
        foreach (var (name, timing) in table.Operations.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var quartiles = string.Create(CultureInfo.InvariantCulture, $"{timing.LowerQuartileUs:0.0} .. {timing.UpperQuartileUs:0.0}");
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-40}{timing.MedianUs,12:0.0}{quartiles,24}"));
        }

        return text.ToString();
    }
}
