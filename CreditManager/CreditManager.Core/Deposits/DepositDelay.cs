namespace CreditManager.Core.Deposits;

/// <summary>How long coins sent over the chain take until they can be spent, from 750 measured deposits.</summary>
public static class DepositDelay
{
    /// <summary>Seconds within which such a share of the measured deposits arrived; evenly spread in between.</summary>
    private static readonly (double Share, double Seconds)[] Measured =
        [(0, 0), (0.25, 35), (0.5, 75), (0.75, 130), (0.9, 215), (1, 740)];

    /// <summary>
    /// How long it will probably still take: the median of what remained for those of the measured deposits that took longer
    /// than this one has waited.
    /// </summary>
    /// <param name="waited">Time since it was first seen; less than nothing, by a clock that was set, counts as nothing.</param>
    /// <returns>Whole seconds, at least 1; null where it has waited longer than every measured one, so that nothing is known.</returns>
    public static int? ExpectedSeconds(TimeSpan waited)
    {
        var seconds = Math.Max(waited.TotalSeconds, 0);
        if (seconds >= Measured[^1].Seconds)
        {
            return null;
        }

        var arrived = Interpolate(seconds, p => p.Seconds, p => p.Share);
        var median = Interpolate((1 + arrived) / 2, p => p.Share, p => p.Seconds);
        return Math.Max((int)Math.Round(median - seconds, MidpointRounding.AwayFromZero), 1);
    }

    /// <summary>Within which time such a part of the measured deposits arrived.</summary>
    /// <param name="share">At least 0, less than 1.</param>
    public static TimeSpan AtShare(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);
        return TimeSpan.FromMilliseconds((long)(Interpolate(share, p => p.Share, p => p.Seconds) * 1000));
    }

    private static double Interpolate(
        double at, Func<(double Share, double Seconds), double> from, Func<(double Share, double Seconds), double> to)
    {
        var next = Array.FindIndex(Measured, p => from(p) > at);
        var (low, high) = (Measured[next - 1], Measured[next]);
        return to(low) + ((to(high) - to(low)) * (at - from(low)) / (from(high) - from(low)));
    }
}
