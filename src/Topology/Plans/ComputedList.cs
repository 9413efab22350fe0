using System.Collections;

namespace Topology.Plans;

/// <summary>
/// A list whose first elements are stored and whose others are computed when asked for, so that a million mobile nodes
/// of a regular network take no memory.
/// </summary>
/// <param name="computed">Number of elements after <paramref name="stored"/>.</param>
/// <param name="compute">The element at a place of the computed part, counted from 0; pure.</param>
public sealed class ComputedList<T>(IReadOnlyList<T> stored, int computed, Func<int, T> compute) : IReadOnlyList<T>
{
    public int Count => stored.Count + computed;

    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return index < stored.Count ? stored[index] : compute(index - stored.Count);
        }
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
            yield return this[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
