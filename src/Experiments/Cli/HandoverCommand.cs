using System.CommandLine;
using Experiments.Cluster.Distribution;
using Experiments.Configuration;
using Experiments.Results;

namespace Experiments.Cli;

/// <summary>The command <c>handover</c>: verbs, and one line for everything that is wrong with a command line.</summary>
public static class HandoverCommand
{
    private static readonly ParserConfiguration Parsing = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Runs a command line; returns its exit code.</summary>
    public static int Run(Laboratory laboratory)
    {
        var root = Root(laboratory);
        var parse = root.Parse(laboratory.CommandLine, Parsing);
        if (parse.Action is not null && parse.Errors.Count == 0)
            return Invoke(parse, laboratory);
        laboratory.Error.WriteLine(UsageProblem.Of(parse, root));
        return ExitCode.Usage;
    }

    private static int Invoke(ParseResult parse, Laboratory laboratory)
    {
        try
        {
            return parse.Invoke(new InvocationConfiguration
            {
                Output = laboratory.Output,
                Error = laboratory.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception problem) when (problem is ResultsException or UsageException)
        {
            laboratory.Error.WriteLine(problem.Message);
            return ExitCode.Usage;
        }
        catch (NonDeterminismException problem)
        {
            laboratory.Error.WriteLine(problem.Message);
            return ExitCode.InternalError;
        }
        catch (Exception bug)
        {
            var loud = parse.GetValue<bool>("-vv");
            laboratory.Error.WriteLine(loud
                ? $"handover: internal error: {bug}"
                : $"handover: internal error: {bug.GetType().Name}: {bug.Message.ReplaceLineEndings(" ")} Run it again with -vv for the stack.");
            return ExitCode.InternalError;
        }
    }

    private static RootCommand Root(Laboratory laboratory)
    {
        var root = new RootCommand("A laboratory for secure Mobile IPv6 handover: experiments on simulated networks of actors.")
        {
            RunVerb.Create(laboratory),
            CheckVerb.Create(laboratory),
            PlanVerb.Create(laboratory),
            SchemesVerb.Create(laboratory),
            TraceVerb.Create(laboratory),
            TopologyVerb.Create(laboratory),
            NewVerb.Create(laboratory),
            BenchVerb.Create(laboratory),
            CalibrateVerb.Create(laboratory),
            NodeVerb.Create(laboratory),
            ClusterVerb.Create(laboratory),
            DoctorVerb.Create(laboratory),
            ExplainVerb.Create(laboratory),
        };
        root.HelpName = "handover";
        root.Add(new Option<bool>("-vv") { Description = "show the stack of an internal error", Recursive = true });
        return root;
    }
}
