namespace ContainerManager.Core.Caps;

/// <summary>How far a task with a cap has come.</summary>
/// <param name="CapHalfords">The most that it may cost, over all its attempts.</param>
/// <param name="Microseconds">CPU time of all its attempts so far.</param>
/// <param name="VcoreSecondsPerGrc">The price in force.</param>
/// <param name="MaxShares">The most CPU that it can get, in shares.</param>
public sealed record CapProgress(long CapHalfords, long Microseconds, long VcoreSecondsPerGrc, int MaxShares);

/// <summary>Decides when a task has cost as much as it may, and when to look again.</summary>
public static class CapRules
{
    private const int SharesPerCore = 100;

    /// <summary>The longest time between two looks.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>The shortest: a look costs the node some hundred microseconds.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether the task must stop.</summary>
    public static bool IsReached(CapProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return CpuPrice.Halfords(progress.Microseconds, progress.VcoreSecondsPerGrc) >= progress.CapHalfords;
    }

    /// <summary>
    /// The time after which the cap may be reached at the earliest, within the bounds: so a task goes beyond its cap by hardly more than
    /// it can use in the shortest time between two looks.
    /// </summary>
    public static TimeSpan NextLook(CapProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var left = CpuPrice.Microseconds(progress.CapHalfords, progress.VcoreSecondsPerGrc) - progress.Microseconds;
        var earliest = (Int128)left * SharesPerCore / Math.Max(1, progress.MaxShares);
        return TimeSpan.FromMicroseconds((long)Int128.Clamp(earliest, (Int128)Shortest.TotalMicroseconds, (Int128)Longest.TotalMicroseconds));
    }
}
