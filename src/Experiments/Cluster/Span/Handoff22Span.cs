using Experiments.Benchmarks;
using Experiments.Cluster.Protocol;

namespace Experiments.Cluster.Span;

/// <summary>HANDOFF-22 as one network over several members: a short run to warm up, then the one that is measured.</summary>
internal sealed class Handoff22Span(SpanBenchmark benchmark, int partitions) : ISpanSource, SpanCoordinator.IEnds
{
    private const int Runs = 2;
    private readonly TaskCompletionSource<BenchmarkResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _done;

    /// <summary>Fails when the benchmark does.</summary>
    public Task<BenchmarkResult> Result => _result.Task;

    public bool IsStopping => false;

    public (int Job, int Index)? Next() => _done < Runs ? (_done, 0) : null;

    public void Fold(int job, int index, IReadOnlyList<SpanResult> results)
    {
        var (run, fault) = results.Together();
        if (run is null)
            throw new InvalidOperationException($"{fault!.Node} failed at {fault.At}: {fault.Reason}");
        if (++_done < Runs)
            return;
        var used = results.Where(result => result.Run is not null).ToList();
        var cost = SpanCost.Of(used.Select(result => result.Cost));
        var (handovers, ticks) = (used.Sum(result => result.Totals.Handovers), used.Sum(result => result.Totals.Ticks));
        _result.TrySetResult(new BenchmarkResult("handoff22", benchmark.Mobiles, partitions, Handoff22.Counted(run, benchmark.Mobiles), cost.Elapsed.TotalSeconds)
        {
            Handovers = handovers,
            MeanMs = (double)ticks / handovers / TimeSpan.TicksPerMillisecond,
            RssPerEntity = (double)cost.ResidentBytes / benchmark.Mobiles,
            Windows = run.Windows,
            Digest = run.Digest,
            Members = used.Count,
            WaitingShare = cost.WaitingShare,
            MemberBytes = cost.Bytes,
            RoundTripMs = cost.RoundTrip.TotalMilliseconds,
        });
    }

    public void Quarantine(int job, int index, string reason) => throw new InvalidOperationException(reason);

    public void Finished()
    {
    }

    public void Interrupted()
    {
    }

    public void Alone() => _result.TrySetException(new InvalidOperationException("no member computes any more"));

    public void Failed(Exception cause) => _result.TrySetException(cause);

    public void Stopped() => _result.TrySetException(new InvalidOperationException("the cluster has put this member out"));
}
