using System.Buffers.Binary;
using System.CommandLine;
using System.Security.Cryptography;
using Akka.Actor;
using Experiments.Benchmarks;
using Experiments.Cluster.Members;
using Experiments.Cluster.Protocol;
using Experiments.Cluster.Span;

namespace Experiments.Cli;

/// <summary>The options of a benchmark that can run as one network over several members, and such a run.</summary>
internal sealed class BenchSpan
{
    private readonly Option<string[]> _cluster = new("--cluster") { Description = "run as one network over the members of this cluster", HelpName = "HOST:PORT", DefaultValueFactory = _ => [] };
    private readonly Option<int?> _members = CommonOptions.Number("--members", "run as one network over so many members, started on this machine for it, a core each", 2, 1, 64);
    private readonly ClusterOptions _options = new();

    public void AddTo(Command command)
    {
        command.Add(_cluster);
        command.Add(_members);
        _options.AddTo(command);
    }

    /// <summary>Null where the benchmark is to run in this process.</summary>
    /// <param name="partitions">Threads of each member; null for one on a core of its own, else for each core.</param>
    public BenchmarkResult? Run(Laboratory laboratory, ParseResult parse, int mobiles, int? partitions, long events, ulong seed)
    {
        var (seeds, count) = (parse.GetValue(_cluster)!, parse.GetValue(_members));
        if (seeds.Length == 0 && count is null)
            return null;
        if (seeds.Length > 0 && count is not null)
            throw new UsageException("handover bench: --members starts members of its own. Leave either --members or --cluster out.");
        using var own = count is { } number ? LoopbackMembers.Start(number) : null;
        var settings = _options.Settings(parse, ClusterSettings.CoordinatorRole, 0);
        using var member = RunOnCluster.Join(laboratory, settings, own is null ? seeds : [own.Address]);
        try
        {
            var run = BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
            var benchmark = new SpanBenchmark(mobiles, events, seed);
            var terms = new SpanTerms(new ClusterMessage.SpanOffer(run, member.Facts, "", [], "", partitions ?? 0, benchmark)) { LeastMembers = count ?? 1 };
            var span = new Handoff22Span(benchmark, partitions ?? 0);
            member.System.ActorOf(Props.Create(() => new SpanCoordinator(span, terms, laboratory.Error.WriteLine, span)), ClusterCoordinator.Name);
            return span.Result.GetAwaiter().GetResult();
        }
        finally
        {
            member.Leave();
        }
    }
}
