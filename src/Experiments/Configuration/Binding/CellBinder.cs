using Actors.Security.Profiles;
using Experiments.Calibration;
using Experiments.Configuration.Expressions;
using Experiments.Configuration.Schema;
using Experiments.Plans;
using Topology.Randomness;

namespace Experiments.Configuration.Binding;

/// <summary>Resolves the parameters of a study's cells. A parameter that is wrong is reported for its first cell only.</summary>
internal sealed partial class CellBinder(StudyAxes study, ISchemeCatalogue catalogue, Findings findings)
{
    private readonly HashSet<object> _reported = new(ReferenceEqualityComparer.Instance);
    private ValueList<SweptValue> _swept = [];
    private CostTable? _table;
    private ulong _seed;

    public CellPlan Bind(CellPoint point, int number, ulong seed)
    {
        (_swept, _seed) = (point.Swept, seed);
        var cell = new CellPlan(
            number, study.Name, point.Engine, Scheme(point.Scheme), point.Swept, Delays(), Crypto(), Topology(), Stop(), Key: "")
        {
            Traffic = Traffic(),
            MovesAfter = Duration(study.Block.Inner("mobility").Get<Parameter>("start")) ?? TimeSpan.Zero,
            Mobiles = Mobiles(),
            Waypoints = Waypoints(),
            Buffer = Buffer(),
            PacketsAreBytes = study.Block.Inner("network").Get<string>("packets") == "wire",
            Mobility = Mobility(),
            WarmUp = WarmUp(),
            Partitions = (int?)Number(study.Block.Inner("run").Get<Parameter>("partitions")),
            RecordsDistribution = study.Block.Inner("record").Get<string>("handovers") == "histogram",
        };
        CheckBytes(cell);
        return cell with { Key = CellKey.Of(cell, seed, catalogue.EngineVersion) };
    }

    /// <summary>Forms know the paper's messages only.</summary>
    private void CheckBytes(CellPlan cell)
    {
        var asked = cell.PacketsAreBytes
            ? study.Block.Inner("network").Find("packets")
            : study.Block.Inner("record") is var record && record.Get<string>("pcapng") == "on" ? record.Find("pcapng") : null;
        if (asked is null || cell.Crypto.Profile is not { } profile || !_reported.Add(asked))
            return;
        var (key, other) = cell.PacketsAreBytes ? ("network.packets = wire", "packets = model") : ("record.pcapng = on", "pcapng = off");
        findings.Error(Codes.BytesOfProfile, asked.At,
            $"{key} knows the messages of the paper's algorithms, not those of profile {profile}{Where()}. Write {other}, or leave out crypto.profile and crypto.cost.");
    }

    private SchemePlan Scheme(SchemeUse use)
    {
        var entry = catalogue.Find(use.Name)!;
        var options = catalogue.OptionsOf(entry).Select(option => new OptionValue(option.Name, Value(
            use.Options.Get<Parameter>(option.Name) ?? Default(use, option))));
        return new SchemePlan(entry.Name, use.Label, entry.Version, options.ToValueList());
    }

    private static Parameter Default(SchemeUse use, SchemeOption option)
    {
        var parsed = Grammar.ParseValue(option.Default);
        return new Parameter($"default of {use.Name}.{option.Name}", option.Default,
            parsed.Value ?? new Expression.Literal(Quantity.Word(option.Default)), option.Type, use.At);
    }

    private DelaysPlan Delays()
    {
        var delays = study.Block.Inner("delays");
        DelayDistribution Required(string key) => Delay(delays.Get<DelayParameter>(key)) ?? new ConstantDelay(TimeSpan.Zero);
        return new DelaysPlan(
            Required("wireless"),
            Required("intra-domain"),
            Required("inter-domain"),
            Required("home"),
            Required("home-correspondent"),
            Required("router-correspondent"),
            Duration(delays.Get<Parameter>("processing")) ?? TimeSpan.Zero,
            Required("link-switch"),
            Required("movement-detection"),
            Required("duplicate-address-detection"),
            Delay(delays.Get<DelayParameter>("anticipation")),
            Required("discovery"),
            Duration(delays.Get<Parameter>("forwarding")));
    }

