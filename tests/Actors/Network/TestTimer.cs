using Actors.Network;

namespace Tests.Actors.Network;

/// <summary>A timer that guards nothing.</summary>
internal sealed class TestTimer(string name) : ProtocolTimer
{
    public override string Name => name;
}
