namespace Scaler.History;

/// <summary>What a container did in one interval, in 32 bytes: a node may have a thousand containers with hundreds of these each.</summary>
/// <param name="EndMilliseconds">Monotonic time of its end.</param>
/// <param name="IntervalMilliseconds">Its length.</param>
/// <param name="UsedShares">Mean.</param>
/// <param name="LimitShares">Mean.</param>
/// <param name="ThrottledMilliseconds">Sum over the run queues.</param>
/// <param name="MemoryPages">At its end, of 4 KiB; the largest number stands for more.</param>
/// <param name="MemoryLimitPages">The soft limit at its end, likewise.</param>
internal readonly record struct SeriesRow(
    long EndMilliseconds,
    uint IntervalMilliseconds,
    float UsedShares,
    float LimitShares,
    float ThrottledMilliseconds,
    uint MemoryPages,
    uint MemoryLimitPages)
{
    private const long PageBytes = 4096;

    public long StartMilliseconds => EndMilliseconds - IntervalMilliseconds;

    public long MemoryBytes => MemoryPages * PageBytes;

    public long MemoryLimitBytes => MemoryLimitPages * PageBytes;

    public static uint ToPages(long bytes) => (uint)Math.Clamp(bytes / PageBytes, 0, uint.MaxValue);

    /// <summary>Whether nothing was used, and all the rest is as in an interval before in which nothing was used either.</summary>
    public bool IsQuietLike(SeriesRow before) =>
        UsedShares == 0 && this with { EndMilliseconds = before.EndMilliseconds, IntervalMilliseconds = before.IntervalMilliseconds } == before;

    /// <summary>This interval and the one after it as one.</summary>
    public SeriesRow Join(SeriesRow next)
    {
        var interval = IntervalMilliseconds + next.IntervalMilliseconds;
        var part = interval == 0 ? 1 : (float)next.IntervalMilliseconds / interval;
        return next with
        {
            IntervalMilliseconds = interval,
            UsedShares = UsedShares + (part * (next.UsedShares - UsedShares)),
            LimitShares = LimitShares + (part * (next.LimitShares - LimitShares)),
            ThrottledMilliseconds = ThrottledMilliseconds + next.ThrottledMilliseconds,
        };
    }
}
