using CreditManager.Core.Money;
using CreditManager.Core.Standings;

namespace CreditManager.Core.Alerts;

/// <summary>Why an alert is raised.</summary>
public enum AlertReason
{
    /// <summary>The balance fell to or below a threshold.</summary>
    BalanceBelow,

    /// <summary>The standing changed.</summary>
    StandingChanged,
}

/// <summary>What a user was last told; stored, so that a restart tells nothing twice.</summary>
/// <param name="Standing">The standing.</param>
/// <param name="LowestThreshold">The lowest threshold that the balance is at or below; null where it is above all.</param>
public sealed record AlertState(CreditStanding Standing, GrcAmount? LowestThreshold);

/// <summary>An alert.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Threshold">The threshold; null for a change of standing.</param>
/// <param name="Text">In words.</param>
public sealed record RaisedAlert(AlertReason Reason, GrcAmount? Threshold, string Text);

/// <summary>What a decision leads to.</summary>
/// <param name="State">To remember.</param>
/// <param name="Alerts">To tell.</param>
public sealed record AlertDecision(AlertState State, IReadOnlyList<RaisedAlert> Alerts);

/// <summary>
/// Decides what a user is told. A threshold is told once when the balance comes down to it, and again only after it was above it.
/// </summary>
public static class AlertRules
{
    /// <summary>What to tell now.</summary>
    /// <param name="before">What was told before; null for a user who is seen for the first time: nothing has changed yet.</param>
    /// <param name="user">Who.</param>
    /// <param name="balance">What the user has.</param>
    /// <param name="standing">The standing.</param>
    /// <param name="thresholds">In any order.</param>
    public static AlertDecision Decide(
        AlertState? before, string user, GrcAmount balance, CreditStanding standing, IEnumerable<GrcAmount> thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        var reached = thresholds.Where(t => balance <= t).Distinct().OrderDescending().ToList();
        var state = new AlertState(standing, reached.Count > 0 ? reached[^1] : null);
        if (before is null)
        {
            return new AlertDecision(state, []);
        }

        var crossed = reached.Where(t => before.LowestThreshold is not { } told || t < told)
            .Select(t => new RaisedAlert(AlertReason.BalanceBelow, t, $"{user}: the balance is {balance} GRC, not more than {t} GRC."));
        var changed = standing == before.Standing
            ? Enumerable.Empty<RaisedAlert>()
            : [new RaisedAlert(AlertReason.StandingChanged, null, $"{user}: the standing changed from {Word(before.Standing)} to {Word(standing)}; the balance is {balance} GRC.")];
        return new AlertDecision(state, [.. crossed, .. changed]);
    }

    private static string Word(CreditStanding standing) => standing switch
    {
        CreditStanding.Normal => "normal",
        CreditStanding.Low => "low",
        CreditStanding.Indebted => "indebted",
        CreditStanding.Exhausted => "exhausted",
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, null),
    };
}