    private CryptoPlan Crypto()
    {
        var crypto = study.Block.Inner("crypto");
        TimeSpan Required(string key) => Duration(crypto.Get<Parameter>(key)) ?? TimeSpan.Zero;
        var profile = crypto.Get<Parameter>("profile") is { } named ? Value(named).Symbol : null;
        var plan = new CryptoPlan(Required("sign"), Required("verify"), Required("rsa"), Number(crypto.Get<Parameter>("signature-share")) ?? 0)
        {
            Profile = profile,
        };
        var cost = crypto.Get<Parameter>("cost") is { } model ? Value(model).Symbol : null;
        return cost is not ("calibrated" or "real")
            ? plan
            : plan with
            {
                Cost = cost == "real" ? CostModel.Real : CostModel.Calibrated,
                Profile = profile ?? CryptoProfile.All[0].Name,
                Table = _table ??= Table(crypto.Find("table")),
            };
    }

    private CostTable Table(Item? file)
    {
        if (file is null)
            return CalibrationFile.Reference.Medians(CostTable.Reference);
        var path = (string)file.Value;
        if (CalibrationFile.TryRead(path, out var table, out var problem))
            return table.Medians(path);
        findings.Error(Codes.BadTable, file.At, problem);

        // Stands for it, so that the rest of the cell can be checked.
        return Table(null);
    }

    private StopPlan Stop()
    {
        var stop = study.Block.Inner("stop");
        double Required(string key) => Number(stop.Get<Parameter>(key)) ?? 0;
        var on = stop.List("on").Select(item => (MetricStatistic)item.Value).ToValueList();
        if (Number(study.Block.Inner("run").Get<Parameter>("replications")) is { } asked)
        {
            var replications = (int)Math.Min(asked, Required("max-replications"));
            return new StopPlan(double.PositiveInfinity, Required("confidence"), on, replications, replications);
        }

        return new StopPlan(
            Required("precision"),
            Required("confidence"),
            on,
            (int)Required("batch"),
            (int)Required("max-replications"));
    }

    private TopologyPlan Topology()
    {
        var topology = study.Block.Inner("topology");
        return new TopologyPlan(
            topology.Get<string>("template") ?? PaperTemplate.Name,
            topology.Inner("links").Items
                .OrderBy(item => item.Key, StringComparer.Ordinal)
                .Select(item => Link(item.Key, (Block)item.Value.Value))
                .ToValueList(),
            topology.Inner("nodes").Items
                .OrderBy(item => item.Key, StringComparer.Ordinal)
                .Select(item => Node(item.Key, (Block)item.Value.Value))
                .ToValueList())
        {
            Generated = topology.Get<string>("generate") is null ? null : Generated(topology),
            Impairments = topology.Find("impairments") is { Value: Block impairments }
                ? Impairments(impairments) with { Loss = Number(impairments.Get<Parameter>("loss")) }
                : null,
        };
    }

    private NodeChange Node(string name, Block node)
    {
        var restarts = new List<RestartPlan>();
        foreach (var item in node.List("restarts"))
            restarts.Add(Restart(name, item, restarts.Count > 0 ? restarts[^1].At + restarts[^1].Down : TimeSpan.Zero));
        if (node.Find("refusal-share") is { } share && node.Find("refuses") is null && _reported.Add(share))
            findings.Error(Codes.MissingKey, share.At, $"node {name} has 'refusal-share' but lacks 'refuses'. Write refuses = insufficient-resources, for one.");
        return new NodeChange(name, Duration(node.Get<Parameter>("processing")))
        {
            Cores = (int?)Number(node.Get<Parameter>("cores")),
            Restarts = restarts.ToValueList(),
            Refusal = node.Get<Parameter>("refuses") is { } refuses
                ? new RefusalPlan(Value(refuses).Symbol!, Number(node.Get<Parameter>("refusal-share")) ?? 1)
                : null,
        };
    }

    private RestartPlan Restart(string node, Item item, TimeSpan up)
    {
        var block = (Block)item.Value;
        var restart = new RestartPlan(
            Duration(block.Get<Parameter>("at")) ?? TimeSpan.Zero, Duration(block.Get<Parameter>("down")) ?? TimeSpan.Zero);
        if ((restart.At < up || restart.Down <= TimeSpan.Zero) && _reported.Add(item))
        {
            findings.Error(Codes.BadRestart, item.At,
                $"node {node} restarts at {Shown(restart.At)} for {Shown(restart.Down)}, {(restart.At < up ? $"before it is up again at {Shown(up)}" : "which is no time")}{Where()}. Write {(restart.At < up ? "a later at" : "a longer down")}.");
        }

        return restart;
    }

