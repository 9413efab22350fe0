namespace Topology.Plans;

/// <summary>A reason why a network cannot run, as a value; <see cref="ToString"/> is the line a user reads after the place.</summary>
/// <param name="Code">HO3xxx, stable.</param>
/// <param name="Subject">Name of the node, link (`from>to`) or domain at fault, for the caller to find its place in a file.</param>
/// <param name="What">What is wrong, without a full stop.</param>
/// <param name="Remedy">What to do about it, a sentence.</param>
public sealed record PlanError(string Code, string Subject, string What, string Remedy)
{
    public override string ToString() => $"{Code} {What}. {Remedy}";
}

/// <summary>A plan that may run, or every reason why not.</summary>
/// <param name="Plan">Null exactly when there are errors.</param>
public sealed record PlanResult(NetworkPlan? Plan, IReadOnlyList<PlanError> Errors);
