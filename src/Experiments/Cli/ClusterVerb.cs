using System.CommandLine;
using System.Globalization;
using Experiments.Cluster.Members;
using Experiments.Cluster.Protocol;

namespace Experiments.Cli;

/// <summary><c>handover cluster status|drain</c>: asks a member, without becoming one.</summary>
internal static class ClusterVerb
{
    private const string Observer = "observer";

    public static Command Create(Laboratory laboratory) => new("cluster", "Look at a cluster, or take a member out of it.")
    {
        Status(laboratory),
        Drain(laboratory),
    };

    private static Command Status(Laboratory laboratory)
    {
        var (options, address) = (new ClusterOptions(), Address("any member"));
        var json = CommonOptions.Flag("--json", "one object");
        var command = new Command("status", "Show the members of a cluster and its runs.") { address, json };
        options.AddTo(command);
        command.SetAction(parse =>
        {
            using var observer = ClusterMember.Start(options.Settings(parse, Observer, 0), laboratory.Schemes.EngineVersion);
            var member = observer.AddressOf(parse.GetValue(address)!);
            if (observer.Ask(member, new ClusterMessage.StatusRequest()) is not ClusterMessage.StatusReport report)
                throw new UsageException($"{parse.GetValue(address)}: no member answers. Name one as it names itself, with the TLS settings it has.");
            var spans = report.Facts.Protocol >= ClusterMessage.SpansRequest.Since && observer.Ask(member, new ClusterMessage.SpansRequest()) is ClusterMessage.SpansReport told
                ? told.Spans
                : [];
            foreach (var line in parse.GetValue(json) ? [Json(report, spans)] : Text(report).Concat(spans.SelectMany(Text)))
                laboratory.Output.WriteLine(line);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Drain(Laboratory laboratory)
    {
        var (options, address) = (new ClusterOptions(), Address("the member to take out"));
        var command = new Command("drain", "Let a member end what it computes and leave.") { address };
        options.AddTo(command);
        command.SetAction(parse =>
        {
            var name = parse.GetValue(address)!;
            using var observer = ClusterMember.Start(options.Settings(parse, Observer, 0), laboratory.Schemes.EngineVersion);
            switch (observer.Ask(observer.AddressOf(name), new ClusterMessage.DrainRequest()))
            {
                case ClusterMessage.DrainStarted:
                    laboratory.Error.WriteLine($"{name} ends what it computes and leaves.");
                    return ExitCode.Success;
                case ClusterMessage.Refused refused:
                    throw new UsageException($"{name}: {refused.Reason}");
                default:
                    throw new UsageException($"{name}: no member answers. Name one as it names itself, with the TLS settings it has.");
            }
        });
        return command;
    }

    private static Argument<string> Address(string what) => new("HOST:PORT") { Description = what };

    private static string Json(ClusterMessage.StatusReport report, IReadOnlyList<SpanStatus> spans) => JsonText.Of(new
    {
        version = report.Facts.Version,
        engine = report.Facts.Engine,
        members = report.Members,
        runs = report.Runs,
        spans,
    });

    private static IEnumerable<string> Text(ClusterMessage.StatusReport report)
    {
        yield return $"version {report.Facts.Version}, engine {report.Facts.Engine}, {string.Join(", ", report.Facts.Packages)}";
        foreach (var member in report.Members)
            yield return $"{member.Address,-24} {member.Status,-8} {string.Join(",", member.Roles),-12} {(member.Reachable ? "" : "unreachable")}".TrimEnd();
        foreach (var run in report.Runs)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"run {run.Experiment} from {run.Coordinator}: cells {run.CellsDone}/{run.Cells}, {run.Computed} replications");
            foreach (var member in run.Members)
                yield return string.Create(CultureInfo.InvariantCulture, $"  {member.Address,-22} {member.Lanes} lanes, {member.PerSecond:0}/s");
        }
    }

    private static IEnumerable<string> Text(SpanStatus span)
    {
        var head = $"run {span.Experiment} from {span.Coordinator}: one network over ";
        if (span.Share is not { } share)
        {
            yield return $"{head}several members; this one has no part yet";
            yield break;
        }

        yield return string.Create(CultureInfo.InvariantCulture,
            $"{head}{share.Members.Count} {(share.Members.Count == 1 ? "member" : "members")}, cell {share.Cell}, replication {share.Replication}; this one has {(share.Part == 0 ? "no part, for want of domains" : $"part {share.Part}")}");
        foreach (var (part, member) in share.Members.Index())
            yield return string.Create(CultureInfo.InvariantCulture, $"  {member.Address,-22} part {part + 1}, {member.Partitions} {(member.Partitions == 1 ? "partition" : "partitions")}");
    }
}
