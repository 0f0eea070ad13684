namespace ContainerManager.Core.Caps;

/// <summary>What CPU time costs: 1 GRC is 1e8 halfords and buys N vcore-seconds of 1e6 µs, so a microsecond costs 100 / N halfords.</summary>
public static class CpuPrice
{
    private const int HalfordsPerMicrosecondAtRateOne = 100;

    /// <summary>The cost in halfords, rounded down.</summary>
    /// <param name="microseconds">CPU time.</param>
    /// <param name="vcoreSecondsPerGrc">The price, at least 1.</param>
    public static long Halfords(long microseconds, long vcoreSecondsPerGrc)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vcoreSecondsPerGrc, 1);
        return (long)Int128.Min(long.MaxValue, (Int128)microseconds * HalfordsPerMicrosecondAtRateOne / vcoreSecondsPerGrc);
    }

    /// <summary>The least CPU time, in microseconds, that costs so much.</summary>
    /// <param name="halfords">The cost, at least 0.</param>
    /// <param name="vcoreSecondsPerGrc">The price, at least 1.</param>
    public static long Microseconds(long halfords, long vcoreSecondsPerGrc)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(halfords);
        ArgumentOutOfRangeException.ThrowIfLessThan(vcoreSecondsPerGrc, 1);
        var needed = ((Int128)halfords * vcoreSecondsPerGrc) + HalfordsPerMicrosecondAtRateOne - 1;
        return (long)Int128.Min(long.MaxValue, needed / HalfordsPerMicrosecondAtRateOne);
    }
}
