using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Actors.Security;
using Actors.Security.Profiles;
using Topology.Randomness;

namespace Experiments.Plans;

/// <summary>
/// The identity of a cell's results. It holds what decides them (engine, scheme, options, delays, crypto, topology, master
/// seed, versions of scheme and engine) and nothing else: no names of study, label or swept values, no stop settings.
/// </summary>
public static class CellKey
{
    /// <summary>Hex SHA-256 of <see cref="Canonical"/>, lower case.</summary>
    public static string Of(CellPlan cell, ulong seed, string engineVersion) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(cell, seed, engineVersion))));

    /// <summary>The text that is hashed: one <c>name=value</c> per line, durations in ticks of 100 ns.</summary>
    public static string Canonical(CellPlan cell, ulong seed, string engineVersion)
    {
        var text = new StringBuilder();
        void Line(string name, string value) => text.Append(name).Append('=').Append(value).Append('\n');

        Line("engine-version", engineVersion);
        Line("seed", seed.ToString(CultureInfo.InvariantCulture));
        Line("engine", cell.Engine.Text());
        Line("scheme", cell.Scheme.Name);
        Line("scheme-version", cell.Scheme.Version);
        foreach (var option in cell.Scheme.Options)
            Line("option." + option.Name, option.Value.ToString());

        var delays = cell.Delays;
        Line("delay.wireless", Text(delays.Wireless));
        Line("delay.intra-domain", Text(delays.IntraDomain));
        Line("delay.inter-domain", Text(delays.InterDomain));
        Line("delay.home", Text(delays.Home));
        Line("delay.home-correspondent", Text(delays.HomeCorrespondent));
        Line("delay.router-correspondent", Text(delays.RouterCorrespondent));
        Line("delay.processing", Text(delays.Processing));
        if (delays.Forwarding is { } forwarding)
            Line("delay.forwarding", Text(forwarding));
        Line("delay.link-switch", Text(delays.LinkSwitch));
        Line("delay.movement-detection", Text(delays.MovementDetection));
        Line("delay.duplicate-address-detection", Text(delays.DuplicateAddressDetection));

        if (delays.Anticipation is { } anticipation)
            Line("delay.anticipation", Text(anticipation));
        Line("delay.discovery", Text(delays.Discovery));

        if (cell.Crypto.Table is null)
        {
            Line("crypto.sign", Text(cell.Crypto.Sign));
            Line("crypto.verify", Text(cell.Crypto.Verify));
            Line("crypto.rsa", Text(cell.Crypto.Rsa));
            Line("crypto.signature-share", Text(cell.Crypto.SignatureShare));
        }
        else
        {
            Costs(cell.Crypto);
        }

        if (cell.Crypto.Profile is { } profile)
            Line("crypto.profile", profile);

        if (cell.Traffic is { } traffic)
            Traffic(traffic);
        if (cell.MovesAfter > TimeSpan.Zero)
            Line("mobility.start", Text(cell.MovesAfter));

        if (cell.Waypoints is { } waypoints)
            Line("mobility.waypoints", $"{string.Join('>', waypoints.Path)};{Text(waypoints.Dwell)}");
        if (cell.Buffer is { Packets: not null } or { IsByThePaper: true })
            Line("network.buffer", $"{(cell.Buffer.Packets is { } packets ? Text(packets) : "")};{(cell.Buffer.IsByThePaper ? "paper" : "fair")}");

        if (cell.PacketsAreBytes)
            Line("network.packets", "wire");

        Line("topology", cell.Topology.Generated?.Canonical ?? cell.Topology.Template);
        foreach (var link in cell.Topology.Links)
        {
            Line($"link.{link.Name}", string.Join(';',
                link.Delay is null ? "" : Text(link.Delay),
                link.Loss is { } loss ? Text(loss) : "",
                link.BandwidthBitsPerSecond is { } rate ? Text(rate) : "",
                link.QueuePackets?.ToString(CultureInfo.InvariantCulture),
                link.Jitter is null ? "" : Text(link.Jitter),
                string.Join(',', link.Outages.Select(outage => $"{Text(outage.From)}-{Text(outage.Until)}"))));
            Impairments($"link.{link.Name}", link.Impairments);
        }

        if (cell.Topology.Impairments is { } everywhere)
            Impairments("link", everywhere);

        foreach (var node in cell.Topology.Nodes)
        {
            Line($"node.{node.Name}", (node.Processing is { } processing ? Text(processing) : "") + (node.Cores is { } cores ? $";cores={Text(cores)}" : ""));
            foreach (var restart in node.Restarts)
                Line($"node.{node.Name}.restart", $"{Text(restart.At)}+{Text(restart.Down)}");
            if (node.Refusal is { } refusal)
                Line($"node.{node.Name}.refuses", $"{refusal.Status};{Text(refusal.Probability)}");
        }

        if (cell.Mobiles is { } mobiles)
            Line("mobiles", $"{Text(mobiles.Count)};{Text(mobiles.HandoversPerSecond)};{Text(mobiles.Duration)}");
        if (cell.Mobility is { } mobility)
            Line("mobility", mobility.Canonical);
        if (cell.WarmUp > TimeSpan.Zero)
            Line("run.warm-up", Text(cell.WarmUp));
        if (cell.RecordsDistribution)
            Line("record.handovers", "histogram");
        return text.ToString();

        // A real cell has results of its own, although they are the same: else it would execute nothing after a calibrated one.
        void Costs(CryptoPlan crypto)
        {
            Line("crypto.cost", crypto.Cost == CostModel.Real ? "real" : "calibrated");
            var costs = crypto.Costs();
            foreach (var operation in CryptoCosts.Measured(CryptoProfile.Find(crypto.Profile!)!).Keys.OrderBy(operation => operation.Name, StringComparer.Ordinal))
                Line($"crypto.{operation.Name}", Text(costs[operation]));
        }

        void Traffic(TrafficPlan traffic)
        {
            var (packets, spurts, video) = ($"{Text(traffic.Interval)},{Text(traffic.PayloadBytes)}", traffic.Spurts, traffic.Video);
            Line("traffic", traffic.Model switch
            {
                TrafficPlan.OnOff => $"on-off({packets},{Text(spurts.Talk)},{Text(spurts.Silence)},{Text(traffic.Duration)})",
                TrafficPlan.OfVideo =>
                    $"video({Text(video.FramesPerSecond)},{Text(video.GroupFrames)},{Text(video.IntraFrameBytes)},{Text(video.FrameBytes)},{Text(video.PacketBytes)},{Text(traffic.Duration)})",
                _ => $"cbr({packets},{Text(traffic.Duration)})",
            });
            if (traffic.IsUp)
                Line("traffic.direction", traffic.IsDown ? "both" : "up");
        }

        void Impairments(string where, ImpairmentsPlan plan)
        {
            if (plan.Loss is { } loss)
                Line(where + ".loss", Text(loss));
            if (plan.Duplication is { } duplication)
                Line(where + ".duplication", Text(duplication));
            if (plan.Reordering is { } reordering)
                Line(where + ".reordering", $"{Text(reordering.Probability)};{Text(reordering.Delay)}");
            if (plan.Corruption is { } corruption)
                Line(where + ".corruption", Text(corruption));
        }
    }

    private static string Text(TimeSpan duration) => duration.Ticks.ToString(CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(DelayDistribution delay) => delay switch
    {
        ConstantDelay constant => Text(constant.Value),
        UniformDelay uniform => $"uniform({Text(uniform.Min)},{Text(uniform.Max)})",
        NormalDelay normal => $"normal({Text(normal.Mean)},{Text(normal.StandardDeviation)})",
        LogNormalDelay logNormal => $"lognormal({Text(logNormal.Median)},{Text(logNormal.Sigma)})",
        ExponentialDelay exponential => $"exponential({Text(exponential.Mean)},{Text(exponential.Offset)})",
        GammaDelay gamma => $"gamma({Text(gamma.Shape)},{Text(gamma.Scale)},{Text(gamma.Shift)})",
        EmpiricalDelay empirical => $"empirical({string.Join(',', empirical.Values.Select(Text))})",
        _ => throw new ArgumentException($"no canonical text for {delay.GetType().Name}", nameof(delay)),
    };
}
