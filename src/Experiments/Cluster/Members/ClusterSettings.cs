using System.Globalization;
using System.Net;
using Akka.Configuration;
using Experiments.Cli;
using Experiments.Cluster.Distribution;
using Experiments.MonteCarlo;

namespace Experiments.Cluster.Members;

/// <summary>What a member runs with: the shipped <c>hocon/cluster/cluster.conf</c> under a user's file under the command line.</summary>
internal sealed class ClusterSettings
{
    public const string WorkerRole = "worker";
    public const string CoordinatorRole = "coordinator";
    public const string ResourceName = "cluster.conf";
    private const string Own = "handover.cluster";

    private static readonly Config Shipped = ConfigurationFactory.ParseString(Read(ResourceName));

    private readonly Lazy<PrivateAuthority?> _authority;

    private ClusterSettings(Config configuration)
    {
        Configuration = configuration;
        _authority = new(() => HasTls ? new PrivateAuthority((Text("certificate"), Text("key"), Text("authority"))) : null);
    }

    /// <summary>Of the ActorSystem.</summary>
    public Config Configuration { get; }

    public bool HasTls => Configuration.GetBoolean($"{Own}.tls.enabled");

    /// <summary>Null without TLS.</summary>
    /// <exception cref="UsageException">Its files are none.</exception>
    public PrivateAuthority? Authority => _authority.Value;

    public int Lanes => Configuration.GetInt($"{Own}.lanes") is > 0 and var lanes ? lanes : Environment.ProcessorCount;

    public TimeSpan JoinWithin => Configuration.GetTimeSpan($"{Own}.join-within");

    public TimeSpan RejoinWithin => Configuration.GetTimeSpan($"{Own}.rejoin-within");

    public TimeSpan HangAfter => Configuration.GetTimeSpan($"{Own}.hang-after");

    /// <summary>A version to claim instead of the real one, so that a test can be another version; null for none.</summary>
    public string? PretendedVersion => Configuration.GetString($"{Own}.pretended-version", null);

    public string Protocol => HasTls ? "akka.ssl.tcp" : "akka.tcp";

    public string Host => Configuration.GetString("akka.remote.dot-netty.tcp.hostname");

    /// <summary>To listen on.</summary>
    public string BoundHost => Configuration.GetString("akka.remote.dot-netty.tcp.bind-hostname", "") is { Length: > 0 } bound ? bound : Host;

    /// <summary>Where a member is called by those that run one network with it; 0 for any free port.</summary>
    public int BatchPort => Configuration.GetInt($"{Own}.batch-port");

    /// <summary>The terms of a coordinator.</summary>
    public DistributionTerms Patience(DistributionTerms terms) => terms with
    {
        Tries = Configuration.GetInt($"{Own}.tries"),
        Alone = Configuration.GetString($"{Own}.alone-for") == "off" ? null : Configuration.GetTimeSpan($"{Own}.alone-for"),
    };

    /// <param name="host">To listen on, and to be called by.</param>
    /// <param name="port">0 for a free one.</param>
    /// <param name="file">A user's settings; null for none.</param>
    /// <param name="isInsecure">Whether an address that other machines can reach may do without TLS.</param>
    /// <exception cref="UsageException">The file cannot be read, says what cannot be, or the address asks for TLS.</exception>
    public static ClusterSettings Create(string role, string? host, int? port, string? file, bool isInsecure)
    {
        var asked = ConfigurationFactory.ParseString(string.Create(CultureInfo.InvariantCulture,
            $$"""
            akka.cluster.roles = [{{role}}]
            {{(port is { } number ? $"akka.remote.dot-netty.tcp.port = {number}" : "")}}
            {{(host is null ? "" : $"akka.remote.dot-netty.tcp.hostname = \"{Numeric(host)}\"")}}
            """));
        var users = file is null ? Config.Empty : UsersOf(file);
        var all = asked.WithFallback(users).WithFallback(Shipped).WithFallback(LaboratorySystem.Configuration);

        CheckValues(all, file);

        // Both or neither: without it Akka would take no notice of the certificates, and listen in the clear.
        var settings = new ClusterSettings(ConfigurationFactory.ParseString(
            $"akka.remote.dot-netty.tcp.enable-ssl = {(all.GetBoolean($"{Own}.tls.enabled") ? "on" : "off")}").WithFallback(all));
        settings.Check(isInsecure);
        return settings;
    }

