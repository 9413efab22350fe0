using Actors.Mobility;
using static Tests.Actors.ProtocolNetworks;

namespace Tests.Actors.Schemes;

/// <summary>A scheme with options as an experiment file names them: `hmipv6` or `hmipv6 movement=inter-map`.</summary>
internal sealed record SchemeCase(IHandoverScheme Scheme, SchemeOptions Options)
{
    /// <summary>Every scheme of the product, and each once more for every choice of its options that is not its default.</summary>
    public static TheoryData<string> All =>
    [
        .. HandoverSchemes.All.SelectMany(scheme => scheme.Options
            .SelectMany(option => (option.Choices ?? []).Where(choice => choice != (string)option.Default).Select(choice => $"{scheme.Name} {option.Name}={choice}"))
            .Prepend(scheme.Name)),
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
