namespace Topology.Generation;

/// <summary>Which of some elements are joined, the least of a set being its root.</summary>
internal sealed class DisjointSets(int count)
{
    private readonly int[] _parent = [.. Enumerable.Range(0, count)];

    public int Root(int element)
    {
        while (_parent[element] != element)
            element = _parent[element] = _parent[_parent[element]];
        return element;
    }

    /// <summary>Whether they were apart before.</summary>
    public bool Join(int left, int right)
    {
        (left, right) = (Root(left), Root(right));
        _parent[Math.Max(left, right)] = Math.Min(left, right);
        return left != right;
    }
}
