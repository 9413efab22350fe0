using Experiments.Results;
using Tests.Experiments.Cli;

namespace Tests.Cluster;

/// <summary>A store off the coordinator's machine.</summary>
public sealed class PostgresStoreTests : IClassFixture<PostgresStoreTests.Server>
{
    private readonly PrivatePostgres _server;

    public PostgresStoreTests(Server server) => _server = server.Postgres;

    [Fact]
    public void The_bytes_are_those_of_the_folders_own_store_and_it_continues()
    {
        using var work = new Workspace("schemes = [fmipv6, famipv6, mipv6]\nstop { precision = 5 %, batch = 16 }", name: "bytes");
        work.RunTo("sqlite", "-q");
        Assert.Equal(0, work.RunTo("postgres", "-q", "--store", _server.Address).ExitCode);
        Assert.Equal(work.Summary("sqlite"), work.Summary("postgres"));
        Assert.False(File.Exists(Path.Combine(work.Folder("postgres"), "results.sqlite")));

        // From another folder, as from another machine; with more precision, it goes on.
        work.RunTo("sqlite", "-q", "--precision", "2%");
        Assert.Equal(0, work.RunTo("elsewhere", "-q", "--precision", "2%", "--store", _server.Address).ExitCode);
        Assert.Equal(work.Summary("sqlite"), work.Summary("elsewhere"));
        Assert.DoesNotContain("secret", work.Read("provenance.json", "elsewhere"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_coordinator_that_is_killed_goes_on_elsewhere()
    {
        using var cluster = new ClusterWork();
        var address = cluster.Members(1)[0].Address;
        var first = cluster.Run(address, "here", "--store", _server.Address);
        first.WaitForReplications(20_000);
        first.Signal("KILL");
        first.WaitForExit();
        var second = cluster.Run(address, "there", "--store", _server.Address);
        var exit = second.WaitForExit();
        Assert.True(exit == 3, $"exit {exit}: {string.Join('\n', second.Said)}");
        Assert.Equal(ClusterWork.Expected, cluster.Work.Summary("there"));
        using var store = PostgresStore.Open(_server.Address, "test");
        Assert.Equal(ClusterWork.Replications, store.Cells.Sum(cell => cell.Replications));
    }

    [Fact]
    public void One_run_at_a_time_holds_an_experiment()
    {
        using var held = PostgresStore.Open(_server.Address, "held");
        Assert.Equal("HO5006", Assert.Throws<ResultsException>(() => PostgresStore.Open(_server.Address, "held")).Code);
        PostgresStore.Open(_server.Address, "other").Dispose();
        held.Dispose();
        PostgresStore.Open(_server.Address, "held").Dispose();
    }

    [Fact]
    public void What_was_changed_in_the_database_is_told()
    {
        using var work = new Workspace("schemes = [fmipv6]\nstop { precision = 5 %, batch = 16 }", name: "changed");
        work.Run("-q", "--store", _server.Address);
        using (var connection = new Npgsql.NpgsqlConnection($"Host=127.0.0.1;Port={_server.Port};Username=handover;Database=postgres;Pooling=false"))
        {
            connection.Open();
            using var change = new Npgsql.NpgsqlCommand("UPDATE handover_changed.replication SET metrics[1] = metrics[1] + 1 WHERE replication = 3", connection);
            Assert.Equal(1, change.ExecuteNonQuery());
        }

        var run = work.Run("-q", "--store", _server.Address);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("HO5003", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://127.0.0.1:1/nothing", "HO5007")]
    [InlineData("postgres://127.0.0.1", "postgres://user:password@host:port/database")]
    [InlineData("mysql://127.0.0.1/x", "postgres://user:password@host:port/database")]
    public void A_store_that_is_none_is_one_line_and_exit_2(string address, string problem)
    {
        using var work = new Workspace();
        var run = work.Run("-q", "--store", address);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(problem, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    public sealed class Server : IDisposable
    {
        internal PrivatePostgres Postgres { get; } = new();

        public void Dispose() => Postgres.Dispose();
    }
}
