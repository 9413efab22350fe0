using Actors.Kernel;
using Akka.Actor;
using Akka.Configuration;

namespace Tests.Actors.Kernel;

/// <summary>A silent ActorSystem that can host engines.</summary>
public sealed class VirtualSystem : IDisposable
{
    /// <summary>For a system that hosts engines and writes nothing to the console.</summary>
    public static readonly Config Configuration = global::Actors.Kernel.Engine.Configuration.WithFallback(
        ConfigurationFactory.ParseString("akka.loglevel = OFF\nakka.stdout-loglevel = OFF"));

    public ActorSystem System { get; } = Create();

    /// <summary>The engine of the running test, for actors that create actors.</summary>
    public Engine? Engine { get; set; }

    public static ActorSystem Create() => ActorSystem.Create("tests", Configuration);

    /// <summary>An engine of one process and partition.</summary>
    public Engine Single(DeliveryMode mode = DeliveryMode.Direct) => new(System, [("p0", 0)], mode: mode);

    /// <summary>An engine with a process for each entry, in the partition that the entry names.</summary>
    public Engine Of(TimeSpan lookahead, params int[] partitions) =>
        new(System, [.. partitions.Select((partition, process) => ($"p{process}", partition))], lookahead);

    /// <summary>Fails, instead of hanging, when the work takes longer.</summary>
    public static void Within(double seconds, Action work) => EndsWithin(seconds, Task.Run(work));

    public static void EndsWithin(double seconds, Task work)
    {
        Assert.True(((IAsyncResult)work).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(seconds)), $"not done within {seconds} s");
        work.GetAwaiter().GetResult();
    }

    public void Dispose() => System.Terminate().Wait();
}
