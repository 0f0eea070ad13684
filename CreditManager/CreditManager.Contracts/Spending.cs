namespace CreditManager.Contracts;

/// <summary>What a task of a function is likely to take and cost, from the function's newest succeeded attempts.</summary>
/// <param name="User">Who pays.</param>
/// <param name="Function">The function.</param>
/// <param name="Attempts">How many attempts the figures are from; with 0 there are none.</param>
/// <param name="Median">Half of the attempts stayed at or below each of these; null without attempts.</param>
/// <param name="P90">Nine in ten did; null without attempts.</param>
/// <param name="Tariff">The price list in force, which costs are computed with.</param>
/// <param name="BalanceHalfords">What the user has.</param>
/// <param name="TasksAffordable">How many tasks of median cost the balance buys; null where a task costs nothing or there are no attempts.</param>
/// <param name="CreditMicroseconds">CPU time that the balance buys; 0 in debt.</param>
public sealed record Quote(
    string User,
    string Function,
    int Attempts,
    TaskEstimate? Median,
    TaskEstimate? P90,
    Tariff Tariff,
    long BalanceHalfords,
    long? TasksAffordable,
    long CreditMicroseconds);

/// <summary>What a task takes and costs.</summary>
/// <param name="UsageMicroseconds">CPU time.</param>
/// <param name="WallMilliseconds">From its start to its end.</param>
/// <param name="CostHalfords">Its CPU time at the price in force.</param>
public sealed record TaskEstimate(long UsageMicroseconds, long WallMilliseconds, long CostHalfords);

/// <summary>Why an alert was raised.</summary>
public enum AlertKind
{
    /// <summary>The balance fell to or below a threshold.</summary>
    BalanceBelow,

    /// <summary>The standing changed.</summary>
    StandingChanged,
}

/// <summary>Something that a user wants to know at once.</summary>
/// <param name="Number">Counts the alerts of the platform from 1.</param>
/// <param name="Id">Unique for good; a webhook that is called twice says the same.</param>
/// <param name="User">Whom it concerns.</param>
/// <param name="Kind">Why.</param>
/// <param name="ThresholdHalfords">The threshold; null for a change of standing.</param>
/// <param name="BalanceHalfords">The balance then.</param>
/// <param name="Standing">The standing then.</param>
/// <param name="Text">In words.</param>
/// <param name="At">When.</param>
/// <param name="DeliveredAt">When the webhook took it; null where there is none, or not yet.</param>
/// <param name="Attempts">How often the webhook was called.</param>
public sealed record Alert(
    long Number,
    string Id,
    string User,
    AlertKind Kind,
    long? ThresholdHalfords,
    long BalanceHalfords,
    Standing Standing,
    string Text,
    DateTimeOffset At,
    DateTimeOffset? DeliveredAt,
    int Attempts);
