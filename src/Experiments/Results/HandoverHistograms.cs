using Actors;
using Actors.Network;

namespace Experiments.Results;

/// <summary>How long the handovers of one or many replications took, by name of the duration. Adding commutes, so no order makes a difference.</summary>
public sealed class HandoverHistograms
{
    private readonly Dictionary<string, TickHistogram> _histograms = new(StringComparer.Ordinal);

    /// <summary>Null for a duration that no handover had.</summary>
    public TickHistogram? this[string name] => _histograms.GetValueOrDefault(name);

    /// <summary>The distribution of a replication, some kilobytes however many handovers it has.</summary>
    public static byte[] Write(IReadOnlyCollection<(string Name, TickHistogram Histogram)> histograms)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            foreach (var (name, histogram) in histograms.Where(one => one.Histogram.Count > 0))
            {
                writer.Write(name);
                histogram.Write(writer);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Adds a distribution that <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public void Add(byte[] distribution)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(distribution));
            while (reader.BaseStream.Position < distribution.Length)
            {
                var name = reader.ReadString();
                if (!_histograms.TryGetValue(name, out var histogram))
                    _histograms.Add(name, histogram = new TickHistogram(HandoverDistribution.Parts));
                histogram.Add(reader);
            }
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or FormatException)
        {
            throw new FormatException("the distribution of a replication is none", problem);
        }
    }
}
