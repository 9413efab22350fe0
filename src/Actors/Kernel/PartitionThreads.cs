namespace Actors.Kernel;

/// <summary>
/// One thread for each partition but the first, which the caller's thread runs. They wait between runs, so that thousands of
/// short runs start no threads.
/// </summary>
internal sealed class PartitionThreads : IDisposable
{
    private readonly Action<int, long> _run;
    private readonly SemaphoreSlim[] _start;
    private readonly CountdownEvent _finished;
    private readonly Thread[] _threads;
    private long _until;
    private volatile bool _stopping;

    public PartitionThreads(int partitions, Action<int, long> run)
    {
        _run = run;
        _finished = new CountdownEvent(partitions - 1);
        _start = new SemaphoreSlim[partitions - 1];
        _threads = new Thread[partitions - 1];
        for (var i = 1; i < partitions; i++)
        {
            var index = i;
            _start[i - 1] = new SemaphoreSlim(0);
            _threads[i - 1] = new Thread(() => Loop(index)) { IsBackground = true, Name = $"partition {index}" };
            _threads[i - 1].Start();
        }
    }

    /// <summary>Run all partitions to an instant and return when the last has finished.</summary>
    public void Run(long until)
    {
        _until = until;
        _finished.Reset();
        foreach (var start in _start)
            start.Release();
        _run(0, until);
        _finished.Wait();
    }

    public void Dispose()
    {
        _stopping = true;
        foreach (var start in _start)
            start.Release();
        foreach (var thread in _threads)
            thread.Join();
    }

    private void Loop(int index)
    {
        while (true)
        {
            _start[index - 1].Wait();
            if (_stopping)
                return;
            _run(index, _until);
            _finished.Signal();
        }
    }
}
