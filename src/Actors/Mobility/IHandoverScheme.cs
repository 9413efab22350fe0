using Actors.Network;
using Actors.Observation;
using Topology.Plans;

namespace Actors.Mobility;

/// <summary>
/// One handover scheme: one folder under Schemes, or one class library of a user's. Implementations are stateless and have
/// a public parameterless constructor, by which <see cref="HandoverSchemes"/> finds them.
/// </summary>
public interface IHandoverScheme
{
    /// <summary>As experiment files name it: lower case with hyphens.</summary>
    string Name { get; }

    /// <summary>As figures name it.</summary>
    string Title { get; }

    /// <summary>The one scheme whose code this one may use; null for none.</summary>
    string? Parent { get; }

    /// <summary>RFC, paper or reading that defines it.</summary>
    string Source { get; }

    /// <summary>Raised whenever results may change, so that stored cells are computed anew.</summary>
    int Version { get; }

    /// <summary>Roles that a network must hold for this scheme, besides mobile nodes and access routers; servers of visited networks once in each domain.</summary>
    IReadOnlyList<NodeRole> RequiredRoles => [];

    /// <summary>
    /// Whether its previous router caches what comes for a mobile node that leaves, as the paper's step (5) has it: where only such schemes
    /// hold packets back, the others do not.
    /// </summary>
    bool CachesByThePaper => false;

    IReadOnlyList<SchemeOption> Options { get; }

    /// <summary>The machine of a node, by its role; null for a node that only forwards.</summary>
    RoleMachine? CreateMachine(RoleContext context);

    /// <summary>The phases that each handover is measured by, in the order of tables.</summary>
    IReadOnlyList<Phase> Phases { get; }

    /// <summary>Names of the phases whose durations add up to `total`, the paper's sum of the signalling steps, under default options.</summary>
    IReadOnlyList<string> TotalPhases { get; }

    /// <summary><see cref="TotalPhases"/> where options decide what counts; by default they do not.</summary>
    IReadOnlyList<string> TotalPhasesUnder(SchemeOptions options) => TotalPhases;

    /// <summary>The closed form; never read by the simulation.</summary>
    DelayModel Delays(SchemeOptions options);
}
