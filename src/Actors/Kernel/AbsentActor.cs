using Akka.Actor;

namespace Actors.Kernel;

/// <summary>
/// Stands for an actor that lives in another member of the same network. Events can be scheduled for it; everything else that
/// one does with an actor would be without delay, and fails the run.
/// </summary>
/// <param name="partition">Where the actor lives, among the partitions of all members.</param>
/// <param name="code">What the members call it among themselves.</param>
internal sealed class AbsentActor(IMemberTies ties, int partition, int code) : MinimalActorRef
{
    public int Partition => partition;

    public int Code => code;

    public override ActorPath Path => ties.PathOf(code);

    public override IActorRefProvider Provider => throw new NotSupportedException($"{StableIdentity.Name(Path)} lives in another member");

    protected override void TellInternal(object message, IActorRef sender) =>
        Kernel.Partition.Current?.RecordFault(
            $"a Tell without delay crosses to {StableIdentity.Name(Path)} in another member; schedule it with the link's delay");
}
