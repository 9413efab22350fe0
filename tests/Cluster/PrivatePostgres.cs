using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Tests.Cluster;

/// <summary>A PostgreSQL server of its own in a temporary folder; gone with the test, and killed in any case after some minutes.</summary>
internal sealed class PrivatePostgres : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("handover-postgres-");
    private readonly Process _server;

    public PrivatePostgres()
    {
        var data = Path.Combine(_folder.FullName, "data");
        var user = Environment.UserName == "root" ? "postgres" : Environment.UserName;
        if (Environment.UserName == "root")
            Assert.True(Privileged.Works("chown", "postgres", _folder.FullName), "there is no user postgres");
        Assert.True(Privileged.Works(AsUser(user)[0], [.. AsUser(user)[1..], Binary("initdb"), "-D", data, "-U", "handover", "--auth=trust", "--no-sync", "--locale=C", "--encoding=UTF8"]), "initdb failed");
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        _server = Process.Start(new ProcessStartInfo("timeout",
            ["--signal=QUIT", "240", .. AsUser(user), Binary("postgres"), "-D", data, "-k", _folder.FullName, "-p", Port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"])
        { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var clock = Stopwatch.StartNew();
        while (!Privileged.Works(Binary("pg_isready"), "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture)))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "the server does not answer");
            Thread.Sleep(100);
        }
    }

    public int Port { get; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"postgres://handover:secret@127.0.0.1:{Port}/postgres");

    public void Dispose()
    {
        _server.Kill(entireProcessTree: true);
        _server.WaitForExit();
        _server.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string[] AsUser(string user) => Environment.UserName == "root" ? ["setpriv", $"--reuid={user}", "--clear-groups"] : ["env"];

    private static string Binary(string name) =>
        Directory.Exists("/usr/lib/postgresql") && Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).LastOrDefault(version => File.Exists($"{version}/bin/{name}")) is { } newest
            ? $"{newest}/bin/{name}" : name;
}
