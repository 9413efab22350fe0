using System.Diagnostics;

namespace Tests.Actors.Wire.Captures;

/// <summary>A program that nobody here wrote, which judges what we write, or writes what we read. check.sh installs it.</summary>
internal static class ForeignTool
{
    /// <summary>Its output; a failure, or a missing program, fails the test with what it said.</summary>
    public static string Run(string program, params string[] arguments) => Run(program, [], arguments);

    /// <summary>As <see cref="Run(string, string[])"/>, with variables in its environment.</summary>
    public static string Run(string program, (string Name, string Value)[] environment, string[] arguments)
    {
        using var process = Start(program, environment, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors.Result}");
        return output;
    }

    private static Process Start(string program, (string Name, string Value)[] environment, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException($"{program} is missing: run ./check.sh, which installs what the tests need.", missing);
        }
    }
}
