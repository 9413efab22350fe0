using System.Diagnostics;

namespace Tests.Actors.Wire.Captures;

/// <summary>A program that nobody here wrote, which judges what we write. check.sh installs it.</summary>
internal static class ForeignTool
{
    /// <summary>Its output; a failure, or a missing program, fails the test with what it said.</summary>
    public static string Run(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors.Result}");
        return output;
    }

    private static Process Start(string program, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException($"{program} is missing: run ./check.sh, which installs tshark and python3-scapy.", missing);
        }
    }
}
