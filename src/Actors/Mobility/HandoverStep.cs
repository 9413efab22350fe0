namespace Actors.Mobility;

/// <summary>Where a mobile node stands in its handover.</summary>
public enum HandoverStep : byte
{
    /// <summary>Attached and ready for the next trigger.</summary>
    Idle,

    /// <summary>The first message is being built, a signature for one.</summary>
    Building,

    /// <summary>RtSolPr is sent.</summary>
    Soliciting,

    /// <summary>Authenticated with the next router, while there is no need to move yet.</summary>
    Ready,

    /// <summary>FBU is sent.</summary>
    Binding,

    /// <summary>Between two links.</summary>
    Switching,

    /// <summary>Looking for the new router.</summary>
    DetectingMovement,

    /// <summary>Waiting whether the new address is unique.</summary>
    ConfiguringAddress,

    /// <summary>Waiting for access to the new network.</summary>
    Authenticating,

    /// <summary>Waiting for the home agent's acknowledgement.</summary>
    Registering,

    /// <summary>Registered, and waiting for the previous router to redirect what still comes to it.</summary>
    Redirecting,
}
