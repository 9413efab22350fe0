using Experiments.Configuration.Syntax;

namespace Experiments.Configuration.Binding;

/// <summary>
/// Puts what can be said in two places into one: <c>topology.delays</c> into delays, movement and scheme of mobiles where a study's stand, A4 into
/// crypto; and roots the path of a table.
/// </summary>
internal static class StudyNormaliser
{
    public static ConfigObject Normalise(ConfigObject study)
    {
        if (study["topology"]?.Value is ConfigObject topology && topology["delays"]?.Value is ConfigObject nearer)
        {
            study = study.With(["topology"], topology.At, topology.Without("delays"));
            study = study["delays"]?.Value is ConfigObject delays
                ? study.With(["delays"], delays.At, nearer.Over(delays))
                : study;
        }

        if (study["crypto"]?.Value is ConfigObject { } costs && costs["table"]?.Value is ConfigScalar table)
            study = study.With(["crypto", "table"], table.At, new ConfigScalar(table.At, SchemeLibraries.Rooted(table.Text, table.At), quoted: true));

        study = FromMobiles(study);
        if (study["crypto"]?.Value is not ConfigObject crypto || crypto["sign"]?.Value is not ConfigScalar sign)
            return study;
        if (crypto["verify"] is null)
            crypto = crypto.With(["verify"], sign.At, new ConfigScalar(sign.At, $"5*({sign.Text})", quoted: true));
        if (crypto["rsa"] is null)
            crypto = crypto.With(["rsa"], sign.At, new ConfigScalar(sign.At, sign.Text, sign.Quoted));
        return study.With(["crypto"], crypto.At, crypto);
    }

    private static ConfigObject FromMobiles(ConfigObject study)
    {
        if (study["mobiles"]?.Value is not ConfigObject mobiles)
            return study;
        if (mobiles["mobility"]?.Value is ConfigObject nearer)
            study = study.With(["mobility"], nearer.At, study["mobility"]?.Value is ConfigObject mobility ? nearer.Over(mobility) : nearer);
        if (mobiles["scheme"]?.Value is { } scheme && study["schemes"] is null)
            study = study.With(["schemes"], scheme.At, new ConfigList(scheme.At, [scheme]));
        return study.With(["mobiles"], mobiles.At, mobiles.Without("mobility").Without("scheme"));
    }
}
