namespace Tests.Experiments.Cli;

public sealed class FailingReplicationTests
{
    [Theory]
    [InlineData("breaking", "in node ha: the binding cache is lost. Reproduce:")]
    [InlineData("silent", "in node mn: ")]
    public void A_failed_replication_is_one_line_and_exit_5_and_the_rest_goes_on(string scheme, string reason)
    {
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
        Assert.Equal(5, work.RunTo("one").ExitCode);
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
    public void A_cell_whose_whole_first_batch_fails_is_given_up()
    {
        using var work = new Workspace("schemes = [fmipv6]\nstop { batch = 16 }\ntopology.links.\"mn>par\".loss = 100 %");
        var run = work.Run("-q");
        Assert.Equal(5, run.ExitCode);
        Assert.Contains(run.ErrorLines, line => line.Contains("16 of 16 replications failed", StringComparison.Ordinal));
        var again = work.Run("-q");
        Assert.Equal(5, again.ExitCode);
        Assert.Contains("16 of 16", Assert.Single(again.ErrorLines), StringComparison.Ordinal);
    }
}
