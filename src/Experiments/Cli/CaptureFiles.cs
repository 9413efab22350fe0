using System.Globalization;
using Actors.Network.Captures;
using Experiments.Plans;

namespace Experiments.Cli;

/// <summary>Captures as files, and beside them the configuration folder by which Wireshark decrypts them.</summary>
internal static class CaptureFiles
{
    public const string Folder = "traces";
    private const string Configuration = "wireshark";
    private const string Extension = ".pcapng";

    /// <summary>Where a capture of a cell goes in a results folder.</summary>
    public static string NameOf(CellPlan cell, int replication) =>
        Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{cell.Study}-{cell.Scheme.Label}-r{replication}{Extension}"));

    /// <summary>Writes FILE, FILE-ike for chains of IKEv2 that other messages carry, and the folder `wireshark` next to them.</summary>
    /// <param name="node">Only what this node sends or is sent; null for all.</param>
    /// <returns>What has been written, and how to read it, one line each.</returns>
    /// <exception cref="UsageException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(string path, TracedRun traced, string? node)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var configuration = Path.Combine(directory, Configuration);
        var written = new List<string>();
        try
        {
            Directory.CreateDirectory(configuration);
            WritePackets(path, traced, traced.Capture!.Packets, node, written);
            WritePackets(ChainsOf(path), traced, traced.Capture.Chains, node, written);
            foreach (var (name, text) in WiresharkFolder.Files([traced.Keys!]))
                Merge(Path.Combine(configuration, name), text);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: the capture cannot be written: {problem.Message} Name another file with --out.");
        }

        written.Add($"decrypt with: WIRESHARK_CONFIG_DIR={Shown(configuration)} tshark -r {path}");
        return written;
    }

    private static void WritePackets(string path, TracedRun traced, IReadOnlyList<CapturedPacket> packets, string? node, List<string> written)
    {
        var shown = packets.Where(packet => node is null || packet.Link.Split('>').Contains(node)).ToList();
        if (shown.Count == 0)
            return;
        using (var file = File.Create(path))
            PacketCapture.Write(file, traced.Network, shown);
        written.Add(string.Create(CultureInfo.InvariantCulture, $"{path}: {shown.Count} packets on {shown.Select(packet => packet.Link).Distinct().Count()} links"));
    }

    private static string ChainsOf(string path) =>
        (path.EndsWith(Extension, StringComparison.Ordinal) ? path[..^Extension.Length] : path) + "-ike" + Extension;

    /// <summary>Keys of earlier captures stay: their lines are kept.</summary>
    private static void Merge(string path, string text)
    {
        var known = File.Exists(path) ? File.ReadAllLines(path) : [];
        File.WriteAllLines(path, known.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Distinct());
    }

    private static string Shown(string path) => Path.GetRelativePath(Directory.GetCurrentDirectory(), path) is { } relative && !relative.StartsWith("..", StringComparison.Ordinal)
        ? relative
        : path;
}
