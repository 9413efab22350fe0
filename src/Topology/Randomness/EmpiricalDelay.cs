namespace Topology.Randomness;

/// <summary>Each of the measured values with equal probability. Two of these are equal when their sorted values are.</summary>
public sealed record EmpiricalDelay : DelayDistribution
{
    private readonly TimeSpan[] _sorted;

    /// <param name="values">At least one, none negative, in any order; copied.</param>
    public EmpiricalDelay(IReadOnlyList<TimeSpan> values)
    {
        _sorted = [.. values];
        Array.Sort(_sorted);
        if (_sorted.Length == 0)
            return;
        MeanMs = _sorted.Average(value => value.TotalMilliseconds);
        StandardDeviationMs = Math.Sqrt(_sorted.Average(value => Math.Pow(value.TotalMilliseconds - MeanMs, 2)));
    }

    /// <summary>In ascending order.</summary>
    public IReadOnlyList<TimeSpan> Values => Array.AsReadOnly(_sorted);

    public override TimeSpan Minimum => _sorted[0];
    public override double MeanMs { get; }
    public override double StandardDeviationMs { get; }
    public override bool IsConstant => _sorted[0] == _sorted[^1];

    public override string? Flaw => FlawIf(_sorted.Length == 0, "there are no values")
        ?? FlawIf(_sorted[0] < TimeSpan.Zero, "a value is negative");

    public override TimeSpan Sample(ref RandomStream stream) => _sorted[stream.NextInt32(_sorted.Length)];

    public override double Cumulative(double ms) =>
        (double)_sorted.Count(value => value.TotalMilliseconds <= ms) / _sorted.Length;

    /// <summary>The least value at or below which at least the share <paramref name="p"/> lies.</summary>
    public override double QuantileMs(double p) =>
        _sorted[Math.Clamp((int)Math.Ceiling(p * _sorted.Length) - 1, 0, _sorted.Length - 1)].TotalMilliseconds;

    public bool Equals(EmpiricalDelay? other) => other is not null && _sorted.AsSpan().SequenceEqual(other._sorted);

    public override int GetHashCode() => _sorted.Aggregate(_sorted.Length, (hash, value) => unchecked(hash * 31 + value.GetHashCode()));

    public override string ToString() =>
        _sorted.Length == 0
            ? $"{nameof(EmpiricalDelay)} {{ no values }}"
            : $"{nameof(EmpiricalDelay)} {{ {_sorted.Length} values, {_sorted[0]} to {_sorted[^1]} }}";
}
