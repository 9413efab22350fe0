using System.CommandLine;
using System.Globalization;
using Actors.Mobility;
using Akka.Actor;
using Experiments.Benchmarks;
using Experiments.MonteCarlo;

namespace Experiments.Cli;

/// <summary><c>handover bench phold|handoff22</c>: the engine's own benchmarks.</summary>
internal static class BenchVerb
{
    private const string SchemeMeasured = "ipsec-fmipv6";
    private const int StandardEntities = 1000;
    private const long StandardEvents = 5_000_000;

    public static Command Create(Laboratory laboratory) => new("bench", "Measure the engine.")
    {
        Benchmark(laboratory, "phold", "PHOLD: actors that schedule events for one another.", "--actors",
            (system, entities, partitions, events, seed) => Phold.Run(system, entities, partitions, events, seed)),
        Benchmark(laboratory, "handoff22", "HANDOFF-22: mobile nodes that hand over, 22 traversals each.", "--mobiles",
            (system, entities, partitions, events, seed) => Handoff22.Run(system, entities, partitions, events, seed) with
            {
                SchemeHandoversPerSecond = laboratory.Schemes.All.FirstOrDefault(scheme => scheme.Name == SchemeMeasured) is { } scheme
                    ? Handoff22.HandoversPerSecond(system, scheme, entities, partitions, events, seed)
                    : null,
            },
            new BenchSpan()),
    };

    private static Command Benchmark(
        Laboratory laboratory, string name, string description, string entities, Func<ActorSystem, int, int, long, ulong, BenchmarkResult> run,
        BenchSpan? span = null)
    {
        var count = CommonOptions.Number(entities, $"how many (default {StandardEntities})", 100_000, 1, 10_000_000);
        var partitions = CommonOptions.Number("--partitions", "threads (default 1)", 2, 1, 256);
        var events = CommonOptions.Number<long>("--events", "events to run, which fix the virtual end time (default 5000000)", StandardEvents, 1, 1_000_000_000_000);
        var seed = CommonOptions.Number<ulong>("--seed", "master seed (default 1)", 7, 0, ulong.MaxValue);
        var json = CommonOptions.Flag("--json", "one object");
        var command = new Command(name, description) { count, partitions, events, seed, json };
        span?.AddTo(command);
        command.SetAction(parse =>
        {
            var (number, threads) = (parse.GetValue(count) ?? StandardEntities, parse.GetValue(partitions));
            var (most, master) = (parse.GetValue(events) ?? StandardEvents, parse.GetValue(seed) ?? 1);
            var result = span?.Run(laboratory, parse, number, threads, most, master);
            if (result is null)
            {
                using var system = LaboratorySystem.Create();
                result = run(system, number, threads ?? 1, most, master);
            }

            foreach (var line in parse.GetValue(json) ? [Json(result)] : Text(result))
                laboratory.Output.WriteLine(line);
            return ExitCode.Success;
        });
        return command;
    }

    private static string Json(BenchmarkResult result) => JsonText.Of(new
    {
        benchmark = result.Name,
        entities = result.Entities,
        partitions = result.Partitions,
        events = result.Events,
        seconds = result.Seconds,
        processor_seconds = result.ProcessorSeconds,
        events_per_second = result.EventsPerSecond,
        handovers_per_second = HandoversPerSecond(result),
        mean_ms = result.MeanMs is { } mean && double.IsFinite(mean) ? mean : (double?)null,
        bytes_per_mobile = result.BytesPerEntity,
        rss_per_mobile = result.RssPerEntity,
        bytes_per_event = result.BytesPerEvent,
        collector_share = result.CollectorShare,
        setup_seconds = result.SetUpSeconds,
        windows = result.Windows,
        members = result.Members,
        waiting_share = result.WaitingShare,
        member_bytes = result.MemberBytes,
        round_trip_ms = result.RoundTripMs,
        scheme_handovers_per_second = result.SchemeHandoversPerSecond,
        digest = Digest(result),
    });

    private static IEnumerable<string> Text(BenchmarkResult result)
    {
        string Line(string name, FormattableString value) => $"{name,-22}{value.ToString(CultureInfo.InvariantCulture)}";

        yield return Line(result.Name, $"{result.Entities} entities, {result.Partitions} partitions, {result.Events:0} events in {result.Seconds:0.000} s");
        yield return Line("events", $"{result.EventsPerSecond:0}/s");
        if (HandoversPerSecond(result) is { } handovers)
            yield return Line("handovers", $"{handovers:0}/s, mean {result.MeanMs:0.000} ms");
        if (result.SchemeHandoversPerSecond is { } scheme)
            yield return Line(SchemeMeasured, $"{scheme:0} handovers/s on the same topology");
        yield return Line("memory", $"{result.BytesPerEntity:0} B live and {result.RssPerEntity:0} B resident per entity, {result.BytesPerEvent:0.0} B allocated per event, {result.CollectorShare:P0} of the time for their collection");
        yield return Line("set-up", $"{result.SetUpSeconds:0.000} s");
        yield return Line("windows", $"{result.Windows}");
        if (result.WaitingShare is { } waiting)
            yield return Line("members", $"{result.Members}, {waiting:P0} of their time waiting for one another, {result.MemberBytes / 1e6:0.###} MB between them, {result.RoundTripMs:0.000} ms for an empty exchange");
        yield return Line("digest", $"{Digest(result)}");
    }

    private static double? HandoversPerSecond(BenchmarkResult result) => result.Handovers / result.Seconds;

    private static string Digest(BenchmarkResult result) => result.Digest.ToString("x16", CultureInfo.InvariantCulture);
}
