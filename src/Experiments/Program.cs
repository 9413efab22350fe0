using Actors.Kernel;
using Akka.Actor;
using Akka.Configuration;
using Experiments.Benchmarks;

var system = ActorSystem.Create("handover", Engine.Configuration.WithFallback(ConfigurationFactory.ParseString("akka.loglevel=OFF\nakka.stdout-loglevel=OFF")));
for (var i = 0; i < 3; i++)
{
    var r = args[0] == "phold" ? Phold.Run(system, int.Parse(args[1]), int.Parse(args[2]), long.Parse(args[3]), 1) : Handoff22.Run(system, int.Parse(args[1]), int.Parse(args[2]), long.Parse(args[3]), 1);
    Console.WriteLine($"{r.EventsPerSecond / 1e6:0.000} M/s mean {r.MeanMs:0.00} handovers/s {r.Handovers / r.Seconds:0} windows {r.Windows} digest {r.Digest:x} bytes/event {r.BytesPerEvent:0.0} bytes/actor {r.BytesPerEntity:0} setup {r.SetUpSeconds:0.000} events {r.Events}");
}

return 0;
