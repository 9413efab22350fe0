using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Actors.Network;

/// <summary>
/// What the machines of one logical process have kept of mobile nodes and need no more, to be begun anew. It lives for seconds: the collector
/// has moved it to where it looks last, and would find it only in a pass through everything.
/// </summary>
internal sealed class SpentState
{
    private readonly Dictionary<Type, Stack<object>> _byType = [];

    public void Add(object spent)
    {
        if (!_byType.TryGetValue(spent.GetType(), out var stack))
            _byType.Add(spent.GetType(), stack = new());
        stack.Push(spent);
    }

    public bool TryTake<T>([NotNullWhen(true)] out T? spent)
        where T : class
    {
        object? taken = null;
        var found = _byType.TryGetValue(typeof(T), out var stack) && stack.TryPop(out taken);
        spent = Unsafe.As<T>(taken);
        return found;
    }
}
