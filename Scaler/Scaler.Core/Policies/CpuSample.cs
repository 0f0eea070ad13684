namespace Scaler.Core.Policies;

/// <summary>Cumulative CPU counters of one container at one moment.</summary>
/// <param name="At">Monotonic time of the reading, since any fixed moment; no wall clock, so that no change of it matters.</param>
/// <param name="UsageMicroseconds">CPU time used.</param>
/// <param name="ThrottledMicroseconds">Time that its run queues, one per CPU, were held back by the limit.</param>
/// <param name="ThrottledPeriods">Periods in which it was held back at all.</param>
public sealed record CpuSample(TimeSpan At, long UsageMicroseconds, long ThrottledMicroseconds, long ThrottledPeriods)
{
    /// <summary>CPU used since <paramref name="earlier"/>, in shares.</summary>
    public double UsedSharesSince(CpuSample earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return SharesOf(UsageMicroseconds - earlier.UsageMicroseconds, At - earlier.At);
    }

    /// <summary>CPU that was wanted and withheld since <paramref name="earlier"/>, in shares.</summary>
    public double WithheldSharesSince(CpuSample earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return SharesOf(ThrottledMicroseconds - earlier.ThrottledMicroseconds, At - earlier.At);
    }

    private static double SharesOf(long microseconds, TimeSpan elapsed) =>
        elapsed <= TimeSpan.Zero ? 0 : Math.Max(0, microseconds) * (double)CpuQuota.SharesPerCore / elapsed.TotalMicroseconds;
}
