using Actors.Wire.Captures;

namespace Tests.Actors.Wire.Captures;

/// <summary>All sample packets in one capture, on two interfaces by turns, 1.5 ms apart; gone when disposed.</summary>
internal sealed class CaptureFile : IDisposable
{
    private readonly string _path = System.IO.Path.GetTempFileName();

    public CaptureFile()
    {
        using var file = File.Create(_path);
        var writer = new PcapngWriter(file, "handover");
        int[] links = [writer.AddInterface("mn-par"), writer.AddInterface("par-nar")];
        writer.AddNames([(SamplePackets.HomeAgent, "ha"), (SamplePackets.PreviousRouter, "par"), (SamplePackets.NewRouter, "nar")]);
        for (var i = 0; i < SamplePackets.All.Count; i++)
            writer.Write(links[i % 2], i * 15_000L, SamplePackets.All[i].Bytes, SamplePackets.All[i].Name);
    }

    public string Path => _path;

    public void Dispose() => File.Delete(_path);
}
