namespace Scaler.Core.Policies;

/// <summary>
/// How the limit of a container follows its use: a pure function, called several times a second with everything that it may know.
/// </summary>
public interface IScalingPolicy
{
    /// <summary>What registrations call it.</summary>
    string Name { get; }

    /// <summary>Says what the limit should be now.</summary>
    /// <param name="sample">The container's counters now.</param>
    /// <param name="limit">The limit in force and its bounds.</param>
    /// <param name="state">What this policy returned the last time; null for a container that it sees first, or anew.</param>
    /// <param name="now">The same clock as <see cref="CpuSample.At"/>.</param>
    PolicyResult Decide(CpuSample sample, CurrentLimit limit, PolicyState? state, TimeSpan now);
}

/// <summary>The limit that a policy finds.</summary>
/// <param name="Bounds">What it may do.</param>
/// <param name="GrantedShares">The limit in force; below the wanted one while the node is contended.</param>
/// <param name="WantedShares">The limit wanted last.</param>
public sealed record CurrentLimit(ScalingBounds Bounds, int GrantedShares, int WantedShares);

/// <summary>What a policy wants, both within the bounds.</summary>
/// <param name="NeededShares">What the container would use now; served first where the node is contended.</param>
/// <param name="WantedShares">The limit that the policy would set; never less than needed.</param>
/// <param name="Reason">Why, in a few words for people: "throttled", "demand fell"; empty where nothing changed.</param>
public sealed record PolicyDecision(int NeededShares, int WantedShares, string Reason = "");

/// <summary>A decision and what the policy wants to see again.</summary>
public sealed record PolicyResult(PolicyDecision Decision, PolicyState State);

/// <summary>Memory of one policy for one container.</summary>
public abstract record PolicyState;
