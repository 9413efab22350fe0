using System.Security.Cryptography;
using Experiments.Configuration.Schema;
using Experiments.Plans;
using Topology.Exchange;
using Topology.Generation;
using Topology.Plans;

namespace Experiments.Configuration.Binding;

/// <summary>Generated networks.</summary>
internal sealed partial class CellBinder
{
    private readonly Dictionary<string, (CoreReading Reading, string Sha256)> _cores = [];

    private GeneratedPlan Generated(Block topology)
    {
        int? Whole(string key) => (int?)Number(topology.Get<Parameter>(key));
        var shape = new HmipTopology();
        var rates = topology.Inner("bandwidths");
        BitRate? Rate(string key) => Number(rates.Get<Parameter>(key)) is { } bits ? new BitRate(bits) : null;
        var (core, imported, text) = Core(topology.Inner("core"));
        shape = shape with
        {
            Domains = Whole("domains") ?? imported?.Nodes.Count ?? shape.Domains,
            MapsPerDomain = Whole("maps-per-domain") ?? shape.MapsPerDomain,
            RoutersPerMap = Whole("routers-per-map") ?? shape.RoutersPerMap,
            HomeDomains = Whole("home-domains") ?? shape.HomeDomains,
            Correspondents = Whole("correspondents") ?? shape.Correspondents,
            AaaDomains = topology.Find("aaa")?.Value switch
            {
                "off" => [],
                IReadOnlyList<Item> domains => [.. domains.Select(domain => (int)(Number((Parameter)domain.Value) ?? 0))],
                _ => null,
            },
            Core = core,
            ImportedCore = imported,
            CellRadius = Number(topology.Inner("cells").Get<Parameter>("radius")) ?? shape.CellRadius,
            CellOverlap = Number(topology.Inner("cells").Get<Parameter>("overlap")) ?? shape.CellOverlap,
            Rates = new LinkRates(Rate("wireless"), Rate("intra-domain"), Rate("inter-domain"), Rate("home")),
            DrawsPerLink = topology.Get<string>("draw-delays") != "per-packet",
        };
        return new GeneratedPlan(shape, topology.Find("seed")?.Value is ulong seed ? seed : _seed, text);
    }

    private (CoreModel Model, CoreGraph? Imported, string Text) Core(Block core)
    {
        CoreModel model = core.Get<string>("model") switch
        {
            "grid" => new GridCore(),
            "full-mesh" => new FullMeshCore(),
            "waxman" => new WaxmanCore(Number(core.Get<Parameter>("alpha")) ?? 0.15, Number(core.Get<Parameter>("beta")) ?? 0.2),
            "barabasi-albert" => new BarabasiAlbertCore((int?)Number(core.Get<Parameter>("links")) ?? 2),
            _ => new RingCore(),
        };
        if (core.Find("file") is not { Value: string file } item)
        {
            if (core.Find("model") is { Value: "file" } asked && _reported.Add(asked))
                findings.Error(Codes.MissingKey, asked.At, "core is a file, but 'file' is missing. Write file = NAME.graphml in it.");
            return (model, null, model.ToString());
        }

        if (!_cores.TryGetValue(file, out var read))
        {
            var reading = CoreReading.Of(file);
            read = _cores[file] = (reading, reading.Core is null ? "" : Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))));
        }

        if (read.Reading.Problem is { } problem && _reported.Add(item))
            findings.Error(problem.Code, item.At, $"{problem.Where} {problem.Message}");
        return (model, read.Reading.Core, read.Sha256);
    }
}
