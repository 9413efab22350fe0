using System.Reflection;
using Actors.Network.Forms;

namespace Actors.Mobility;

/// <summary>The forms of a scheme's messages.</summary>
public static class SchemeForms
{
    /// <summary>Its own folder's, those of the schemes that it is built on, and those of the base.</summary>
    public static MessageForms Of(IHandoverScheme scheme) => new(
    [
        .. Folders(scheme).Distinct(),
        (typeof(SchemeForms).Assembly, "Actors.Mobility"),
        (typeof(SchemeForms).Assembly, "Actors.Network"),
    ]);

    private static IEnumerable<(Assembly, string)> Folders(IHandoverScheme scheme)
    {
        for (IHandoverScheme? next = scheme; next is not null; next = next.Parent is { } parent ? HandoverSchemes.Find(parent) : null)
        {
            // A scheme that wraps another of its name has that one's forms too.
            foreach (var type in (Type?[])[next.GetType(), HandoverSchemes.Find(next.Name)?.GetType()])
            {
                if (type is { Namespace: { } folder })
                    yield return (type.Assembly, folder);
            }
        }
    }
}
