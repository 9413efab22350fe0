using Actors.Mobility;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>A scheme with options as an experiment file names them: `hmipv6` or `hmipv6 movement=inter-map`.</summary>
internal sealed record SchemeCase(IHandoverScheme Scheme, SchemeOptions Options)
{
    /// <summary>The rows beyond the first five, each with every choice of its own.</summary>
    public static TheoryData<string> All =>
    [
        "hmipv6", "hmipv6 movement=inter-map", "f-hmipv6", "ipsec-fmipv6-hmipv6",
        "mipv6-rr", "mipv6-rr movement-detection=link-layer", "mipv6-aaa", "mipv6-aaa movement-detection=link-layer",
        "pmipv6", "fpmipv6",
    ];

    public static SchemeCase Parse(string text)
    {
        var words = text.Split(' ');
        var scheme = ProtocolNetworks.Scheme(words[0]);
        var values = words.Skip(1).Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => (object)pair[1]);
        return new SchemeCase(scheme, new SchemeOptions(scheme.Options, values));
    }

    public ProtocolNetwork InPaper() => new(Paper, Scheme, Costs, Options);
}
