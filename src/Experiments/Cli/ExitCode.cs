namespace Experiments.Cli;

/// <summary>How a command ended, for scripts.</summary>
public static class ExitCode
{
    public const int Success = 0;
    public const int InternalError = 1;

    /// <summary>The command line, a file or a folder is not what it should be.</summary>
    public const int Usage = 2;

    /// <summary>Results are valid, but their intervals are wider than asked for.</summary>
    public const int PrecisionNotReached = 3;
    public const int ExpectationFailed = 4;
    public const int ReplicationsFailed = 5;

    /// <summary>The cluster cannot go on; what was computed is kept, and running it again goes on.</summary>
    public const int QuorumLost = 7;

    /// <summary>Stopped by the user; running it again goes on.</summary>
    public const int Interrupted = 130;
}

/// <summary>Something the user can mend; the message is the whole line.</summary>
public sealed class UsageException(string message) : Exception(message);
