using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Akka.Actor;
using Experiments.Results;

namespace Experiments.Cluster.Protocol;

/// <summary>What two members must have in common to give the same bytes.</summary>
/// <param name="Version">Of the laboratory, with the commit that it was built from where that is known.</param>
/// <param name="Engine">Version of the engine's semantics.</param>
/// <param name="Packages">What computes beside the laboratory: <c>Akka 1.5.74</c> and so on, by name.</param>
/// <param name="Arithmetic">Of <see cref="ArithmeticOfThisMachine"/>.</param>
internal sealed record MemberFacts(int Protocol, string Version, string Engine, IReadOnlyList<string> Packages, string Arithmetic)
{
    /// <summary>Raised with every change of a message's bytes.</summary>
    public const int ProtocolVersion = 5;

    private const int Probes = 4096;

    /// <param name="pretended">A version to claim instead of the real one; null for none.</param>
    public static MemberFacts OfThisProcess(string engine, string? pretended)
    {
        var (version, commit) = Provenance.Split(InformationalVersion(typeof(MemberFacts).Assembly));
        return new MemberFacts(
            ProtocolVersion,
            pretended ?? (commit is null ? version : $"{version}+{commit}"),
            engine,
            [.. new[] { typeof(ActorSystem), typeof(Akka.Cluster.Cluster), typeof(MathNet.Numerics.Constants) }.Select(Package)],
            ArithmeticOfThisMachine());
    }

    /// <summary>What keeps a member with other facts out, with both sides' values; null for nothing.</summary>
    /// <param name="who">Who is let in or not.</param>
    public string? Obstacle(MemberFacts other, string who)
    {
        foreach (var (what, ours, theirs) in (ReadOnlySpan<(string, string, string)>)
            [
                ("cluster protocol", $"{Protocol}", $"{other.Protocol}"),
                ("version of the laboratory", Version, other.Version),
                ("engine semantics", Engine, other.Engine),
                ("packages", string.Join(", ", Packages), string.Join(", ", other.Packages)),
                ("arithmetic of its mathematical library", Arithmetic, other.Arithmetic),
            ])
        {
            if (ours != theirs)
                return $"{who} has {what} {theirs}, the cluster has {ours}. Run the same build on all members.";
        }

        return null;
    }

    /// <summary>
    /// Hash over what logarithms, exponentials and their kin give for fixed arguments: mathematical libraries differ in last bits,
    /// and with them draws of random delays.
    /// </summary>
    private static string ArithmeticOfThisMachine()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < Probes; i++)
        {
            var x = (i + 0.5) / Probes;
            ReadOnlySpan<double> values = [Math.Log(x), Math.Exp(20 * x), Math.Pow(x, 1.7), Math.Sin(40 * x), Math.Cos(40 * x), Math.Sqrt(x), Math.Cbrt(x)];
            hash.AppendData(MemoryMarshal.AsBytes(values));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    }

    private static string Package(Type type) => $"{type.Assembly.GetName().Name} {Provenance.Split(InformationalVersion(type.Assembly)).Version}";

    private static string InformationalVersion(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version!.ToString();
}
