namespace Scaler.Core.Policies;

/// <summary>
/// The limit that a container needs which is held back although its mean demand is below the limit: it wants much for a part of a second
/// and little in the rest. Learned when that happens again, forgotten when it has not happened for long or when the load has become another.
/// </summary>
/// <param name="LevelShares">The limit that its bursts need.</param>
/// <param name="MeanShares">Its mean demand then.</param>
/// <param name="SeenAt">When it was last held back in this way; null for never.</param>
/// <param name="IsKnown">Whether it happened more than once.</param>
internal sealed record BurstMemory(double LevelShares, double MeanShares, TimeSpan? SeenAt, bool IsKnown)
{
    /// <summary>Two bursts closer than this may be one rise of demand, seen in two readings.</summary>
    private static readonly TimeSpan OneRise = TimeSpan.FromSeconds(1);

    /// <summary>Bursts further apart are not one load; after this long without, one more is wanted before the limit is held for them again.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(60);

    /// <summary>A load whose mean demand has fallen below this part of what it was is another load.</summary>
    private const double SameLoad = 2.0 / 3;

    /// <summary>Nothing learned.</summary>
    public static BurstMemory None { get; } = new(0, 0, null, IsKnown: false);

    /// <summary>Takes one measurement in.</summary>
    public BurstMemory Observe(Measurement measured, TimeSpan now)
    {
        if (!measured.IsBurst)
        {
            return SeenAt is { } last && now - last >= Memory ? Fade(now) : this;
        }

        var told = measured.UntoldPeriods == 0 ? measured.ProbeShares : 0;
        if (SeenAt is not { } seen || now - seen >= Memory)
        {
            return new BurstMemory(told, measured.MeanShares, now, IsKnown: false);
        }

        var level = Math.Max(LevelShares, told);
        return now - seen < OneRise ? this with { LevelShares = level } : new BurstMemory(level, measured.MeanShares, now, IsKnown: true);
    }

    /// <summary>The limit to hold for bursts; 0 where none are known, or the mean demand is no longer about what it was then.</summary>
    public double LevelAt(double peakShares) => IsKnown && peakShares >= MeanShares * SameLoad ? LevelShares : 0;

    private BurstMemory Fade(TimeSpan now) => IsKnown ? this with { SeenAt = now, IsKnown = false } : None;
}
