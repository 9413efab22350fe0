using System.Globalization;

namespace Tests.Cluster;

/// <summary>Two hosts on one network, each a network namespace; gone with the test, and nothing of the machine's own network is touched.</summary>
internal sealed class NetworkNamespaces : IDisposable
{
    private static int s_made;

    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"hl{Environment.ProcessId}-{Interlocked.Increment(ref s_made)}");

    public NetworkNamespaces()
    {
        Ip("netns", "add", Host(1));
        Ip("netns", "add", Host(2));
        Ip("-n", Host(1), "link", "add", "wire", "type", "veth", "peer", "name", "wire", "netns", Host(2));
        for (var host = 1; host <= 2; host++)
        {
            Ip("-n", Host(host), "address", "add", $"{Address(host)}/24", "dev", "wire");
            Ip("-n", Host(host), "link", "set", "wire", "up");
            Ip("-n", Host(host), "link", "set", "lo", "up");
        }
    }

    /// <param name="host">1 or 2; 1 has the lower address.</param>
    public static string Address(int host) => $"10.213.7.{host}";

    /// <summary>What runs a command on a host.</summary>
    public IReadOnlyList<string> On(int host) => ["ip", "netns", "exec", Host(host)];

    /// <summary>From now on every packet between the hosts is dropped.</summary>
    public void Partition() => Ip("-n", Host(1), "link", "set", "wire", "down");

    public void Heal() => Ip("-n", Host(1), "link", "set", "wire", "up");

    public void Dispose()
    {
        Privileged.Works("ip", "netns", "del", Host(1));
        Privileged.Works("ip", "netns", "del", Host(2));
    }

    private static void Ip(params string[] arguments) => Assert.True(Privileged.Works("ip", arguments), $"ip {string.Join(' ', arguments)}");

    private string Host(int host) => $"{_name}-{host}";
}
