namespace Scaler.Core.Containers;

/// <summary>A counter that never goes back, fed by one that may: somebody may set the kernel's to zero, or make the cgroup anew.</summary>
/// <param name="Total">What has been counted.</param>
/// <param name="Raw">What the kernel's counter showed last.</param>
public sealed record CumulativeCounter(long Total, long Raw)
{
    /// <summary>
    /// In microseconds. A fall this small is no new start but two per-CPU sums read in another order; taken for a new start it would
    /// bill everything twice.
    /// </summary>
    private const long Unrest = 100_000;

    /// <summary>Nothing counted yet, from a counter that is at zero.</summary>
    public static CumulativeCounter Zero { get; } = new(0, 0);

    /// <summary>Takes a reading in; one far below the last started from zero in between, one a little below is passed over.</summary>
    public CumulativeCounter Advance(long raw)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(raw);
        return raw >= Raw ? new CumulativeCounter(Total + (raw - Raw), raw)
            : Raw - raw <= Unrest ? this
            : new CumulativeCounter(Total + raw, raw);
    }
}
