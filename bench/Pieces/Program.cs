using BenchmarkDotNet.Running;
using Pieces;

// dotnet run -c Release --project bench/Pieces -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(EventQueueBenchmark).Assembly).Run(args);
