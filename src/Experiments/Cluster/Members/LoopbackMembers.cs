using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Experiments.Cluster.Members;

/// <summary>Members as processes of their own on this machine, each bound to one core, for as long as this object lives, or this process.</summary>
internal sealed class LoopbackMembers : IDisposable
{
    private readonly List<Process> _processes = [];

    private LoopbackMembers()
    {
    }

    /// <summary>The first member's address.</summary>
    public string Address { get; private set; } = "";

    /// <exception cref="InvalidOperationException">A member does not start.</exception>
    public static LoopbackMembers Start(int count)
    {
        var members = new LoopbackMembers();
        try
        {
            for (var member = 0; member < count; member++)
            {
                var address = members.Add(member);
                if (member == 0)
                    members.Address = address;
            }

            return members;
        }
        catch
        {
            members.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }
    }

    private string Add(int member)
    {
        string[] join = member == 0 ? [] : ["--join", Address];
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. Self(), "node", "--port", "0", "--until-input-ends", .. join]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        Process? process = null;
        var thread = new Thread(() =>
        {
            // A process inherits the cores of the thread that starts it.
            ulong core = 1UL << (member % Environment.ProcessorCount);
            if (OperatingSystem.IsLinux())
                _ = BindThread(0, sizeof(ulong), in core);
            process = Process.Start(start);
        });
        thread.Start();
        thread.Join();
        _processes.Add(process!);
        var line = process!.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"member {member} did not start");
        using var said = JsonDocument.Parse(line);
        return said.RootElement.GetProperty("address").GetString()!;
    }

    /// <summary>How this program was started: as itself, or by dotnet.</summary>
    private static string[] Self() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(LoopbackMembers).Assembly.Location] : [];

    [DllImport("libc", EntryPoint = "sched_setaffinity")]
    private static extern int BindThread(int thread, nint size, in ulong cores);
}
