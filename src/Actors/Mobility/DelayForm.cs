using System.Collections.Immutable;
using Topology.Randomness;

namespace Actors.Mobility;

/// <summary>The values that a closed form is evaluated at. Everything but c is constant.</summary>
/// <param name="Home">The law of c, the one-way delay from visited to home network, drawn once per handover.</param>
public sealed record DelayParameters(
    TimeSpan Wireless,
    TimeSpan IntraDomain,
    TimeSpan InterDomain,
    TimeSpan HomeCorrespondent,
    TimeSpan RouterCorrespondent,
    TimeSpan Processing,
    TimeSpan Sign,
    TimeSpan Verify,
    TimeSpan Rsa,
    DelayDistribution Home);

/// <summary>
/// A delay written as the paper writes it: `4 * A + 2 * D + 6 * Tp`, with <see cref="Max"/> for parallel branches.
/// Arithmetic is in whole ticks, so a form equals a simulation to the tick.
/// </summary>
public abstract class DelayForm
{
    /// <summary>a: mobile node to access router.</summary>
    public static readonly DelayForm A = new Symbol(p => p.Wireless.Ticks);

    /// <summary>b: two nodes of one domain.</summary>
    public static readonly DelayForm B = new Symbol(p => p.IntraDomain.Ticks);

    /// <summary>c: visited network to home network; the one random symbol.</summary>
    public static readonly DelayForm C = new HomeSymbol();

    /// <summary>d: adjacent domains.</summary>
    public static readonly DelayForm D = new Symbol(p => p.InterDomain.Ticks);

    /// <summary>f: home agent to correspondent.</summary>
    public static readonly DelayForm F = new Symbol(p => p.HomeCorrespondent.Ticks);

    /// <summary>g: access router to correspondent.</summary>
    public static readonly DelayForm G = new Symbol(p => p.RouterCorrespondent.Ticks);

    /// <summary>t_p: processing of one hop.</summary>
    public static readonly DelayForm Tp = new Symbol(p => p.Processing.Ticks);

    /// <summary>t_s: an identity-based signature.</summary>
    public static readonly DelayForm Ts = new Symbol(p => p.Sign.Ticks);

    /// <summary>t_v: its verification.</summary>
    public static readonly DelayForm Tv = new Symbol(p => p.Verify.Ticks);

    /// <summary>t_RSA: an RSA signature together with its verification.</summary>
    public static readonly DelayForm Trsa = new Symbol(p => p.Rsa.Ticks);

    /// <summary>Ticks of the delay for one value of c.</summary>
    public abstract long Ticks(DelayParameters parameters, long homeTicks);

    /// <summary>Whether the delay is K + m c with constant K and m.</summary>
    public abstract bool IsAffine { get; }

    /// <summary>The distribution of the delay under these parameters.</summary>
    public DelayLaw Under(DelayParameters parameters) => new(this, parameters);

    public static DelayForm Max(DelayForm left, DelayForm right) => new Greater(left, right);

    public static DelayForm operator *(int factor, DelayForm form) => new Multiple(factor, form);

    public static DelayForm operator +(DelayForm left, DelayForm right) => left switch
    {
        Sum sum => new Sum(sum.Terms.Add(right)),
        _ => new Sum([left, right]),
    };

    private sealed class Symbol(Func<DelayParameters, long> value) : DelayForm
    {
        public override bool IsAffine => true;

        public override long Ticks(DelayParameters parameters, long homeTicks) => value(parameters);
    }

    private sealed class HomeSymbol : DelayForm
    {
        public override bool IsAffine => true;

        public override long Ticks(DelayParameters parameters, long homeTicks) => homeTicks;
    }

    private sealed class Multiple(int factor, DelayForm form) : DelayForm
    {
        public override bool IsAffine => form.IsAffine;

        public override long Ticks(DelayParameters parameters, long homeTicks) => factor * form.Ticks(parameters, homeTicks);
    }

    private sealed class Sum(ImmutableArray<DelayForm> terms) : DelayForm
    {
        public ImmutableArray<DelayForm> Terms { get; } = terms;

        public override bool IsAffine => Terms.All(term => term.IsAffine);

        public override long Ticks(DelayParameters parameters, long homeTicks) =>
            Terms.Sum(term => term.Ticks(parameters, homeTicks));
    }

    private sealed class Greater(DelayForm left, DelayForm right) : DelayForm
    {
        public override bool IsAffine => false;

        public override long Ticks(DelayParameters parameters, long homeTicks) =>
            Math.Max(left.Ticks(parameters, homeTicks), right.Ticks(parameters, homeTicks));
    }
}

/// <summary>The closed forms of a scheme: a form for `total` and for each phase that has one.</summary>
public sealed record DelayModel(ImmutableSortedDictionary<string, DelayForm> Forms)
{
    /// <summary>The forms named as their metrics.</summary>
    public static DelayModel Of(params (string Metric, DelayForm Form)[] forms) =>
        new(forms.ToImmutableSortedDictionary(form => form.Metric, form => form.Form, StringComparer.Ordinal));

    public DelayForm Total => Forms["total"];
}
