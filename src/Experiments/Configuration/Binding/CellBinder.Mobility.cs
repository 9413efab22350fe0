using System.Security.Cryptography;
using Experiments.Configuration.Schema;
using Experiments.Configuration.Syntax;
using Experiments.Plans;
using Topology.Movement;
using Topology.Plans;

namespace Experiments.Configuration.Binding;

/// <summary>Mobile nodes and their movement.</summary>
internal sealed partial class CellBinder
{
    private readonly Dictionary<string, string> _hashes = [];

    private MobilesPlan? Mobiles()
    {
        if (study.Block.Find("mobiles") is not { Value: Block mobiles } item)
            return null;
        var moves = MobilityKeys.Models.Contains(study.Block.Inner("mobility").Get<string>("model"));
        foreach (var key in new[] { "handovers-per-second", "duration" })
        {
            if (moves == Has(key) && _reported.Add((item, key)))
            {
                findings.Error(moves ? Codes.UnknownKey : Codes.MissingKey, item.At, moves
                    ? $"mobiles has '{key}', but how they move is said in mobility. Delete it{(key == "duration" ? ", or write run.duration" : "")}."
                    : $"mobiles lacks '{key}'. Write {key} = ... in it, or mobility {{ model = random-waypoint }} in a generated topology.");
            }
        }

        if (!Has("count") && study.Block.Inner("mobility").Get<string>("model") != "trace" && _reported.Add((item, "count")))
            findings.Error(Codes.MissingKey, item.At, "mobiles lacks 'count'. Write count = ... in it.");
        return new MobilesPlan(
            (int)(Number(mobiles.Get<Parameter>("count")) ?? 0),
            Number(mobiles.Get<Parameter>("handovers-per-second")) ?? 0,
            Duration(mobiles.Get<Parameter>("duration")) ?? TimeSpan.Zero);

        // A value that could not be read is there all the same.
        bool Has(string key) => (study.Source["mobiles"]?.Value as ConfigObject)?[key] is not null;
    }

    private MobilityPlan? Mobility()
    {
        var mobility = study.Block.Inner("mobility");
        if (mobility.Find("model") is not { Value: string model } item || !MobilityKeys.Models.Contains(model))
            return null;
        if (study.Block.Inner("topology").Find("generate") is null && _reported.Add(item))
            findings.Error(Codes.BadMovement, item.At, $"mobility.model = {model} needs cells on a plane. Write topology {{ generate = hmipv6 }}.");
        var speed = mobility.Inner("speed");
        var least = Number(speed.Get<Parameter>("min")) ?? 1;
        var plan = new MobilityPlan(
            model,
            new SpeedRange(least, Number(speed.Get<Parameter>("max")) ?? Math.Max(least, 20)),
            Duration(mobility.Get<Parameter>("pause")) ?? TimeSpan.Zero,
            Duration(mobility.Get<Parameter>("leg")) ?? TimeSpan.FromSeconds(30),
            Duration(mobility.Get<Parameter>("step")) ?? TimeSpan.FromSeconds(1),
            Number(mobility.Get<Parameter>("memory")) ?? 0.75,
            Number(mobility.Get<Parameter>("block")) ?? 100,
            mobility.List("places").Select(place => (Block)place.Value).Select(place =>
                new PlanePoint(Number(place.Get<Parameter>("x")) ?? 0, Number(place.Get<Parameter>("y")) ?? 0)).ToValueList(),
            mobility.Get<string>("file"),
            mobility.Find("file") is { } file ? HashOf((string)file.Value, file) : null,
            Number(mobility.Get<Parameter>("hysteresis")),
            Number(mobility.Get<Parameter>("trigger-distance")),
            Duration(mobility.Get<Parameter>("ping-pong")) ?? TimeSpan.FromSeconds(1),
            Duration(study.Block.Inner("run").Get<Parameter>("duration")));
        if (Flaw(plan) is { } flaw && _reported.Add(mobility))
            findings.Error(Codes.BadMovement, item.At, $"mobility {{ model = {model} }}: {flaw}{Where()}.");
        return plan;
    }

    private static string? Flaw(MobilityPlan plan)
    {
        if (plan.Model == "trace")
            return plan.File is null ? "'file' is missing. Write file = NAME.xml, .csv or .ns_movements in it" : null;
        if (plan.In(new Area(1, 1))!.Flaw is { } flaw)
            return $"{flaw}. Change its values";
        return plan.Duration is null ? "how long to run is not said. Write run { duration = 60 s }" : null;
    }

    /// <summary>What run.warm-up cuts off; zero where it is auto, since movements start in their stationary state.</summary>
    private TimeSpan WarmUp()
    {
        var run = study.Block.Inner("run");
        if (run.Get<Parameter>("warm-up") is not { } parameter)
            return TimeSpan.Zero;
        var (warmUp, duration) = (Value(parameter).Duration, Duration(run.Get<Parameter>("duration")));
        var model = study.Block.Inner("mobility").Get<string>("model");
        var flaw = !MobilityKeys.Models.Contains(model) ? "no node moves on the plane, so there is none of whose handovers to leave out. Delete it, or write mobility { model = random-waypoint }"
            : duration is null ? "how long to run is not said. Write run { duration = 60 s }"
            : warmUp >= duration ? $"that leaves no handover, since run.duration is {Shown(duration.Value)}. Write a shorter one"
            : null;
        if (flaw is not null && _reported.Add(parameter))
            findings.Error(Codes.BadMovement, parameter.At, $"{parameter.Path} = {parameter.Text}: {flaw.Insert(flaw.IndexOf(". ", StringComparison.Ordinal), Where())}.");
        return warmUp;
    }

    private string HashOf(string path, Item item)
    {
        if (_hashes.TryGetValue(path, out var known))
            return known;
        try
        {
            using var file = File.OpenRead(path);
            return _hashes[path] = Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            if (_reported.Add(item))
                findings.Error(Codes.BadTrace, item.At, $"{path} does not exist or cannot be read. Check the path.");
            return "";
        }
    }
}
