using System.Globalization;
using CreditManager.Core.Money;

namespace CreditManager.Core.Spending;

/// <summary>How long funds last.</summary>
public static class Runway
{
    private const long SecondsPerHour = 3600;
    private const long Minute = 60;
    private const long Hour = 3600;
    private const long Day = 86_400;
    private const long MostDays = 9_999;

    /// <summary>Whole seconds that <paramref name="balance"/> lasts; 0 in debt, null where nothing is being spent or that is not known.</summary>
    /// <param name="balance">What there is.</param>
    /// <param name="perHour">What is spent in an hour; null where that is not known.</param>
    public static long? Seconds(GrcAmount balance, GrcAmount? perHour)
    {
        if (balance <= GrcAmount.Zero)
        {
            return 0;
        }

        return perHour is { } rate && rate > GrcAmount.Zero
            ? (long)Int128.Min((Int128)balance.Halfords * SecondsPerHour / rate.Halfords, long.MaxValue)
            : null;
    }

    /// <summary>For people, rounded down to a unit that says enough: <c>95 s</c>, <c>14 min</c>, <c>30 h</c>, <c>12 days</c>.</summary>
    /// <param name="seconds">At least 0.</param>
    public static string Words(long seconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seconds);
        return seconds switch
        {
            < 2 * Minute => Text(seconds, "s"),
            < 2 * Hour => Text(seconds / Minute, "min"),
            < 2 * Day => Text(seconds / Hour, "h"),
            <= MostDays * Day => Text(seconds / Day, "days"),
            _ => "more than " + Text(MostDays, "days"),
        };
    }

    private static string Text(long number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number} {unit}");
}
