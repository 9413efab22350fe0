using System.CommandLine;
using Akka.Actor;
using Experiments.Cluster.Members;
using Experiments.MonteCarlo;

namespace Experiments.Cli;

/// <summary><c>handover node</c>: a member of a cluster that computes what coordinators hand out, until it is told to leave.</summary>
internal static class NodeVerb
{
    private const int StandardPort = 4020;
    private const int SeedInterval = 5;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(20);

    public static Command Create(Laboratory laboratory)
    {
        var options = new ClusterOptions();
        var port = CommonOptions.Number("--port", $"port to listen on, 0 for a free one (default {StandardPort})", StandardPort, 0, 65535);
        var join = new Option<string[]>("--join") { Description = "a member of the cluster to join (repeatable); without it this one founds a cluster", HelpName = "HOST:PORT", DefaultValueFactory = _ => [] };
        var libraries = new Option<string[]>("--library") { Description = "a class library of schemes that experiments may use here (repeatable)", HelpName = "FILE.dll", DefaultValueFactory = _ => [] };
        var inputEnds = new Option<bool>("--until-input-ends") { Description = "leave when the standard input ends, and so with whoever started this member" };
        var command = new Command("node", "Be a member of a cluster: wait for work of handover run --cluster.");
        options.AddTo(command);
        foreach (var option in new Option[] { port, join, libraries, inputEnds })
            command.Add(option);
        command.SetAction(parse =>
        {
            foreach (var library in parse.GetValue(libraries)!)
                Load(laboratory.Schemes, library);
            return Serve(laboratory, parse.GetValue(join)!, number => options.Settings(parse, ClusterSettings.WorkerRole, number), parse.GetValue(port) ?? StandardPort, parse.GetValue(inputEnds));
        });
        return command;
    }

    private static void Load(SchemeLibrary schemes, string file)
    {
        try
        {
            schemes.Load(Path.GetFullPath(file));
        }
        catch (Configuration.SchemeLibraryException problem)
        {
            throw new UsageException(problem.Message);
        }
    }

    /// <summary>Joins again when the others have taken this member for lost, or when a split has left it apart from its seeds.</summary>
    private static int Serve(Laboratory laboratory, IReadOnlyList<string> seeds, Func<int, ClusterSettings> settings, int port, bool untilInputEnds)
    {
        using var stop = new CancellationTokenSource();
        using var interruption = new Interruption(stop.Cancel);
        if (untilInputEnds)
            new Thread(() => AwaitEndOfInput(stop)) { IsBackground = true, Name = "standard input" }.Start();
        IReadOnlyList<string> known = seeds;
        for (var first = true; ; first = false)
        {
            using var member = ClusterMember.Start(settings(port), laboratory.Schemes.EngineVersion);
            var (schemes, facts, own) = (laboratory.Schemes, member.Facts, member.Settings);
            var actor = member.System.ActorOf(Props.Create(() => new MemberActor(schemes, facts, own)), MemberActor.Name);
            member.OpenGate(actor, mayFound: !first && seeds.Count == 0);
            if (first && seeds.Count == 0)
                member.Found();
            else if (TryJoin(laboratory, member, first, known, stop.Token) is not { } joined)
                return ExitCode.QuorumLost;
            else if (!joined)
                continue;
            if (stop.IsCancellationRequested)
            {
                member.Leave();
                return ExitCode.Success;
            }

            laboratory.Output.WriteLine(JsonText.Of(new { address = member.Address, pid = Environment.ProcessId }));
            laboratory.Output.Flush();
            port = int.Parse(member.Address.AsSpan(member.Address.LastIndexOf(':') + 1), System.Globalization.CultureInfo.InvariantCulture);

            var end = member.System.WhenTerminated;
            var apart = false;
            for (var second = 1; !end.Wait(TimeSpan.FromSeconds(1), CancellationToken.None) && !stop.IsCancellationRequested; second++)
            {
                known = [.. seeds.Concat(member.Others).Distinct()];
                apart = second % SeedInterval == 0 && IsIdle(actor) && member.IsApartFrom(seeds);
                if (apart)
                    member.Leave();
            }

            if (stop.IsCancellationRequested)
            {
                actor.Tell(MemberActor.LeaveCluster.Instance);
                end.Wait(EndWithin);
                return ExitCode.Success;
            }

            if (member.HasLeft && !apart)
                return ExitCode.Success;
            laboratory.Error.WriteLine(apart
                ? $"{member.Address}: {string.Join(", ", seeds)} can be reached again, in another cluster. Joining it."
                : $"{member.Address}: the other members could not reach this one and went on without it. Joining again.");
            if (known.Count == 0)
                return ExitCode.QuorumLost;
        }
    }

    private static void AwaitEndOfInput(CancellationTokenSource stop)
    {
        using (var input = Console.OpenStandardInput())
            input.CopyTo(Stream.Null);
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The member has left already.
        }
    }

    /// <summary>Whoever has part in a run stays with its coordinator.</summary>
    private static bool IsIdle(IActorRef actor)
    {
        try
        {
            return actor.Ask<MemberActor.Runs>(MemberActor.RunsRequest.Instance, AnswerWithin).GetAwaiter().GetResult().Count == 0;
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }

    /// <summary>Null when nobody answers a member that was one before.</summary>
    private static bool? TryJoin(Laboratory laboratory, ClusterMember member, bool first, IReadOnlyList<string> seeds, CancellationToken stop)
    {
        try
        {
            return member.Join(seeds, first ? member.Settings.JoinWithin : member.Settings.RejoinWithin, stop);
        }
        catch (UsageException problem) when (!first)
        {
            laboratory.Error.WriteLine(problem.Message);
            return null;
        }
    }
}
