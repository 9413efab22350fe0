using Actors.Security;
using Actors.Security.Profiles;

namespace Experiments.Plans;

/// <summary>Where the virtual time of computations comes from.</summary>
public enum CostModel
{
    /// <summary>From t_s, t_v and t_RSA (assumption A4).</summary>
    Paper,

    /// <summary>From a table that was measured.</summary>
    Calibrated,

    /// <summary>From the same table, and each computation is executed too.</summary>
    Real,
}

/// <summary>What cryptography costs in virtual time, and in bytes.</summary>
/// <param name="Sign">t_s of the paper's model: one identity-based signature.</param>
/// <param name="Verify">t_v: one identity-based verification.</param>
/// <param name="Rsa">t_RSA: one RSA signature and its verification together.</param>
/// <param name="SignatureShare">The signature's part of t_RSA, 0 to 1.</param>
public sealed record CryptoPlan(TimeSpan Sign, TimeSpan Verify, TimeSpan Rsa, double SignatureShare)
{
    public CostModel Cost { get; init; }

    /// <summary>
    /// A name of <see cref="CryptoProfile.All"/>, whose algorithms decide the bytes of messages and, with a measured table, their
    /// time; null for the paper's messages, with its cost model only.
    /// </summary>
    public string? Profile { get; init; }

    /// <summary>Null with the paper's cost model.</summary>
    public CostTable? Table { get; init; }

    /// <summary>The table that is charged from.</summary>
    public CryptoCosts Costs() => Table is null
        ? CryptoCosts.Paper(Sign, Verify, Rsa, SignatureShare)
        : Table.Costs(CryptoProfile.Find(Profile!)!);
}

/// <summary>A table that was measured.</summary>
/// <param name="Source">Rooted path of its file, or <see cref="Reference"/>.</param>
/// <param name="Provider">Libraries that did the computations.</param>
/// <param name="Processor">On which they were measured.</param>
/// <param name="Medians">In order of the computations' names.</param>
public sealed record CostTable(string Source, string Provider, string Processor, ValueList<ComputationTime> Medians)
{
    /// <summary>The source of the table that the product brings.</summary>
    public const string Reference = "reference";

    /// <summary>The costs for nodes of a profile.</summary>
    public CryptoCosts Costs(CryptoProfile profile) =>
        CryptoCosts.Calibrated(Medians.ToDictionary(entry => entry.Computation, entry => entry.Time), profile);
}

/// <summary>Time of one computation.</summary>
public sealed record ComputationTime(string Computation, TimeSpan Time);
