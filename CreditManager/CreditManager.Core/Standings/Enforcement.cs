namespace CreditManager.Core.Standings;

/// <summary>What a node says of a container.</summary>
/// <param name="MinShares">Lower bound of its limit.</param>
/// <param name="BoundaryShares">Its boundary.</param>
/// <param name="RestrictionShares">The restriction in force; null where there is none.</param>
/// <param name="Frozen">Whether it is frozen.</param>
public sealed record ContainerFlags(int MinShares, int BoundaryShares, int? RestrictionShares, bool Frozen);

/// <summary>What to change on a node so that a container is as its user's standing wants it.</summary>
/// <param name="Restrict">The restriction to set; null for none to set.</param>
/// <param name="Lift">Whether to lift the restriction.</param>
/// <param name="Freeze">Whether to freeze.</param>
/// <param name="Thaw">Whether to thaw.</param>
public sealed record EnforcementSteps(int? Restrict, bool Lift, bool Freeze, bool Thaw)
{
    /// <summary>Whether anything is to be done.</summary>
    public bool Any => Restrict is not null || Lift || Freeze || Thaw;
}

/// <summary>Compares what is with what should be, so that a missed or undone step is repeated in the next cycle.</summary>
public static class Enforcement
{
    /// <summary>
    /// The restriction that a Scaler takes: none above the container's maximum, and a small container's may lie below min + 2×boundary.
    /// </summary>
    public static int Possible(int shares, int maxShares) => Math.Min(shares, Math.Max(maxShares, 1));

    /// <summary>The steps for one container.</summary>
    public static EnforcementSteps Plan(CreditStanding standing, ContainerFlags flags)
    {
        ArgumentNullException.ThrowIfNull(flags);
        var restricted = standing is CreditStanding.Indebted or CreditStanding.Exhausted;
        var frozen = standing == CreditStanding.Exhausted;
        var shares = StandingRules.RestrictionShares(flags.MinShares, flags.BoundaryShares);
        return new EnforcementSteps(
            restricted && flags.RestrictionShares != shares ? shares : null,
            !restricted && flags.RestrictionShares is not null,
            frozen && !flags.Frozen,
            !frozen && flags.Frozen);
    }
}
