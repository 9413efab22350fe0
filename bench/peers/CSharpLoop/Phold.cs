using System.Diagnostics;

namespace Peers;

internal static class Phold
{
    public static long Run(int actors, long events, ulong seed, Stopwatch watch)
    {
        var streams = new Stream[actors];
        var heap = new Heap(actors + 1);
        for (var i = 0; i < actors; i++)
        {
            streams[i] = new Stream(seed, (ulong)i);
            heap.Push(new Event(Delay(ref streams[i]), i));
        }

        var end = (long)((double)events / actors * TimeSpan.TicksPerSecond);
        var counted = 0L;
        watch.Start();
        while (heap.Top.Time <= end)
        {
            var (now, actor) = heap.Pop();
            counted++;
            var next = streams[actor].Uniform() < 0.25 ? streams[actor].Below(actors) : actor;
            heap.Push(new Event(now + Delay(ref streams[actor]), next));
        }

        watch.Stop();
        return counted;
    }

    private static long Delay(ref Stream stream) => TimeSpan.TicksPerSecond / 10 + stream.Exponential(0.9 * TimeSpan.TicksPerSecond);
}
