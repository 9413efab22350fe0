using Actors.Network.TrafficModels;
using Experiments.Configuration.Schema;
using Experiments.Plans;
using Topology.Randomness;

namespace Experiments.Configuration.Binding;

/// <summary>What data flows, where mobile nodes go, and what routers hold back meanwhile.</summary>
internal sealed partial class CellBinder
{
    /// <summary>What a traffic block does not say is as in a call of G.711, or in the usual video.</summary>
    private TrafficPlan? Traffic()
    {
        if (study.Block.Get<Block>("traffic") is not { } traffic)
            return null;
        var model = traffic.Get<string>("model") ?? TrafficPlan.Models[0];
        foreach (var key in TrafficPlan.ForeignKeys(model))
        {
            if (traffic.Find(key) is { } foreign && _reported.Add(foreign))
                findings.Error(Codes.BadTraffic, foreign.At, $"traffic.{key} says nothing to model {model}. Delete it, or write another model.");
        }

        var (voice, spurts, video) = (ConstantBitRate.G711, OnOffVoice.G711, Video.Usual);
        var (isDown, isUp) = Directions(traffic);
        return new TrafficPlan(
            model,
            Of("interval", voice.Interval),
            Count("size", voice.PayloadBytes),
            Of("duration", TimeSpan.FromSeconds(1)))
        {
            IsDown = isDown,
            IsUp = isUp,
            Spurts = (Of("talk", spurts.MeanTalk), Of("silence", spurts.MeanSilence)),
            Video = new Video(
                Count("frame-rate", video.FramesPerSecond),
                Count("group", video.GroupFrames),
                Count("intra-frame", video.IntraFrameBytes),
                Count("frame", video.FrameBytes),
                Count("packet", video.PacketBytes)),
        };

        TimeSpan Of(string key, TimeSpan otherwise) => Duration(traffic.Get<Parameter>(key)) ?? otherwise;

        int Count(string key, int otherwise) => (int?)Number(traffic.Get<Parameter>(key)) ?? otherwise;
    }

    /// <summary>Down, unless the block says otherwise: by direction, or by the ends of one.</summary>
    private (bool IsDown, bool IsUp) Directions(Block traffic)
    {
        var (from, to) = (traffic.Find("from"), traffic.Find("to"));
        var isUp = from?.Value is "mn" || (from is null && to?.Value is "cn");
        var wrong = from is not null && to is not null && from.Value.Equals(to.Value) ? "goes nowhere: from and to are the same"
            : traffic.Find("direction") is { } stated && (from ?? to) is not null && (string)stated.Value != (isUp ? "up" : "down") ? $"goes {stated.Value}, and from and to say otherwise"
            : null;
        if (wrong is not null && _reported.Add(from ?? to!))
            findings.Error(Codes.BadTraffic, (from ?? to)!.At, $"traffic {wrong}. Write direction = down, up or both alone.");
        return traffic.Get<string>("direction") switch
        {
            "both" => (true, true),
            "up" => (false, true),
            "down" => (true, false),
            _ => (!isUp, isUp),
        };
    }

    private WaypointsPlan? Waypoints()
    {
        var mobility = study.Block.Inner("mobility");
        var isAsked = mobility.Get<string>("model") == "waypoints";
        if (isAsked && mobility.Find("path") is null && _reported.Add(mobility))
            findings.Error(Codes.MissingKey, mobility.Find("model")!.At, "mobility lacks 'path'. Write path = [home, fn1, fn2], for one.");
        foreach (var key in (string[])["path", "dwell"])
        {
            if (!isAsked && mobility.Find(key) is { } idle && _reported.Add(idle))
                findings.Error(Codes.MissingKey, idle.At, $"mobility has '{key}' but lacks 'model'. Write model = waypoints.");
        }

        return isAsked
            ? new WaypointsPlan(
                mobility.List("path").Select(item => (string)item.Value).ToValueList(),
                Delay(mobility.Get<DelayParameter>("dwell")) ?? new ConstantDelay(TimeSpan.FromSeconds(20)))
            : null;
    }

    private BufferPlan? Buffer()
    {
        var network = study.Block.Inner("network");
        var (reading, packets) = (network.Get<Parameter>("buffering"), network.Get<Parameter>("buffer"));
        return reading is null && packets is null
            ? null
            : new BufferPlan((int?)Number(packets), reading is not null && Value(reading).Symbol == "paper");
    }
}
