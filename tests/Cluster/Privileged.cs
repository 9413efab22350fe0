using System.Diagnostics;

namespace Tests.Cluster;

/// <summary>What only some machines allow; tests that need it are shown as skipped elsewhere, with the reason.</summary>
internal static class Privileged
{
    public static readonly string? NoNamespaces = Works("ip", "netns", "add", "handover-probe") && Works("ip", "netns", "del", "handover-probe")
        ? null : "network namespaces are not allowed here: they need root and ip(8)";

    public static readonly string? NoMounts = Works("unshare", "-m", "mount", "-t", "tmpfs", "none", Path.GetTempPath())
        ? null : "mounting is not allowed here: a small tmpfs needs root";

    public static bool Works(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

public sealed class NamespaceFactAttribute : FactAttribute
{
    public NamespaceFactAttribute() => Skip = Privileged.NoNamespaces;
}

public sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute() => Skip = Privileged.NoMounts;
}
