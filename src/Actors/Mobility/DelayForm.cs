using System.Collections.Immutable;
using Actors.Security;
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
    DelayDistribution Home)
{
    /// <summary>What a node spends on a packet that it passes on; <see cref="Processing"/> where t_p counts per hop.</summary>
    public TimeSpan Forwarding { get; init; } = Processing;

    /// <summary>Encryption of a key together with its decryption: t_RSA in the paper's cost model.</summary>
    public TimeSpan KeyTransport { get; init; } = Rsa;

    /// <summary>Both ends' parts of a key exchange, which costs nothing in the paper's cost model.</summary>
    public TimeSpan KeyExchange { get; init; }

    /// <summary>Verification of a certificate, which costs nothing in the paper's cost model.</summary>
    public TimeSpan CertificateVerification { get; init; }

    /// <summary>t_L2.</summary>
    public TimeSpan LinkSwitch { get; init; }

    /// <summary>MD.</summary>
    public TimeSpan MovementDetection { get; init; }

    /// <summary>DAD.</summary>
    public TimeSpan DuplicateAddressDetection { get; init; }

    /// <summary>The same delays with the computations of another table.</summary>
    public DelayParameters With(CryptoCosts costs) => this with
    {
        Sign = costs[CryptoOperation.IdentitySign],
        Verify = costs[CryptoOperation.IdentityVerify],
        Rsa = costs[CryptoOperation.RsaSign] + costs[CryptoOperation.RsaVerify],
        KeyTransport = costs[CryptoOperation.RsaEncrypt] + costs[CryptoOperation.RsaDecrypt],
        KeyExchange = costs[CryptoOperation.KeyExchangeInitiate] + costs[CryptoOperation.KeyExchangeRespond]
            + costs[CryptoOperation.KeyExchangeAgree],
        CertificateVerification = costs[CryptoOperation.CertificateVerify],
    };
}

/// <summary>
/// A delay written as the paper writes it: `4 * A + 2 * D + 6 * Tp`, with <see cref="Max"/> for parallel branches.
/// Arithmetic is in whole ticks, so a form equals a simulation to the tick. Every form is the greatest of some lines
/// K + m c with m not negative: it never falls as c grows, and its slope changes at kinks only.
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

    /// <summary>t_p: processing of a packet by the node that it is for.</summary>
    public static readonly DelayForm Tp = new Symbol(p => p.Processing.Ticks);

    /// <summary>t_p of a node that passes a packet on; a symbol of its own, because t_p may count per message (A3).</summary>
    public static readonly DelayForm Tf = new Symbol(p => p.Forwarding.Ticks);

    /// <summary>t_s: an identity-based signature.</summary>
    public static readonly DelayForm Ts = new Symbol(p => p.Sign.Ticks);

    /// <summary>t_v: its verification.</summary>
    public static readonly DelayForm Tv = new Symbol(p => p.Verify.Ticks);

    /// <summary>t_RSA: a signature with a certified key, RSA in the paper, together with its verification.</summary>
    public static readonly DelayForm Trsa = new Symbol(p => p.Rsa.Ticks);

    /// <summary>A key encrypted and decrypted by RSA: t_RSA in the paper's cost model.</summary>
    public static readonly DelayForm Tkt = new Symbol(p => p.KeyTransport.Ticks);

    /// <summary>A key exchange, both ends together: 0 in the paper's cost model.</summary>
    public static readonly DelayForm Tke = new Symbol(p => p.KeyExchange.Ticks);

    /// <summary>Verification of a certificate: 0 in the paper's cost model.</summary>
    public static readonly DelayForm Tcert = new Symbol(p => p.CertificateVerification.Ticks);

    /// <summary>t_L2: link-down to link-up.</summary>
    public static readonly DelayForm Tl2 = new Symbol(p => p.LinkSwitch.Ticks);

    /// <summary>MD: movement detection.</summary>
    public static readonly DelayForm Md = new Symbol(p => p.MovementDetection.Ticks);

    /// <summary>DAD: duplicate address detection.</summary>
    public static readonly DelayForm Dad = new Symbol(p => p.DuplicateAddressDetection.Ticks);

    private protected DelayForm()
    {
    }

    /// <summary>Ticks of the delay for one value of c.</summary>
    public long Ticks(DelayParameters parameters, long homeTicks) =>
        Lines(parameters).Max(line => line.Constant + line.Slope * homeTicks);

    /// <summary>The distribution of the delay under these parameters.</summary>
    public DelayLaw Under(DelayParameters parameters) => new(this, parameters);

    public static DelayForm Max(DelayForm left, DelayForm right) => new Greater(left, right);

    /// <exception cref="ArgumentOutOfRangeException">The factor is negative: a delay cannot be taken away.</exception>
    public static DelayForm operator *(int factor, DelayForm form)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(factor);
        return new Multiple(factor, form);
    }

    public static DelayForm operator +(DelayForm left, DelayForm right) => new Sum(left, right);

    /// <summary>The lines whose greatest is the form.</summary>
    internal abstract ImmutableArray<DelayLine> Lines(DelayParameters parameters);

    private sealed class Symbol(Func<DelayParameters, long> value) : DelayForm
    {
        internal override ImmutableArray<DelayLine> Lines(DelayParameters parameters) => [new DelayLine(value(parameters), 0)];
    }

    private sealed class HomeSymbol : DelayForm
    {
        internal override ImmutableArray<DelayLine> Lines(DelayParameters parameters) => [new DelayLine(0, 1)];
    }

    private sealed class Multiple(int factor, DelayForm form) : DelayForm
    {
        internal override ImmutableArray<DelayLine> Lines(DelayParameters parameters) =>
            [.. form.Lines(parameters).Select(line => new DelayLine(factor * line.Constant, factor * line.Slope))];
    }

    private sealed class Sum(DelayForm left, DelayForm right) : DelayForm
    {
        internal override ImmutableArray<DelayLine> Lines(DelayParameters parameters) =>
        [
            .. from one in left.Lines(parameters)
               from other in right.Lines(parameters)
               select new DelayLine(one.Constant + other.Constant, one.Slope + other.Slope),
        ];
    }

    private sealed class Greater(DelayForm left, DelayForm right) : DelayForm
    {
        internal override ImmutableArray<DelayLine> Lines(DelayParameters parameters) =>
            [.. left.Lines(parameters), .. right.Lines(parameters)];
    }
}

/// <summary>A delay K + m c.</summary>
/// <param name="Constant">K, in ticks.</param>
/// <param name="Slope">m, not negative.</param>
internal readonly record struct DelayLine(long Constant, long Slope);

/// <summary>The closed forms of a scheme: a form for `total` and for each phase that has one.</summary>
public sealed record DelayModel(ImmutableSortedDictionary<string, DelayForm> Forms)
{
    /// <summary>The forms named as their metrics.</summary>
    public static DelayModel Of(params (string Metric, DelayForm Form)[] forms) =>
        new(forms.ToImmutableSortedDictionary(form => form.Metric, form => form.Form, StringComparer.Ordinal));

    public DelayForm Total => Forms["total"];

    /// <summary>T_need: how long the old link must outlast the trigger for a predictive handover; null for a scheme that has none.</summary>
    public DelayForm? Anticipation { get; init; }

    /// <summary>
    /// `interruption` of a stream of data without gaps; null where a reading has none. Packets at intervals add up to one
    /// interval at either end. Where a previous router redirects data, home is taken to be farther than that router.
    /// </summary>
    public DelayForm? Interruption { get; init; }
}
