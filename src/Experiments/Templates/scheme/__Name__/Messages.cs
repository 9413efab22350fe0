using Actors.Network;

namespace __Name__;

/// <summary>A mobile node tells its router that it is about to leave.</summary>
/// <param name="Identifier">Told apart from those of earlier handovers.</param>
public sealed record Farewell(ushort Identifier) : Message
{
    /// <summary>Bytes after the IPv6 header: type, code, checksum 4, identifier 2, reserved 2.</summary>
    public override int SizeBytes => 8;
}

/// <summary>The router's answer.</summary>
public sealed record FarewellAcknowledgment(ushort Identifier) : Message
{
    public override int SizeBytes => 8;
}
