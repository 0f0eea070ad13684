namespace Scaler.Contracts;

/// <summary>
/// One row of a container's time series; as CSV the columns are <c>at, interval_seconds, used_shares, limit_shares,
/// throttled_seconds, memory_bytes, memory_limit_bytes</c>. Rows do not overlap; the last 300 are of one cycle each, or of several in
/// which nothing was used; those of the hour before are of 30 s.
/// </summary>
/// <param name="At">End of the interval that the row tells of, UTC.</param>
/// <param name="IntervalSeconds">Its length.</param>
/// <param name="UsedShares">CPU used, mean (100 = one core).</param>
/// <param name="LimitShares">The CPU limit, mean.</param>
/// <param name="ThrottledSeconds">Time its run queues, one per CPU, were held back by the limit.</param>
/// <param name="MemoryBytes">Memory held at the end, to 4 KiB.</param>
/// <param name="MemoryLimitBytes">The soft memory limit at the end, to 4 KiB.</param>
public sealed record SeriesPoint(
    DateTimeOffset At,
    double IntervalSeconds,
    double UsedShares,
    double LimitShares,
    double ThrottledSeconds,
    long MemoryBytes,
    long MemoryLimitBytes);
