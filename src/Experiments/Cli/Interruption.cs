using System.Runtime.InteropServices;

namespace Experiments.Cli;

/// <summary>Ctrl-C and SIGTERM end a run in order; a second one ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly PosixSignalRegistration[] _signals;
    private int _count;

    public Interruption(Action stop)
    {
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];

        void Handle(PosixSignalContext signal)
        {
            signal.Cancel = true;
            if (Interlocked.Increment(ref _count) > 1)
                Environment.Exit(ExitCode.Interrupted);
            stop();
        }
    }

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
    }
}
