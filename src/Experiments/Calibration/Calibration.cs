using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using Actors.Security.Profiles;
using Experiments.Results;

namespace Experiments.Calibration;

/// <summary>Measures the computations of a workload on this machine.</summary>
public static class Calibration
{
    /// <summary>Fewer rounds give no quartiles worth the name.</summary>
    public const int LeastRounds = 5;

    private const ulong Seed = 1;
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(250);

    /// <summary>A round repeats a short computation for so long: the clock's resolution and a call cost do not show.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(1);

    /// <summary>Measures everything that nodes of any profile may be charged for; takes about a minute.</summary>
    /// <param name="progress">Told each computation before it is measured, with its number from 1 and how many there are.</param>
    public static CalibrationTable Measure(int rounds, Action<string, int, int> progress)
    {
        var names = CalibrationTable.OperationNames;
        progress("keys", 0, names.Count);
        var workload = new CryptoWorkload(Seed);
        var timings = new Dictionary<string, OperationTiming>();
        foreach (var name in names)
        {
            progress(name, timings.Count + 1, names.Count);
            timings.Add(name, Time(() => workload.Execute(name), rounds, WarmUp));
        }

        var machine = Provenance.OfThisRun("calibrate", Seed, []);
        return new CalibrationTable(Provider(), machine.Processor, machine.OperatingSystem, machine.DotNet, rounds, timings);
    }

    /// <summary>Times one computation, after a warm-up that lets the compiler finish.</summary>
    internal static OperationTiming Time(Action computation, int rounds, TimeSpan warmUp)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, LeastRounds);
        var executions = 0;
        var clock = Stopwatch.StartNew();
        do
        {
            computation();
            executions++;
        }
        while (clock.Elapsed < warmUp);

        var repeats = Math.Max(1, (int)Math.Ceiling(Round / (clock.Elapsed / executions)));
        var roundsUs = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < repeats; i++)
                computation();
            roundsUs[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / repeats;
        }

        return OperationTiming.Of(roundsUs);
    }

    private static string Provider()
    {
        // Its assembly version stands still; the informational one is the package's, before a hash.
        var bouncyCastle = Assembly.Load("BouncyCastle.Cryptography").GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
            .InformationalVersion.Split('+')[0];
        var platform = OperatingSystem.IsLinux() ? OpenSsl(SafeEvpPKeyHandle.OpenSslVersion) : "the platform's own";
        return $".NET over {platform}: RSA, ECDSA verification, AES; BouncyCastle {bouncyCastle}: the rest";
    }

    /// <summary>The number is 0xMNN00PP0 since version 3: major, minor, patch.</summary>
    private static string OpenSsl(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"OpenSSL {number >> 28}.{number >> 20 & 0xFF}.{number >> 4 & 0xFF}");
}
