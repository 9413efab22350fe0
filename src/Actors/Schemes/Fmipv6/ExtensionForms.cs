using Actors.Network;
using Actors.Network.Forms;
using Actors.Wire.Icmpv6;
using Actors.Wire.Ipv6;
using Actors.Wire.MobilityHeaders;

namespace Actors.Schemes.Fmipv6;

/// <summary>The options of one type of extension, in both kinds of messages. Found as forms of messages are.</summary>
public interface IExtensionForm : IFormPart
{
    Type Extension { get; }

    /// <summary>Adds the options to RtSolPr, PrRtAdv or UNA, after the message's own.</summary>
    void WriteNeighborDiscovery(MessageExtension extension, FormScope scope, ref Ipv6PacketWriter writer);

    /// <summary>Adds the options to HI, HAck, FBU or FBack, after the message's own.</summary>
    void WriteMobility(MessageExtension extension, FormScope scope, ref Ipv6PacketWriter writer);

    /// <summary>The extension; null where the options hold none of this type.</summary>
    /// <param name="message">Without its extension.</param>
    MessageExtension? ReadNeighborDiscovery(NeighborDiscoveryOptions options, Message message, Ipv6Packet packet, FormScope scope);

    /// <inheritdoc cref="ReadNeighborDiscovery"/>
    MessageExtension? ReadMobility(MobilityOptions options, Message message, Ipv6Packet packet, FormScope scope);
}

/// <summary>Extensions in the messages of fast handovers.</summary>
internal static class ExtensionForms
{
    public static void AddExtension(this ref Ipv6PacketWriter writer, MessageExtension? extension, FormScope scope, bool isMobility)
    {
        if (extension is null)
            return;
        var form = scope.Codec.Forms.Parts<IExtensionForm>().FirstOrDefault(form => form.Extension == extension.GetType())
            ?? throw new InvalidOperationException($"{extension.GetType().Name} has no form: add a class that implements {nameof(IExtensionForm)} beside it");
        if (isMobility)
            form.WriteMobility(extension, scope, ref writer);
        else
            form.WriteNeighborDiscovery(extension, scope, ref writer);
    }

    public static MessageExtension? ReadExtension(this FormScope scope, NeighborDiscoveryOptions options, Message message, Ipv6Packet packet)
    {
        foreach (var form in scope.Codec.Forms.Parts<IExtensionForm>())
        {
            if (form.ReadNeighborDiscovery(options, message, packet, scope) is { } extension)
                return extension;
        }

        return null;
    }

    public static MessageExtension? ReadExtension(this FormScope scope, MobilityOptions options, Message message, Ipv6Packet packet)
    {
        foreach (var form in scope.Codec.Forms.Parts<IExtensionForm>())
        {
            if (form.ReadMobility(options, message, packet, scope) is { } extension)
                return extension;
        }

        return null;
    }
}
