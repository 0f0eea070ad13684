namespace Scaler.Core.Memory;

/// <summary>The memory policies there are, by name, and what holds for all of them.</summary>
public static class MemoryPolicies
{
    /// <summary>Limits are whole pages, of any size that a kernel has; changes smaller than this are none.</summary>
    public const long Grain = 1L << 20;

    private static readonly IMemoryPolicy[] All = [new TrackingMemoryPolicy(), new RulesMemoryPolicy(), new FixedMemoryPolicy()];

    /// <summary>Names; the same as those of <see cref="Policies.ScalingPolicies"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(p => p.Name)];

    /// <summary>The memory policy that goes with a CPU policy; one without its own has its limit at the maximum.</summary>
    public static IMemoryPolicy Of(string? policy) => Array.Find(All, p => p.Name == policy) ?? All[^1];

    /// <summary>
    /// Asks a policy and holds the answer to what is safe: never below what is resident, nor outside the bounds, of which the maximum
    /// is the last word.
    /// </summary>
    public static MemoryResult Decide(IMemoryPolicy policy, MemorySample sample, MemoryLimit limit, MemoryState? state)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(limit);
        var result = policy.Decide(sample, limit, state);
        var bytes = Hold(result.LimitBytes, sample.ResidentBytes, limit);
        return result with { LimitBytes = bytes, Reason = bytes == limit.Bytes ? "" : result.Reason };
    }

    private static long Hold(long bytes, long residentBytes, MemoryLimit limit)
    {
        var least = Math.Max(limit.MinBytes, RoundUp(residentBytes));
        return Math.Min(Math.Max(RoundUp(bytes), least), limit.MaxBytes);
    }

    private static long RoundUp(long bytes) => (Math.Min(bytes, long.MaxValue - Grain) + Grain - 1) / Grain * Grain;
}