    /// <summary>Akka compares addresses as text, so that one machine must have one name.</summary>
    public static string Numeric(string host) => host == "localhost" ? "127.0.0.1" : host;

    public static bool IsLoopback(string host) => IPAddress.TryParse(Numeric(host), out var address) && IPAddress.IsLoopback(address);

    private static Config UsersOf(string file)
    {
        Config users;
        try
        {
            users = ConfigurationFactory.ParseString(File.ReadAllText(file));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file}: the settings cannot be read ({problem.Message.ReplaceLineEndings(" ").TrimEnd('.')}). Name a file such as hocon/cluster/tls.conf.");
        }
        catch (Exception problem)
        {
            throw new UsageException($"{file}: this is no HOCON: {problem.Message.ReplaceLineEndings(" ").TrimEnd('.')}. See hocon/cluster/cluster.conf.");
        }

        foreach (var (path, shipped) in new[] { (Own, Shipped.GetConfig(Own)), ($"{Own}.tls", Shipped.GetConfig($"{Own}.tls")) })
        {
            foreach (var key in users.GetConfig(path)?.AsEnumerable().Select(entry => entry.Key) ?? [])
            {
                if (!shipped.HasPath(key) && key != "pretended-version")
                    throw new UsageException($"{file}: unknown key '{path}.{key}'. {Experiments.Configuration.Suggestion.For(key, [.. shipped.AsEnumerable().Select(entry => entry.Key)])}");
            }
        }

        return users;
    }

    /// <summary>Reads each value once, so that the user hears of a wrong one before the member has joined.</summary>
    private static void CheckValues(Config all, string? file)
    {
        Check("lanes", path => all.GetInt(path) >= 0);
        Check("batch-port", path => all.GetInt(path) is >= 0 and <= IPEndPoint.MaxPort);
        Check("tries", path => all.GetInt(path) > 0);
        Check("join-within", IsDuration);
        Check("rejoin-within", IsDuration);
        Check("hang-after", IsDuration);
        Check("alone-for", path => all.GetString(path) == "off" || IsDuration(path));
        Check("tls.enabled", path =>
        {
            all.GetBoolean(path);
            return true;
        });

        bool IsDuration(string path) => all.GetTimeSpan(path) >= TimeSpan.Zero;

        void Check(string key, Func<string, bool> isRight)
        {
            var path = $"{Own}.{key}";
            try
            {
                if (isRight(path))
                    return;
            }
            catch (Exception)
            {
                // Whatever HOCON says of it is about its own types.
            }

            throw new UsageException($"{file}: {path} = {all.GetValue(path).ToString().ReplaceLineEndings(" ")} cannot be. hocon/cluster/cluster.conf says what it means.");
        }
    }

    private void Check(bool isInsecure)
    {
        foreach (var host in (string[])[Host, BoundHost])
        {
            if (host.Length == 0)
                throw new UsageException("handover: a member needs a host to listen on. Write --host 127.0.0.1, or the machine's own address.");
            if (!IsLoopback(host) && !HasTls && !isInsecure)
            {
                throw new UsageException(
                    $"handover: other machines can reach {host}, and whoever can connect could feed this member work. Switch TLS on (hocon/cluster/tls.conf, --config), or write --insecure if the network is yours alone.");
            }
        }
    }

    private string Text(string key) => Configuration.GetString($"{Own}.tls.{key}", "");

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(ClusterSettings).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
