namespace Scaler.Core;

/// <summary>
/// Shares (100 = one core) as the kernel's bandwidth control writes them: microseconds of CPU time per period. One share of the
/// period used here is 1,000 µs, which is also the least quota that the kernel takes (min_cfs_quota_period, kernel/sched/core.c).
/// </summary>
public static class CpuQuota
{
    /// <summary>Length of a period; the kernel's own default.</summary>
    public const long PeriodMicroseconds = 100_000;

    /// <summary>Shares of one core.</summary>
    public const int SharesPerCore = 100;

    /// <summary>The kernel cannot limit to less.</summary>
    public const int LeastShares = 1;

    /// <summary>The quota of a limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than <see cref="LeastShares"/>.</exception>
    public static long ToQuotaMicroseconds(int shares)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shares, LeastShares);
        return shares * (PeriodMicroseconds / SharesPerCore);
    }

    /// <summary>The limit that a quota stands for, whatever its period; rounded up, and at least <see cref="LeastShares"/>.</summary>
    public static int ToShares(long quotaMicroseconds, long periodMicroseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(periodMicroseconds);
        var shares = ((decimal)quotaMicroseconds * SharesPerCore / periodMicroseconds);
        return (int)Math.Clamp(Math.Ceiling(shares), LeastShares, int.MaxValue);
    }
}
