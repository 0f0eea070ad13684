namespace CreditManager.Core.Standings;

/// <summary>
/// How long a user has been at the debt limit. It adds up time that passed between cycles instead of comparing wall-clock
/// times, so that a clock set forward aborts nobody and one set back keeps nobody frozen; it is stored between cycles and
/// goes on after a restart.
/// </summary>
public static class FreezeClock
{
    /// <summary>The clock after one more cycle.</summary>
    /// <param name="exhausted">The clock before; null where the user was not at the debt limit.</param>
    /// <param name="standing">The standing now.</param>
    /// <param name="elapsed">Time since the last cycle.</param>
    public static TimeSpan? Tick(TimeSpan? exhausted, CreditStanding standing, TimeSpan elapsed) => standing switch
    {
        CreditStanding.Exhausted => exhausted is { } before ? before + elapsed : TimeSpan.Zero,
        CreditStanding.Normal or CreditStanding.Low or CreditStanding.Indebted => null,
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, null),
    };

    /// <summary>Whether the grace is over and the user's containers must be stopped; a grace of zero is over at once.</summary>
    public static bool MustAbort(CreditStanding standing, TimeSpan? exhausted, TimeSpan grace) =>
        standing == CreditStanding.Exhausted && (exhausted ?? TimeSpan.Zero) >= grace;
}
