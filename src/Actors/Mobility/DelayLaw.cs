using System.Collections.Immutable;

namespace Actors.Mobility;

/// <summary>
/// The distribution of a <see cref="DelayForm"/> under given parameters. A form never falls as c grows, so the quantiles
/// of c map to the quantiles of the delay: T = form(c). Times in ms.
/// </summary>
public sealed class DelayLaw
{
    private const int Panels = 1024;

    /// <summary>Half the distance of the two points of Gauss and Legendre, for a panel of width 1.</summary>
    private static readonly double GaussPoint = 1 / Math.Sqrt(12);

    private readonly DelayForm _form;
    private readonly DelayParameters _parameters;
    private readonly ImmutableArray<Segment> _segments;

    public DelayLaw(DelayForm form, DelayParameters parameters)
    {
        _form = form;
        _parameters = parameters;
        _segments = Envelope(form.Lines(parameters));
    }

    /// <summary>
    /// E[T]. With T = L + D, L the last segment's line and D what T exceeds it by before the last kink, E[L] follows from
    /// the mean of c and only E[D] is integrated: exact where the form is a line in c, or c is uniform or constant; else
    /// by Gauss's rule over the quantiles of c up to the last kink.
    /// </summary>
    public double MeanMs => Last.At(_parameters.Home.MeanMs) + BeforeLastKink((excess, _) => excess);

    public double StandardDeviationMs
    {
        get
        {
            var lineMean = Last.At(_parameters.Home.MeanMs);
            var lineDeviation = Last.Slope * _parameters.Home.StandardDeviationMs;
            var excessMean = BeforeLastKink((excess, _) => excess);
            var covariance = BeforeLastKink((excess, line) => excess * (line - lineMean));
            var excessSquare = BeforeLastKink((excess, _) => excess * excess);
            var variance = lineDeviation * lineDeviation + 2 * covariance + excessSquare - excessMean * excessMean;
            return Math.Sqrt(Math.Max(0, variance));
        }
    }

    /// <summary>The one value that T takes, in ticks, where c is constant; null otherwise.</summary>
    public TimeSpan? Constant => _parameters.Home.IsConstant
        ? TimeSpan.FromTicks(_form.Ticks(_parameters, _parameters.Home.Minimum.Ticks))
        : null;

    private Segment Last => _segments[^1];

    /// <summary>E[f(T)] of a smooth f, by Gauss's rule over the quantiles of c.</summary>
    public double Expectation(Func<double, double> of)
    {
        if (_parameters.Home.IsConstant)
            return of(QuantileMs(0.5));
        var sum = 0.0;
        for (var panel = 0; panel < Panels; panel++)
            sum += (of(QuantileMs((panel + 0.5 - GaussPoint) / Panels)) + of(QuantileMs((panel + 0.5 + GaussPoint) / Panels))) / 2;
        return sum / Panels;
    }

    public double QuantileMs(double p) => At(_parameters.Home.QuantileMs(p));

    /// <summary>P(T at most <paramref name="ms"/>): T is at most that when each of its lines is.</summary>
    public double Cumulative(double ms)
    {
        var home = double.PositiveInfinity;
        foreach (var segment in _segments)
        {
            if (segment.Slope > 0)
                home = Math.Min(home, (ms - segment.Constant) / segment.Slope);
            else if (ms < segment.Constant)
                return 0;
        }

        return double.IsPositiveInfinity(home) ? 1 : _parameters.Home.Cumulative(home);
    }

    private double At(double homeMs) => _segments.Max(segment => segment.At(homeMs));

    /// <summary>The expectation of a function of (T - L, L) that is zero where T = L.</summary>
    private double BeforeLastKink(Func<double, double, double> of)
    {
        var sum = 0.0;
        for (var i = 0; i + 1 < _segments.Length; i++)
        {
            var from = i == 0 ? 0 : _parameters.Home.Cumulative(_segments[i].From);
            var width = (_parameters.Home.Cumulative(_segments[i + 1].From) - from) / Panels;
            for (var panel = 0; panel < Panels && width > 0; panel++)
                sum += width / 2 * (Value(from + width * (panel + 0.5 - GaussPoint)) + Value(from + width * (panel + 0.5 + GaussPoint)));
        }

        return sum;

        double Value(double p)
        {
            var home = _parameters.Home.QuantileMs(p);
            return of(At(home) - Last.At(home), Last.At(home));
        }
    }

    /// <summary>The lines that are the greatest somewhere at c of 0 or more, from left to right.</summary>
    private static ImmutableArray<Segment> Envelope(ImmutableArray<DelayLine> lines)
    {
        var present = lines.MaxBy(line => (line.Constant, line.Slope));
        var segments = ImmutableArray.CreateBuilder<Segment>();
        segments.Add(Segment.Of(present, 0));
        while (lines.Any(line => line.Slope > present.Slope))
        {
            // The next kink is where the first steeper line crosses; of several there, the steepest goes on.
            var next = lines.Where(line => line.Slope > present.Slope)
                .MinBy(line => (Crossing(present, line), -line.Slope));
            segments.Add(Segment.Of(next, Crossing(present, next) / TimeSpan.TicksPerMillisecond));
            present = next;
        }

        return segments.ToImmutable();
    }

    private static double Crossing(DelayLine flat, DelayLine steep) => (double)(flat.Constant - steep.Constant) / (steep.Slope - flat.Slope);

    /// <summary>T = K + m c from one kink to the next.</summary>
    private readonly record struct Segment(double From, double Constant, double Slope)
    {
        public static Segment Of(DelayLine line, double from) =>
            new(from, (double)line.Constant / TimeSpan.TicksPerMillisecond, line.Slope);

        public double At(double homeMs) => Slope == 0 ? Constant : Constant + Slope * homeMs;
    }
}
