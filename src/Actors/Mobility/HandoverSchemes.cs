using System.Reflection;

namespace Actors.Mobility;

/// <summary>Every scheme of an assembly, found by scanning: adding a scheme edits no other file.</summary>
public static class HandoverSchemes
{
    /// <summary>The schemes of this product, by name in ordinal order.</summary>
    public static IReadOnlyList<IHandoverScheme> All { get; } = In(typeof(HandoverSchemes).Assembly);

    public static IReadOnlyList<IHandoverScheme> In(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IHandoverScheme)))
            .Select(type => (IHandoverScheme)Activator.CreateInstance(type)!)
            .OrderBy(scheme => scheme.Name, StringComparer.Ordinal),
    ];

    /// <summary>The scheme of this name, or null.</summary>
    public static IHandoverScheme? Find(string name) => All.FirstOrDefault(scheme => scheme.Name == name);
}
