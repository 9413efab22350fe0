using System.Reflection;
using Actors.Wire.Ipv6;

namespace Actors.Network.Forms;

/// <summary>
/// The forms that hold in one run: those of the scheme, of the schemes that it is built on, and of the base. They are found by
/// scanning, so that a new scheme brings its own in its own folder, or a user's class library, and edits no other file.
/// </summary>
public sealed class MessageForms
{
    private readonly Dictionary<Type, MessageForm> _byMessage = [];
    private readonly Dictionary<FormKey, List<MessageForm>> _byKey = [];
    private readonly Dictionary<Type, List<object>> _parts = [];

    /// <param name="folders">Assembly and namespace of each folder; where two read the same bytes, the first one's forms come first.</param>
    public MessageForms(IEnumerable<(Assembly Assembly, string Namespace)> folders)
    {
        foreach (var (assembly, folder) in folders)
        {
            foreach (var type in assembly.GetTypes().Where(type => IsForm(type) && IsWithin(type.Namespace, folder)).OrderBy(type => type.FullName, StringComparer.Ordinal))
                Add(type);
        }
    }

    /// <summary>Every message that has a form here.</summary>
    public IEnumerable<Type> Messages => _byMessage.Keys;

    /// <summary>The form of a message; null for one that has none, see <see cref="Formless"/>.</summary>
    public MessageForm? Of(Message message) => _byMessage.GetValueOrDefault(message.GetType());

    /// <summary>The forms that may have written a packet.</summary>
    public IReadOnlyList<MessageForm> For(Ipv6Packet packet) =>
        FormKey.Of(packet) is { } key && _byKey.TryGetValue(key, out var forms) ? forms : [];

    /// <summary>The forms of parts of messages, such as a scheme's extensions, that a protocol has its own contract for.</summary>
    public IEnumerable<TPart> Parts<TPart>()
        where TPart : class, IFormPart => _parts.TryGetValue(typeof(TPart), out var parts) ? parts.Cast<TPart>() : [];

    private static bool IsForm(Type type) =>
        type is { IsClass: true, IsAbstract: false } && (type.IsAssignableTo(typeof(MessageForm)) || type.IsAssignableTo(typeof(IFormPart)));

    private static bool IsWithin(string? name, string folder) => name == folder || name?.StartsWith(folder + ".", StringComparison.Ordinal) == true;

    private void Add(Type type)
    {
        var made = (type.GetConstructor(Type.EmptyTypes) ?? throw new InvalidOperationException($"form {type.FullName} has no public parameterless constructor")).Invoke(null);
        if (made is not MessageForm form)
        {
            foreach (var contract in type.GetInterfaces().Where(contract => contract != typeof(IFormPart) && contract.IsAssignableTo(typeof(IFormPart))))
            {
                if (!_parts.TryGetValue(contract, out var parts))
                    _parts[contract] = parts = [];
                parts.Add(made);
            }

            return;
        }

        if (!_byMessage.TryAdd(form.Message, form))
            return;
        foreach (var key in form.Keys)
        {
            if (!_byKey.TryGetValue(key, out var forms))
                _byKey[key] = forms = [];
            forms.Add(form);
        }
    }
}

/// <summary>The form of a part of messages. A protocol that has such parts derives a contract of its own from this one.</summary>
public interface IFormPart;
