using System.Globalization;
using CreditManager.Core.Spending;
using CreditManager.Core.Standings;

namespace CreditManager.Standings;

/// <summary>A user's standing in words, for the user.</summary>
internal static class StandingReason
{
    /// <param name="position">How the user stands.</param>
    /// <param name="mustAbort">Whether the grace is over.</param>
    /// <param name="grace">How long containers stay frozen.</param>
    /// <param name="runway">How many seconds the balance lasts; null where nothing is being spent.</param>
    public static string Of(UserPosition position, bool mustAbort, TimeSpan grace, long? runway)
    {
        var needed = position.Decision.Needed;
        var money = position.Decision.Standing switch
        {
            CreditStanding.Normal => $"{position.Balance} GRC left{Lasting(runway)}",
            CreditStanding.Low when position.Decision.MayStart || needed.Halfords == 0 => $"low: {position.Balance} GRC left{Lasting(runway)}",
            CreditStanding.Low => $"low: {position.Balance} GRC left, {needed} GRC needed for new tasks{Lasting(runway)}",
            CreditStanding.Indebted when position.Balance.Halfords == 0 => $"no coins left: {needed} GRC needed; running tasks are slowed down",
            CreditStanding.Indebted => $"in debt: {needed} GRC needed; running tasks are slowed down",
            CreditStanding.Exhausted => $"at the debt limit: {needed} GRC needed; {Fate(position, mustAbort, grace)}",
            _ => throw new ArgumentOutOfRangeException(nameof(position), position.Decision.Standing, null),
        };
        return position.User.Active ? money : $"the user is not active: nothing new starts; {money}";
    }

    private static string Lasting(long? runway) => runway is { } seconds ? $"; funds last {Runway.Words(seconds)} at the present rate" : "";

    private static string Fate(UserPosition position, bool mustAbort, TimeSpan grace)
    {
        var left = grace - (position.User.Exhausted ?? TimeSpan.Zero);
        return mustAbort
            ? "running tasks are stopped and returned to input"
            : string.Create(CultureInfo.InvariantCulture, $"running tasks are frozen and will be stopped in {Math.Ceiling(left.TotalSeconds)} s");
    }
}
