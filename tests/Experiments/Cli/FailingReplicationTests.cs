namespace Tests.Experiments.Cli;

public sealed class FailingReplicationTests
{
    [Fact]
    public void A_broken_replication_is_one_line_and_exit_5_and_the_rest_goes_on()
    {
        const string scheme = "breaking", reason = "in node ha: the binding cache is lost. Reproduce:";
        using var work = new Workspace($"schemes = [{scheme}, fmipv6]\nstop {{ precision = 10 %, batch = 16 }}");
        var run = work.Run("-q");

        Assert.Equal(5, run.ExitCode);
        Assert.StartsWith($"test {scheme}: HO4003 replication {FaultyScheme.FirstFailure} (seed 1) failed at ", run.ErrorLines[0], StringComparison.Ordinal);
        Assert.Contains(reason, run.ErrorLines[0], StringComparison.Ordinal);
        Assert.EndsWith($"handover trace {work.Folder()} --cell 1 --replication 3", run.ErrorLines[0], StringComparison.Ordinal);
        var file = work.Read($"failures/test-{scheme}-r3.txt");
        Assert.Contains("seed         1", file, StringComparison.Ordinal);
        Assert.Contains("replication  3", file, StringComparison.Ordinal);
        Assert.Contains($"test,simulation,{scheme},total,", work.Read("summary.csv"), StringComparison.Ordinal);
        Assert.Contains("test,simulation,fmipv6,total,", work.Read("summary.csv"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("breaking")]
    [InlineData("silent")]
    public void Failures_leave_the_same_bytes_for_any_workers_and_partitions_and_are_remembered(string scheme)
    {
        using var work = new Workspace($"schemes = [{scheme}]\nstop {{ precision = 10 %, batch = 16 }}");
        work.RunTo("one", "--workers", "1");
        work.RunTo("two", "--workers", "2", "--partitions", "2");
        Assert.Equal(work.Summary("one"), work.Summary("two"));
        Assert.Equal(scheme == "breaking" ? 5 : 0, work.RunTo("one").ExitCode);
        Assert.Equal(work.Summary("two"), work.Summary("one"));
    }

    [Fact]
    public void The_reproduce_command_shows_the_failure_again()
    {
        using var work = new Workspace("schemes = [breaking]\nstop { precision = 10 %, batch = 16 }");
        work.Run();
        var trace = Handover.Run("trace", work.Folder(), "--cell", "1", "--replication", "3");
        Assert.Equal(5, trace.ExitCode);
        Assert.Contains("HO4003", Assert.Single(trace.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("trigger", trace.Output, StringComparison.Ordinal);
        Assert.Equal(0, Handover.Run("trace", work.Folder(), "--cell", "1", "--replication", "4").ExitCode);
    }

    [Fact]
    public void What_is_no_failed_replication_is_an_internal_error_in_one_line()
    {
        using var work = new Workspace("schemes = [unbuildable]");
        var run = work.Run();
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("handover: internal error: ", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("no such machine", run.Error, StringComparison.Ordinal);
        Assert.Contains("   at ", work.Run("-vv").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_whose_whole_first_batch_breaks_is_given_up()
    {
        using var work = new Workspace("schemes = [broken]\nstop { batch = 16 }");
        var run = work.Run("-q");
        Assert.Equal(5, run.ExitCode);
        Assert.Contains(run.ErrorLines, line => line.Contains("16 of 16 replications failed", StringComparison.Ordinal));
        var again = work.Run("-q");
        Assert.Equal(5, again.ExitCode);
        Assert.Contains("16 of 16", Assert.Single(again.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_handover_that_ends_as_failed_is_a_result_and_counted_with_its_reason()
    {
        using var work = new Workspace("schemes = [silent]\nstop { precision = 10 %, on = [predictive.share], batch = 30, max-replications = 30 }\n"
            + "expect = [\"outcome.failed[silent] > 0.02\", \"1 - mean.predictive.share[silent] < 0.3\"]");
        Assert.NotEqual(5, work.Run("-q").ExitCode);

        // Wilson's interval of 3 in 30, at 95 %.
        Assert.Contains("test,simulation,silent,outcome.failed,1,30,0.1,0.0346,0.256211,", work.Read("summary.csv"), StringComparison.Ordinal);
        Assert.Contains("test,simulation,silent,predictive.share,1,30,0.9,0.743789,0.9654,", work.Read("summary.csv"), StringComparison.Ordinal);
        Assert.Contains("test,simulation,silent,total,ms,27,", work.Read("summary.csv"), StringComparison.Ordinal);
        Assert.Contains("| silent | 30 | 0.9 [0.744, 0.965] | 0.1 [0.035, 0.256] |", work.Read("summary.md"), StringComparison.Ordinal);
        Assert.Contains("- silent: 3 failed: ", work.Read("summary.md"), StringComparison.Ordinal);
        Assert.Contains(", first in replication 3\n", work.Read("summary.md"), StringComparison.Ordinal);
        Assert.Contains("\"test/silent\": {\"predictive\":27,\"failed: ", work.Read("summary.json"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(work.Folder(), "failures")));
    }

    [Fact]
    public void A_cell_whose_handovers_all_fail_is_given_up_without_the_precision()
    {
        using var work = new Workspace("schemes = [fmipv6]\nstop { batch = 16 }\ntopology.links.\"mn>par\".loss = 100 %");
        var run = work.Run("-q");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("mean.total has no relative interval after 16 replications", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("test,simulation,fmipv6,outcome.failed,1,16,1,0.806", work.Read("summary.csv"), StringComparison.Ordinal);
    }
}