    private ImpairmentsPlan Impairments(Block link) => new(
        null,
        Number(link.Get<Parameter>("duplication")),
        link.Find("reordering") is { Value: Block reordering }
            ? new ReorderingPlan(Number(reordering.Get<Parameter>("share")) ?? 0, Delay(reordering.Get<DelayParameter>("delay")) ?? new ConstantDelay(TimeSpan.Zero))
            : null,
        Number(link.Get<Parameter>("corruption")));

    private LinkChange Link(string name, Block link)
    {
        var ends = name.Split('>');
        return new LinkChange(
            ends[0],
            ends[1],
            Delay(link.Get<DelayParameter>("delay")),
            Number(link.Get<Parameter>("loss")),
            Number(link.Get<Parameter>("bandwidth")),
            (int?)Number(link.Get<Parameter>("queue")),
            Delay(link.Get<DelayParameter>("jitter")),
            link.List("outages").Select(item => Outage(name, item)).ToValueList())
        {
            Impairments = Impairments(link),
        };
    }

    private OutagePlan Outage(string link, Item item)
    {
        var block = (Block)item.Value;
        var outage = new OutagePlan(
            Duration(block.Get<Parameter>("from")) ?? TimeSpan.Zero, Duration(block.Get<Parameter>("until")) ?? TimeSpan.Zero);
        if (outage.Until <= outage.From && _reported.Add(item))
        {
            findings.Error(Codes.BadOutage, item.At,
                $"outage of link {link} ends at {Shown(outage.Until)}, not after it begins at {Shown(outage.From)}{Where()}. Write a later until.");
        }

        return outage;
    }

    private DelayDistribution? Delay(DelayParameter? delay)
    {
        if (delay is null)
            return null;
        TimeSpan Time(string key) => Duration(delay.Parameters.GetValueOrDefault(key)) ?? TimeSpan.Zero;
        double Plain(string key) => Number(delay.Parameters.GetValueOrDefault(key)) ?? 0;
        DelayDistribution distribution = delay.Distribution switch
        {
            "uniform" => new UniformDelay(Time("min"), Time("max")),
            "normal" => new NormalDelay(Time("mean"), Time("standard-deviation")),
            "lognormal" => new LogNormalDelay(Time("median"), Plain("sigma")),
            "exponential" => new ExponentialDelay(Time("mean"), Time("offset")),
            "gamma" => new GammaDelay(Plain("shape"), Time("scale"), Time("shift")),
            "empirical" => new EmpiricalDelay([.. delay.Values.Select(value => Duration(value)!.Value)]),
            _ => new ConstantDelay(Time("value")),
        };
        if (distribution.Flaw is { } flaw && !delay.Parameters.Values.Any(_reported.Contains) && _reported.Add(delay))
            findings.Error(Codes.OutOfRangeInCell, delay.At, $"{delay.Path}: {flaw}{Where()}. Change one of its values.");
        return distribution;
    }

    private TimeSpan? Duration(Parameter? parameter) => parameter is null ? null : Value(parameter).Duration;

    private double? Number(Parameter? parameter) => parameter is null ? null : (double)Value(parameter).Value;

    private Quantity Value(Parameter parameter)
    {
        var type = parameter.Type;
        string code, message;
        try
        {
            var value = parameter.Expression.Evaluate(name => _swept.FirstOrDefault(swept => swept.Name == name)?.Value);
            (var problem, message) = ParameterShape.Check(parameter, value, Where());
            if (problem is null)
                return ParameterShape.Coerce(value, type);
            code = problem == Codes.OutOfRange ? Codes.OutOfRangeInCell : Codes.WrongDimension;
        }
        catch (ExpressionException problem)
        {
            code = problem.Code == Codes.OutOfRange ? Codes.OutOfRangeInCell : problem.Code;
            message = $"{parameter.Path} = {parameter.Text}: {problem.Message}{Where()}. Write {type.Example}, for one.";
        }

        // An undefined name has been reported for the study.
        if (code != Codes.UndefinedName && !_reported.Contains(parameter))
            findings.Error(code, parameter.At, message);
        _reported.Add(parameter);
        return Stand(type);
    }

    /// <summary>Stands for a value that is wrong, so that the rest of the cell can be checked.</summary>
    private static Quantity Stand(ParameterType type) => Grammar.ParseValue(type.Example).Value!.Evaluate(_ => null);

    private string Where() => _swept.Count == 0 ? "" : $" (at {string.Join(", ", _swept)})";

    private static string Shown(TimeSpan duration) => Quantity.Milliseconds((decimal)duration.Ticks / TimeSpan.TicksPerMillisecond).ToString();
}
