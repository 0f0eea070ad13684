namespace Scaler.Core.Policies;

/// <summary>What a policy may do with a limit, in shares (100 = one core).</summary>
/// <param name="MinShares">The limit never goes below.</param>
/// <param name="MaxShares">The limit never goes above.</param>
/// <param name="BoundaryShares">Distance that limit and usage should keep.</param>
/// <param name="StepShares">What an `up` of the rule set adds.</param>
public sealed record ScalingBounds(int MinShares, int MaxShares, int BoundaryShares, int StepShares = 75)
{
    /// <summary>The least limit that can be set: the kernel knows none below one share.</summary>
    public int FloorShares => Math.Min(Math.Max(MinShares, CpuQuota.LeastShares), CeilingShares);

    /// <summary>The greatest limit that can be set.</summary>
    public int CeilingShares => Math.Max(MaxShares, CpuQuota.LeastShares);

    /// <summary>The nearest limit that may be set.</summary>
    public int Clamp(double shares) => (int)Math.Clamp(Math.Ceiling(shares), FloorShares, CeilingShares);
}
