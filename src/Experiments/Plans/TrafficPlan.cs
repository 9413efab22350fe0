using Actors.Network;
using Actors.Network.TrafficModels;

namespace Experiments.Plans;

/// <summary>A stream of data between the correspondent and each mobile node, from the start of the run on.</summary>
/// <param name="Model">One of <see cref="Models"/>.</param>
/// <param name="Interval">Between two packets, of a voice while it talks; not of a video.</param>
/// <param name="PayloadBytes">Of each packet; not of a video.</param>
public sealed record TrafficPlan(string Model, TimeSpan Interval, int PayloadBytes, TimeSpan Duration)
{
    public const string OnOff = "on-off-voice";
    public const string OfVideo = "video";

    /// <summary>Each with the keys that only it understands.</summary>
    public static readonly ValueList<string> Models = ["cbr", "voice", OnOff, OfVideo];

    public static readonly ValueList<string> DirectionWords = ["down", "up", "both"];

    /// <summary>Whether the correspondent sends.</summary>
    public bool IsDown { get; init; } = true;

    /// <summary>Whether the mobile node sends.</summary>
    public bool IsUp { get; init; }

    /// <summary>Mean times of speech and of silence; of a voice that is silent between its spurts only.</summary>
    public (TimeSpan Talk, TimeSpan Silence) Spurts { get; init; } = (OnOffVoice.G711.MeanTalk, OnOffVoice.G711.MeanSilence);

    /// <summary>Of a video only.</summary>
    public Video Video { get; init; } = Video.Usual;

    /// <summary>The keys of a traffic block that say nothing to a model.</summary>
    public static IEnumerable<string> ForeignKeys(string model)
    {
        string[] video = ["frame-rate", "group", "intra-frame", "frame", "packet"];
        string[] spurts = ["talk", "silence"];
        string[] packets = ["interval", "size"];
        return model switch
        {
            OfVideo => [.. packets, .. spurts],
            OnOff => video,
            _ => [.. spurts, .. video],
        };
    }

    /// <summary>The stream as the simulation takes it.</summary>
    public Traffic Stream()
    {
        var packets = new ConstantBitRate(Interval, PayloadBytes);
        return new Traffic(
            Model switch
            {
                OnOff => new OnOffVoice(packets, Spurts.Talk, Spurts.Silence),
                OfVideo => Video,
                _ => packets,
            },
            Duration)
        {
            IsDown = IsDown,
            IsUp = IsUp,
        };
    }
}
