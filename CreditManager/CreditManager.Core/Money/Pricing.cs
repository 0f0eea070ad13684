namespace CreditManager.Core.Money;

/// <summary>
/// The price of CPU time and memory. Only cumulative counters are priced and charges are differences of such prices, so that the
/// rounding of one charge is made good by the next and never accumulates.
/// </summary>
public static class Pricing
{
    private const long MicrosecondsPerSecond = 1_000_000;
    private const long BytesPerGib = 1L << 30;

    /// <summary>Halfords per microsecond at one vcore-second per GRC; the tariff divides it.</summary>
    private const long HalfordsPerMicrosecond = GrcAmount.HalfordsPerGrc / MicrosecondsPerSecond;

    /// <summary>What a counter of <paramref name="microseconds"/> costs since zero, rounded down to whole halfords.</summary>
    /// <param name="microseconds">At least 0.</param>
    /// <param name="vcoreSecondsPerGrc">At least 1.</param>
    public static GrcAmount Of(long microseconds, long vcoreSecondsPerGrc)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(microseconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(vcoreSecondsPerGrc, 1);
        return new GrcAmount(checked((long)((Int128)microseconds * HalfordsPerMicrosecond / vcoreSecondsPerGrc)));
    }

    /// <summary>What a memory counter costs since zero, rounded down to whole halfords.</summary>
    /// <param name="byteSeconds">At least 0.</param>
    /// <param name="gibSecondsPerGrc">At least 1; null where memory costs nothing.</param>
    public static GrcAmount OfMemory(long byteSeconds, long? gibSecondsPerGrc)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteSeconds);
        if (gibSecondsPerGrc is not { } perGrc)
        {
            return GrcAmount.Zero;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(perGrc, 1, nameof(gibSecondsPerGrc));
        return new GrcAmount(checked((long)((Int128)byteSeconds * GrcAmount.HalfordsPerGrc / ((Int128)BytesPerGib * perGrc))));
    }

    /// <summary>CPU time in microseconds that <paramref name="balance"/> still buys; 0 in debt.</summary>
    public static long Affordable(GrcAmount balance, long vcoreSecondsPerGrc)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vcoreSecondsPerGrc, 1);
        var microseconds = (Int128)Math.Max(balance.Halfords, 0) * vcoreSecondsPerGrc / HalfordsPerMicrosecond;
        return (long)Int128.Min(microseconds, long.MaxValue);
    }
}
