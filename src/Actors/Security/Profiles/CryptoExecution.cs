using System.Collections.Concurrent;

namespace Actors.Security.Profiles;

/// <summary>
/// Executes what is charged for, so that wall time shows it and errors surface. Results do not depend on it: virtual time comes
/// from a table. For use by any number of threads; each works with keys of its own.
/// </summary>
public sealed class CryptoExecution
{
    private const ulong Seed = 1;
    private static readonly ConcurrentDictionary<CryptoProfile, CryptoExecution> Known = new();
    private readonly IReadOnlyDictionary<CryptoOperation, string> _computations;
    private readonly Pool _ofProfile;
    private readonly Pool _ofKeyTransport;

    private CryptoExecution(CryptoProfile profile)
    {
        _computations = CryptoCosts.Measured(profile);
        _ofProfile = new Pool(profile);
        _ofKeyTransport = new Pool(CryptoProfile.KeyTransport);
    }

    /// <summary>That of a profile, the same at each call: making keys may take seconds.</summary>
    public static CryptoExecution Of(CryptoProfile profile) => Known.GetOrAdd(profile, known => new CryptoExecution(known));

    /// <summary>Executes an operation, or its parts one after another; what no table knows takes no computation.</summary>
    /// <exception cref="InvalidOperationException">The computation did not give what it must.</exception>
    public void Execute(CryptoOperation operation)
    {
        foreach (var part in operation.Parts)
            Execute(part);
        if (_computations.TryGetValue(operation, out var name) && !_ofProfile.TryExecute(name) && !_ofKeyTransport.TryExecute(name))
            throw new InvalidOperationException($"{operation} is charged for as {name}, which cannot be executed");
    }

    /// <summary>Workloads that nobody uses at the moment.</summary>
    private sealed class Pool(CryptoProfile profile)
    {
        private readonly ConcurrentBag<CryptoWorkload> _idle = [];

        public bool TryExecute(string name)
        {
            if (!_idle.TryTake(out var workload))
                workload = new CryptoWorkload(Seed, profile);
            var isKnown = workload.Execute(name);
            _idle.Add(workload);
            return isKnown;
        }
    }
}
