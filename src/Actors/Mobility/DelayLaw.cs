namespace Actors.Mobility;

/// <summary>
/// The distribution of a <see cref="DelayForm"/> under given parameters. A form never falls as c grows, so the quantiles
/// of c map to the quantiles of the delay: T = form(c). Times in ms.
/// </summary>
public sealed class DelayLaw(DelayForm form, DelayParameters parameters)
{
    private const int Panels = 4096;

    /// <summary>E[T]: exact where the form is affine in c, else by the midpoint rule over the quantiles of c (error below 1e-6 of the spread).</summary>
    public double MeanMs => form.IsAffine ? At(0) + Slope * parameters.Home.MeanMs : Moment(ms => ms);

    public double StandardDeviationMs
    {
        get
        {
            if (form.IsAffine)
                return Slope * parameters.Home.StandardDeviationMs;
            var mean = MeanMs;
            return Math.Sqrt(Moment(ms => (ms - mean) * (ms - mean)));
        }
    }

    /// <summary>The one value that T takes, in ticks, where c is constant; null otherwise.</summary>
    public TimeSpan? Constant =>
        parameters.Home.IsConstant ? TimeSpan.FromTicks(form.Ticks(parameters, parameters.Home.Minimum.Ticks)) : null;

    public double QuantileMs(double p) => At(parameters.Home.QuantileMs(p));

    /// <summary>P(T at most <paramref name="ms"/>).</summary>
    public double Cumulative(double ms)
    {
        if (form.IsAffine)
            return Slope == 0 ? (ms >= At(0) ? 1 : 0) : parameters.Home.Cumulative((ms - At(0)) / Slope);

        // The largest c with T(c) at most ms, by bisection: T never falls.
        double low = 0, high = Math.Max(1, ms);
        if (At(low) > ms)
            return 0;
        for (var step = 0; step < 80; step++)
        {
            var middle = (low + high) / 2;
            if (At(middle) <= ms)
                low = middle;
            else
                high = middle;
        }

        return parameters.Home.Cumulative(low);
    }

    private double Slope => At(1) - At(0);

    private double At(double homeMs)
    {
        // Between ticks the form is affine: interpolate, so that laws are not rounded to the tick.
        var ticks = homeMs * TimeSpan.TicksPerMillisecond;
        var floor = Math.Floor(ticks);
        var low = form.Ticks(parameters, (long)floor);
        var high = form.Ticks(parameters, (long)floor + 1);
        return (low + (high - low) * (ticks - floor)) / TimeSpan.TicksPerMillisecond;
    }

    private double Moment(Func<double, double> of)
    {
        var sum = 0.0;
        for (var panel = 0; panel < Panels; panel++)
            sum += of(QuantileMs((panel + 0.5) / Panels));
        return sum / Panels;
    }
}
