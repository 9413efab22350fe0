using System.Reflection;

namespace Actors.Mobility;

/// <summary>Every scheme of an assembly, found by scanning: adding a scheme edits no other file.</summary>
public static class HandoverSchemes
{
    /// <summary>The schemes of this product, by name in ordinal order.</summary>
    public static IReadOnlyList<IHandoverScheme> All { get; } = In(typeof(HandoverSchemes).Assembly);

    /// <exception cref="InvalidOperationException">A scheme has no public parameterless constructor, or the constructor fails.</exception>
    /// <exception cref="ReflectionTypeLoadException">The assembly was built against something that is not here.</exception>
    public static IReadOnlyList<IHandoverScheme> In(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IHandoverScheme)))
            .Select(Create)
            .OrderBy(scheme => scheme.Name, StringComparer.Ordinal),
    ];

    /// <summary>The scheme of this name, or null.</summary>
    public static IHandoverScheme? Find(string name) => All.FirstOrDefault(scheme => scheme.Name == name);

    private static IHandoverScheme Create(Type type)
    {
        if (type.GetConstructor(Type.EmptyTypes) is not { } constructor)
            throw new InvalidOperationException($"scheme {type.FullName} has no public parameterless constructor");
        try
        {
            return (IHandoverScheme)constructor.Invoke(null);
        }
        catch (TargetInvocationException failure)
        {
            throw new InvalidOperationException($"the constructor of scheme {type.FullName} fails: {failure.InnerException!.Message}", failure);
        }
    }
}
