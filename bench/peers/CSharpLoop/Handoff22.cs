using System.Diagnostics;
using System.Globalization;

namespace Peers;

/// <summary>Two heap events per message, arrival and the end of processing; the model of ../handoff22.hpp.</summary>
internal static class Handoff22
{
    private const int Domains = 16;
    private const int Routers = 256;
    private const long Processing = 5_000;
    private const long A = 40_000;
    private const long B = 20_000;
    private const long D = 20_000;
    private const long C = -1;
    private const byte Waiting = 255;

    private enum Place : byte
    {
        Mobile,
        OldRouter,
        OldAnchor,
        NewAnchor,
        NewRouter,
        HomeAgent,
    }

    private static readonly (Place To, long Delay)[] s_path =
    [
        (Place.OldRouter, A), (Place.OldAnchor, B), (Place.NewAnchor, D), (Place.NewRouter, B), (Place.NewAnchor, B), (Place.OldAnchor, D),
        (Place.OldRouter, B), (Place.Mobile, A), (Place.OldRouter, A), (Place.Mobile, A), (Place.NewRouter, A), (Place.Mobile, A),
        (Place.NewRouter, A), (Place.NewAnchor, B), (Place.NewRouter, B), (Place.Mobile, A), (Place.NewRouter, A), (Place.NewAnchor, B),
        (Place.HomeAgent, C), (Place.NewAnchor, C), (Place.NewRouter, B), (Place.Mobile, A),
    ];

    public static (long Counted, string Mean) Run(int count, long events, ulong seed, Stopwatch watch)
    {
        var mobiles = new Mobile[count];
        var (routers, anchors, agents) = (new Node[Routers], new Node[Domains], new Node[Domains]);
        var heap = new Heap(count + 1);
        for (var i = 0; i < count; i++)
        {
            mobiles[i] = new Mobile { Random = new Stream(seed, (ulong)i), Step = Waiting, OldRouter = (ushort)(i % Routers) };
            heap.Push(new Event(mobiles[i].Random.Exponential(TimeSpan.TicksPerSecond), i));
        }

        var end = (long)(events / (44.0 * count) * 1.111 * TimeSpan.TicksPerSecond);
        var (counted, handovers, latency) = (0L, 0L, 0L);
        watch.Start();
        while (heap.Top.Time <= end)
        {
            var (now, index) = heap.Pop();
            ref var mobile = ref mobiles[index];
            long delay;
            if (mobile.Step == Waiting)
            {
                mobile.Started = now;
                mobile.C = (long)(400_000 * mobile.Random.Uniform());
                mobile.NewRouter = (ushort)mobile.Random.Below(Routers);
                mobile.Step = 0;
                delay = Crossing(mobile);
            }
            else if (!mobile.Processing)
            {
                counted++;
                mobile.Processing = true;
                switch (s_path[mobile.Step].To)
                {
                    case Place.OldRouter:
                        routers[mobile.OldRouter].Touch(index);
                        break;
                    case Place.NewRouter:
                        routers[mobile.NewRouter].Touch(index);
                        break;
                    case Place.OldAnchor:
                        anchors[mobile.OldRouter % Domains].Touch(index);
                        break;
                    case Place.NewAnchor:
                        anchors[mobile.NewRouter % Domains].Touch(index);
                        break;
                    case Place.HomeAgent:
                        agents[index % Domains].Touch(index);
                        break;
                }

                delay = Processing;
            }
            else
            {
                counted++;
                mobile.Processing = false;
                if (++mobile.Step < s_path.Length)
                {
                    delay = Crossing(mobile);
                }
                else
                {
                    handovers++;
                    latency += now - mobile.Started;
                    mobile.OldRouter = mobile.NewRouter;
                    mobile.Step = Waiting;
                    delay = mobile.Random.Exponential(TimeSpan.TicksPerSecond);
                }
            }

            heap.Push(new Event(now + delay, index));
        }

        watch.Stop();
        return (counted, string.Create(CultureInfo.InvariantCulture, $",\"mean_ms\":{(double)latency / handovers / TimeSpan.TicksPerMillisecond:F4}"));
    }

    private static long Crossing(in Mobile mobile) => s_path[mobile.Step].Delay is var delay and >= 0 ? delay : mobile.C;

    private struct Mobile
    {
        public Stream Random;
        public long Started;
        public long C;
        public ushort OldRouter;
        public ushort NewRouter;
        public byte Step;
        public bool Processing;
    }

    private struct Node
    {
        public long Packets;
        public int LastMobile;

        public void Touch(int mobile)
        {
            Packets++;
            LastMobile = mobile;
        }
    }
}
