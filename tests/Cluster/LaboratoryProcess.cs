using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Cli;

namespace Tests.Cluster;

/// <summary>
/// The built command as a process of its own. It cannot outlive the tests by much: <c>timeout</c> kills it in any case, and
/// disposing kills it at once.
/// </summary>
internal sealed partial class LaboratoryProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    private readonly Process _wrapper;
    private readonly BlockingCollection<string> _errors = [];
    private readonly BlockingCollection<string> _output = [];
    private readonly List<string> _said = [];

    private LaboratoryProcess(IReadOnlyList<string> prefix, IReadOnlyList<string> arguments)
    {
        var command = (List<string>)["--signal=KILL", "200", .. prefix, "dotnet", typeof(HandoverCommand).Assembly.Location, .. arguments];
        _wrapper = new Process
        {
            StartInfo = new ProcessStartInfo("timeout", command) { RedirectStandardError = true, RedirectStandardOutput = true },
        };
        _wrapper.ErrorDataReceived += (_, line) => Add(_errors, line.Data);
        _wrapper.OutputDataReceived += (_, line) => Add(_output, line.Data);
        _wrapper.Start();
        _wrapper.BeginErrorReadLine();
        _wrapper.BeginOutputReadLine();
    }

    /// <summary>What it said on the error stream so far, as far as it was read.</summary>
    public IReadOnlyList<string> Said => _said;

    public static LaboratoryProcess Start(params string[] arguments) => new([], arguments);

    /// <param name="prefix">A command that runs the rest of its arguments, such as <c>ip netns exec x</c>.</param>
    public static LaboratoryProcess StartUnder(IReadOnlyList<string> prefix, params string[] arguments) => new(prefix, arguments);

    /// <summary>The next line of the error stream for which the condition holds.</summary>
    public string WaitFor(Func<string, bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (_errors.TryTake(out var line, Patience - clock.Elapsed is { Ticks: > 0 } left ? left : TimeSpan.Zero))
        {
            _said.Add(line);
            if (condition(line))
                return line;
        }

        throw new TimeoutException($"it never said that; it said:\n{string.Join('\n', _said)}");
    }

    /// <summary>Waits until so many replications have come in.</summary>
    public void WaitForReplications(int count) => WaitFor(line => Replications().Match(line) is { Success: true } match
        && int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) >= count);

    /// <summary>The address that a member prints when it has joined.</summary>
    public string WaitForAddress()
    {
        if (!_output.TryTake(out var line, Patience))
            throw new TimeoutException($"it printed no address; it said:\n{string.Join('\n', Rest())}");
        return Address().Match(line).Groups[1].Value;
    }

    /// <summary>What it printed, once it has ended.</summary>
    public string Printed() => string.Join('\n', _output);

    /// <summary>Sends a signal to the program itself, as kill(1) names it.</summary>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Program()])!;
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>The memory that the program has in use.</summary>
    public int ResidentMib() => int.Parse(
        File.ReadLines($"/proc/{Program()}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;

    /// <summary>The exit code; everything it said is then in <see cref="Said"/>.</summary>
    public int WaitForExit()
    {
        Assert.True(_wrapper.WaitForExit(Patience), $"it did not end; it said:\n{string.Join('\n', Rest())}");
        _wrapper.WaitForExit();
        Rest();
        return _wrapper.ExitCode;
    }

    public void Dispose()
    {
        try
        {
            if (!_wrapper.HasExited)
                _wrapper.Kill(entireProcessTree: true);
            _wrapper.WaitForExit();
        }
        finally
        {
            _wrapper.Dispose();
        }
    }

    private List<string> Rest()
    {
        while (_errors.TryTake(out var line))
            _said.Add(line);
        return _said;
    }

    /// <summary>The innermost child: the command under its wrappers.</summary>
    private string Program()
    {
        var program = _wrapper.Id.ToString(CultureInfo.InvariantCulture);
        while (File.ReadAllText($"/proc/{program}/task/{program}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var child, ..])
            program = child;
        return program;
    }

    private static void Add(BlockingCollection<string> lines, string? line)
    {
        if (line is null)
            lines.CompleteAdding();
        else
            lines.Add(line);
    }

    [GeneratedRegex(@", ([0-9]+) replications, ")]
    private static partial Regex Replications();

    [GeneratedRegex("\"address\":\"([^\"]+)\"")]
    private static partial Regex Address();
}
