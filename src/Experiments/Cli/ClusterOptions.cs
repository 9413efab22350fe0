using System.CommandLine;
using Experiments.Cluster.Members;

namespace Experiments.Cli;

/// <summary>Options of whatever becomes a member of a cluster.</summary>
internal sealed class ClusterOptions
{
    public Option<string?> Host { get; } = CommonOptions.Text("--host", "H", "address to listen on, as other members are to call it (default 127.0.0.1)");

    public Option<string?> Config { get; } = CommonOptions.Text("--config", "FILE", "settings over those of hocon/cluster/cluster.conf");

    public Option<bool> Insecure { get; } = CommonOptions.Flag("--insecure", "allow an address that other machines can reach without TLS");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Host, Config, Insecure })
            command.Add(option);
    }

    public ClusterSettings Settings(ParseResult parse, string role, int? port) =>
        ClusterSettings.Create(role, parse.GetValue(Host), port, parse.GetValue(Config), parse.GetValue(Insecure));
}
