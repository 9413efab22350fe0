using System.Diagnostics;
using System.Globalization;
using Peers;

// HANDOFF-22 and PHOLD as plain C# loops: structs in arrays, a 4-ary heap, one thread.
//   CSharpLoop handoff22|phold COUNT EVENTS SEED
if (args.Length != 4 || !int.TryParse(args[1], out var count) || !long.TryParse(args[2], out var events) || !ulong.TryParse(args[3], out var seed)
    || count < 1 || events < 1 || args[0] is not ("handoff22" or "phold"))
{
    Console.Error.WriteLine("usage: CSharpLoop handoff22|phold COUNT EVENTS SEED");
    return 2;
}

var watch = new Stopwatch();
var (counted, mean) = args[0] == "phold" ? (Phold.Run(count, events, seed, watch), "") : Handoff22.Run(count, events, seed, watch);
var rate = counted / watch.Elapsed.TotalSeconds;
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{{\"peer\":\"csharp-loop\",\"benchmark\":\"{args[0]}\",\"events\":{counted},\"seconds\":{watch.Elapsed.TotalSeconds:F6}{mean},\"events_per_second\":{rate:F0}}}"));
return 0;
