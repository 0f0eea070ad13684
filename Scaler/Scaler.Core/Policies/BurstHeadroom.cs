namespace Scaler.Core.Policies;

/// <summary>
/// How much a limit must lie above the mean demand of a container that is held back although its mean demand is below the limit:
/// it wants much for a part of a period and little in the rest. Learned when that happens again and again, forgotten slowly.
/// </summary>
/// <param name="ExtraShares">Headroom beyond the boundary; 0 for most containers.</param>
/// <param name="BurstAt">When it was last held back in this way; null for never.</param>
internal sealed record BurstHeadroom(double ExtraShares, TimeSpan? BurstAt)
{
    /// <summary>Two bursts closer than this may be one rise of demand, seen in two readings.</summary>
    private static readonly TimeSpan OneRise = TimeSpan.FromSeconds(1);

    /// <summary>Bursts further apart are not one load; after this long without, the headroom shrinks by half.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(60);

    /// <summary>Nothing learned.</summary>
    public static BurstHeadroom None { get; } = new(0, null);

    /// <summary>Takes one measurement in.</summary>
    /// <param name="burst">Held back while the mean demand was below the limit.</param>
    /// <param name="unusedShares">How far below.</param>
    /// <param name="boundaryShares">The container's boundary.</param>
    /// <param name="now">When.</param>
    public BurstHeadroom Observe(bool burst, double unusedShares, int boundaryShares, TimeSpan now)
    {
        if (!burst)
        {
            return BurstAt is { } last && now - last >= Memory ? Forget(boundaryShares, now) : this;
        }

        var again = BurstAt is { } before && now - before >= OneRise && now - before < Memory;
        var learned = again ? Math.Max(ExtraShares, unusedShares) : ExtraShares;
        return BurstAt is null || again || now - BurstAt >= Memory ? new BurstHeadroom(learned, now) : this;
    }

    private BurstHeadroom Forget(int boundaryShares, TimeSpan now) =>
        ExtraShares < boundaryShares ? None : new BurstHeadroom(ExtraShares / 2, now);
}
