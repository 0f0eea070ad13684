namespace Scaler.Core.Containers;

/// <summary>A counter that never goes back, fed by one that may: somebody may set the kernel's to zero, or make the cgroup anew.</summary>
/// <param name="Total">What has been counted.</param>
/// <param name="Raw">What the kernel's counter showed last.</param>
public sealed record CumulativeCounter(long Total, long Raw)
{
    /// <summary>Nothing counted yet, from a counter that is at zero.</summary>
    public static CumulativeCounter Zero { get; } = new(0, 0);

    /// <summary>Takes a reading in; one below the last started from zero in between.</summary>
    public CumulativeCounter Advance(long raw)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(raw);
        return new CumulativeCounter(Total + (raw >= Raw ? raw - Raw : raw), raw);
    }
}
