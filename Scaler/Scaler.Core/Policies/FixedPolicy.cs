namespace Scaler.Core.Policies;

/// <summary>Leaves the limit where it was set: the classic cloud, for comparison.</summary>
public sealed class FixedPolicy : IScalingPolicy
{
    /// <inheritdoc/>
    public string Name => "fixed";

    /// <inheritdoc/>
    public PolicyResult Decide(CpuSample sample, CurrentLimit limit, PolicyState? state, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(limit);
        var shares = limit.Bounds.Clamp(limit.WantedShares);
        return new PolicyResult(new PolicyDecision(shares, shares, shares == limit.WantedShares ? "" : "bounds changed"), state ?? new Nothing());
    }

    private sealed record Nothing : PolicyState;
}
