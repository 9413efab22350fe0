namespace Actors.Wire;

/// <summary>What was parsed, or why it could not be. Hostile bytes give an error, never an exception.</summary>
public readonly ref struct ParseResult<T>
    where T : allows ref struct
{
    private readonly T _value;

    public ParseResult(T value) => _value = value;

    public ParseResult(ParseError error)
    {
        _value = default!;
        Error = error;
    }

    /// <summary>With <see cref="ParseFault.None"/> when there is a value.</summary>
    public ParseError Error { get; }

    public bool IsOk => Error.Fault == ParseFault.None;

    /// <summary>The value; the empty one when there is an error.</summary>
    public T ValueOrDefault => _value;

    /// <summary>Whether there is a value.</summary>
    public bool TryGet(out T value)
    {
        value = _value;
        return IsOk;
    }

    /// <summary>Whether there is a value; the error when there is none.</summary>
    public bool TryGet(out T value, out ParseError error)
    {
        value = _value;
        error = Error;
        return IsOk;
    }
}
