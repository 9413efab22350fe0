using System.CommandLine;
using System.Globalization;
using Experiments.Configuration;
using Experiments.MonteCarlo;
using Topology.Exchange;
using Topology.Generation;
using Topology.Plans;
using Topology.Randomness;

namespace Experiments.Cli;

/// <summary><c>handover topology generate|import|show</c>: networks, to look at and to keep.</summary>
internal static class TopologyVerb
{
    private const string GraphMl = "graphml";
    private static readonly string[] Forms = ["table", GraphMl, "svg"];
    private static readonly string[] Cores = ["ring", "grid", "full-mesh", "waxman", "barabasi-albert"];

    /// <summary>The paper's delays at H = 20 ms, as experiments have them by default.</summary>
    private static readonly PaperDelays Delays = new(Fixed(4), Fixed(2), Fixed(20), Fixed(2), Fixed(10), Fixed(10), TimeSpan.FromMilliseconds(0.5));

    public static Command Create(Laboratory laboratory)
    {
        var command = new Command("topology", "Generate, import and show networks.") { Generate(laboratory), Import(laboratory), Show(laboratory) };
        return command;
    }

    private static Command Generate(Laboratory laboratory)
    {
        var kind = new Argument<string>("KIND") { Description = "hmipv6: visited domains with anchor points and access routers, home domains, a core" };
        var shape = new ShapeOptions();
        var core = CommonOptions.Text("--core", string.Join('|', Cores), "how the domains are joined (default ring)");
        var alpha = CommonOptions.Text("--alpha", "x", "of waxman (default 0.15)");
        var beta = CommonOptions.Text("--beta", "x", "of waxman (default 0.2)");
        var links = CommonOptions.Number("--links", "of each new domain, of barabasi-albert (default 2)", 2, 1, 100);
        var (form, target) = OutputOptions();
        var command = new Command("generate", "Generate a network; the same options give the same network.") { kind, core, alpha, beta, links, form, target };
        shape.AddTo(command);
        command.SetAction(parse =>
        {
            if (parse.GetValue(kind) is { } asked and not "hmipv6")
                throw new UsageException($"handover topology generate: '{asked}' is unknown. Write hmipv6.");
            CoreModel model = (parse.GetValue(core) ?? "ring") switch
            {
                "ring" => new RingCore(),
                "grid" => new GridCore(),
                "full-mesh" => new FullMeshCore(),
                "waxman" => new WaxmanCore(Number("--alpha", parse.GetValue(alpha), 0.15), Number("--beta", parse.GetValue(beta), 0.2)),
                "barabasi-albert" => new BarabasiAlbertCore(parse.GetValue(links) ?? 2),
                var other => throw new UsageException($"handover topology generate: --core {other} is unknown. {Suggestion.For(other, Cores)}"),
            };
            return Write(laboratory, shape.Of(parse) with { Core = model }, shape.Seed(parse), parse.GetValue(form), parse.GetValue(target));
        });
        return command;
    }

    private static Command Import(Laboratory laboratory)
    {
        var file = new Argument<string>("FILE") { Description = "the core: GraphML as of the Internet Topology Zoo, or CSV lines from,to,delay[,bandwidth]" };
        var shape = new ShapeOptions();
        var (form, target) = OutputOptions();
        var command = new Command("import", "Attach domains to a core that is given.") { file, form, target };
        shape.AddTo(command);
        command.SetAction(parse =>
        {
            var core = Read(parse.GetValue(file)!);
            var network = shape.Of(parse);
            return Write(
                laboratory,
                network with { ImportedCore = core, Domains = parse.GetValue(shape.Domains) ?? core.Nodes.Count },
                shape.Seed(parse),
                parse.GetValue(form),
                parse.GetValue(target));
        });
        return command;
    }

    private static Command Show(Laboratory laboratory)
    {
        var options = new CommonOptions();
        var (form, target) = OutputOptions();
        var cell = CommonOptions.Number("--cell", "number of an experiment's cell (default: the first simulated one)", 1, 1, int.MaxValue);
        var command = new Command("show", "Show the network of an experiment file, or a topology file.") { form, target, cell };
        options.AddPlanOptions(command);
        command.SetAction(parse =>
        {
            var file = parse.GetValue(options.File)!;
            if (Path.GetExtension(file) is ".graphml" or ".xml" or ".csv")
            {
                var core = Read(file);
                return Write(laboratory, Form(parse.GetValue(form), parse.GetValue(target)), parse.GetValue(target), chosen => chosen switch
                {
                    GraphMl => Text(writer => GraphMlWriter.Write(core, writer)),
                    "svg" => TopologyDrawing.Of(core),
                    _ => Lines(TopologyTable.Of(core)),
                });
            }

            if (PlanReading.Read(laboratory, options, parse) is not { } plan)
                return ExitCode.Usage;
            var number = parse.GetValue(cell);
            var chosen = plan.Cells.FirstOrDefault(candidate => number is { } wanted ? candidate.Number == wanted : candidate.Engine == Plans.Engine.Simulation)
                ?? throw new UsageException($"{file}: there is no such simulated cell. Write a number from 1 to {plan.Cells.Count()}.");
            return Write(laboratory, CellScenario.NetworkOf(chosen).Plan!, chosen.Topology.Generated?.Shape.CellRadius ?? 0, parse.GetValue(form), parse.GetValue(target));
        });
        return command;
    }

