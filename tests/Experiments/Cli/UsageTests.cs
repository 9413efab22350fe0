namespace Tests.Experiments.Cli;

/// <summary>Whatever is wrong with a command line is one line on the error stream and exit 2.</summary>
public sealed class UsageTests
{
    public static TheoryData<string, string> Wrong => new()
    {
        { "", "handover: a verb is missing. Known are run, check, plan, schemes, trace, topology, new, bench, calibrate, node, cluster, doctor, explain." },
        { "rnu FILE", "handover: unknown verb 'rnu'. Did you mean 'run'?" },
        { "run", "handover run: FILE is missing. Write handover run FILE (experiment file, such as hocon/experiments/quick.conf)." },
        { "run FILE another", "handover run: 'another' is one argument too many. See handover run --help." },
        { "run FILE --precison 1%", "handover run: unknown option '--precison'. Did you mean '--precision'?" },
        { "run FILE --workers", "handover run: --workers needs a value. Write --workers n." },
        { "run FILE --workers many", "handover run: --workers many is no whole number from 1 to 1024. Write --workers 2." },
        { "run FILE --workers 0", "handover run: --workers 0 is no whole number from 1 to 1024. Write --workers 2." },
        { "run FILE --partitions 1.5", "handover run: --partitions 1.5 is no whole number from 1 to 1024. Write --partitions 2." },
        { "run FILE --seed -1", "handover run: --seed -1 is no whole number from 0 to 18446744073709551615. Write --seed 7." },
        { "run FILE --seed 1 --seed 2", "handover run: --seed stands 2 times. Write it once." },
        { "run FILE --max-replications 0", "handover run: --max-replications 0 is no whole number from 1 to 1000000000. Write --max-replications 20000." },
        { "run FILE --precision 0%", "--precision: HO1014 --precision = 0% is out of range: it must be above 0 % and below 100 %. Write 1 %, for one." },
        { "run FILE --budget soon", "--budget:" },
        { "run FILE --only study=a", "--only:" },
        { "run FILE -s stop.batch", "-s stop.batch:" },
        { "run FILE -s stop.bach=3", "-s stop.bach=3: HO1007 unknown key 'bach'" },
        { "run nowhere.conf", "nowhere.conf:" },
        { "check nowhere.conf", "nowhere.conf:" },
        { "plan", "handover plan: FILE is missing." },
        { "trace", "handover trace: DIR is missing." },
        { "trace nowhere", "nowhere: HO5002 there are no results here (experiment.resolved.conf is missing). Name the folder of an earlier run." },
        { "trace nowhere --as pdf", "handover trace: --as pdf is unknown. Known are text, svg, mermaid, jsonl, pcapng." },
        { "bench", "handover bench: a verb is missing. Known are phold, handoff22." },
        { "bench fold", "handover bench: unknown verb 'fold'. Known are phold, handoff22." },
        { "bench phold --mobiles 5", "handover bench phold: unknown option '--mobiles'." },
        { "calibrate --rounds 2", "handover calibrate: --rounds 2 is no whole number from 5 to 10000. Write --rounds 31." },
        { "calibrate --out FILE/nowhere/costs.json", "FILE/nowhere/costs.json:" },
        { "explain", "handover explain: CODE is missing." },
        { "explain HO9999", "handover explain: no message has the code 'HO9999'." },
        { "schemes all", "handover schemes: 'all' is one argument too many. See handover schemes --help." },
        { "run FILE @answers", "handover run: '@answers' is one argument too many." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_command_line_is_one_line_and_exit_2(string line, string message)
    {
        using var work = new Workspace();
        var arguments = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "FILE" ? work.File : word);

        var handover = Handover.Run([.. arguments]);

        Assert.Equal(2, handover.ExitCode);
        Assert.Empty(handover.Output);
        Assert.StartsWith(message, Assert.Single(handover.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_speaks_of_handover_and_lists_every_verb()
    {
        var help = Handover.Run("--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("handover [command]", help.Output, StringComparison.Ordinal);
        Assert.All(["run", "check", "plan", "schemes", "trace", "bench", "calibrate", "doctor", "explain"], verb =>
            Assert.Contains($"\n  {verb} ", help.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal));
    }

    [Fact]
    public void Check_reports_every_error_at_once()
    {
        using var work = new Workspace("schemes = [fmip]\nstop { precison = 5 %, batch = 0 }");
        var check = Handover.Run("check", work.File);
        Assert.Equal(2, check.ExitCode);
        Assert.Equal(3, check.ErrorLines.Length);
        Assert.Equal(check.ErrorLines.Length, Handover.Run("check", work.File, "--json").OutputLines.Length);
    }

    [Fact]
    public void A_folder_that_holds_something_else_is_left_alone()
    {
        using var work = new Workspace();
        Directory.CreateDirectory(work.Folder());
        File.WriteAllText(Path.Combine(work.Folder(), "thesis.tex"), "");
        var run = work.Run();
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("HO5001", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(["thesis.tex"], Directory.GetFiles(work.Folder()).Select(Path.GetFileName));
    }
}