    private static (Option<string?> Form, Option<string?> Target) OutputOptions() => (
        CommonOptions.Text("--as", string.Join('|', Forms), "how to write it (default table; graphml with --out)"),
        CommonOptions.Text("--out", "FILE", "write it there instead"));

    private static string Form(string? asked, string? target)
    {
        var form = asked ?? (target is null ? Forms[0] : Path.GetExtension(target) == ".svg" ? "svg" : GraphMl);
        return Forms.Contains(form) ? form : throw new UsageException($"handover topology: --as {form} is unknown. {Suggestion.For(form, Forms)}");
    }

    private static CoreGraph Read(string file)
    {
        var reading = CoreReading.Of(file);
        return reading.Core ?? throw new UsageException(reading.Problem!.ToString());
    }

    private static int Write(Laboratory laboratory, HmipTopology topology, ulong seed, string? form, string? target)
    {
        var built = topology.Build(Delays, seed, TopologyOverrides.None, mobiles: 0);
        foreach (var error in built.Errors)
            laboratory.Error.WriteLine($"handover topology: {error}");
        return built.Plan is { } plan ? Write(laboratory, plan, topology.CellRadius, form, target) : ExitCode.Usage;
    }

    private static int Write(Laboratory laboratory, NetworkPlan plan, double radius, string? form, string? target) =>
        Write(laboratory, Form(form, target), target, chosen => chosen switch
        {
            GraphMl => Text(writer => GraphMlWriter.Write(plan, writer)),
            "svg" => TopologyDrawing.Of(plan, radius),
            _ => Lines(TopologyTable.Of(plan)),
        });

    private static int Write(Laboratory laboratory, string form, string? target, Func<string, string> text)
    {
        if (target is null)
        {
            laboratory.Output.Write(text(form));
            return ExitCode.Success;
        }

        try
        {
            File.WriteAllText(target, text(form));
            return ExitCode.Success;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{target}: {Codes.Unwritable} the file cannot be written. Check the path.");
        }
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line.TrimEnd() + "\n"));

    private static string Text(Action<TextWriter> write)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        write(writer);
        return writer + "\n";
    }

    private static LinkDelay Fixed(double ms) => new(new ConstantDelay(TimeSpan.FromMilliseconds(ms)));

    private static double Number(string option, string? text, double otherwise) =>
        text is null ? otherwise
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
        : throw new UsageException($"handover topology: {option} {text} is no number. Write {option} {otherwise.ToString(CultureInfo.InvariantCulture)}.");

    /// <summary>What a generated network and one with an imported core have in common.</summary>
    private sealed class ShapeOptions
    {
        private static readonly HmipTopology Default = new();
        private readonly Option<int?> _maps = Count("--maps-per-domain", "mobility anchor points of a domain (default 1)");
        private readonly Option<int?> _routers = Count("--routers-per-map", "access routers of an anchor point (default 4)");
        private readonly Option<int?> _homes = Count("--home-domains", "home domains (default 1)");
        private readonly Option<int?> _correspondents = CommonOptions.Number("--correspondents", "correspondents, at home (default 1)", 1, 0, 100_000);
        private readonly Option<string?> _aaa = CommonOptions.Text("--aaa", "on|off|list", "AAA servers: in all domains, nowhere, or in these, as in 0,2 (default on)");
        private readonly Option<string?> _radius = CommonOptions.Text("--radius", "m", "how far a cell reaches (default 100)");
        private readonly Option<string?> _overlap = CommonOptions.Text("--overlap", "%", "part of a cell's diameter that a neighbour covers too (default 15)");
        private readonly Option<ulong?> _seed = CommonOptions.Number<ulong>("--seed", "decides the core (default 1)", 7, 0, ulong.MaxValue);

        public Option<int?> Domains { get; } = Count("--domains", "visited domains (default 4, or as many as an imported core has nodes)");

        public void AddTo(Command command)
        {
            foreach (var option in new Option[] { Domains, _maps, _routers, _homes, _correspondents, _aaa, _radius, _overlap, _seed })
                command.Add(option);
        }

        public ulong Seed(ParseResult parse) => parse.GetValue(_seed) ?? 1;

        public HmipTopology Of(ParseResult parse) => Default with
        {
            Domains = parse.GetValue(Domains) ?? Default.Domains,
            MapsPerDomain = parse.GetValue(_maps) ?? Default.MapsPerDomain,
            RoutersPerMap = parse.GetValue(_routers) ?? Default.RoutersPerMap,
            HomeDomains = parse.GetValue(_homes) ?? Default.HomeDomains,
            Correspondents = parse.GetValue(_correspondents) ?? Default.Correspondents,
            AaaDomains = parse.GetValue(_aaa) switch
            {
                null or "on" => null,
                "off" => [],
                var list => [.. list.Split(',').Select(domain => (int)Number("--aaa", domain, 0))],
            },
            CellRadius = Within("--radius", Number("--radius", parse.GetValue(_radius), Default.CellRadius), 0.001, 1e6),
            CellOverlap = Within("--overlap", Number("--overlap", parse.GetValue(_overlap)?.TrimEnd('%'), Default.CellOverlap * 100), 0, 45) / 100,
        };

        private static Option<int?> Count(string name, string description) => CommonOptions.Number(name, description, 4, 1, 10_000);

        private static double Within(string option, double value, double least, double most) =>
            value >= least && value <= most ? value
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"handover topology: {option} {value} is out of range. Write {least} to {most}."));
    }
}
