using CreditManager.Core.Money;

namespace CreditManager.Core.Spending;

/// <summary>What an attempt took.</summary>
/// <param name="UsageMicroseconds">CPU time.</param>
/// <param name="Wall">From its start to its end.</param>
public sealed record AttemptSample(long UsageMicroseconds, TimeSpan Wall);

/// <summary>What a task takes and costs.</summary>
/// <param name="UsageMicroseconds">CPU time.</param>
/// <param name="Wall">From its start to its end.</param>
/// <param name="Cost">The price of its CPU time.</param>
public sealed record TaskFigures(long UsageMicroseconds, TimeSpan Wall, GrcAmount Cost);

/// <summary>What tasks are likely to take and cost, from attempts of the past.</summary>
public static class TaskEstimates
{
    /// <summary>
    /// Of each figure the least that at least <paramref name="percent"/> percent of the attempts stayed at or below (nearest rank); null
    /// without attempts.
    /// </summary>
    /// <param name="attempts">In any order.</param>
    /// <param name="percent">1 to 100.</param>
    /// <param name="tariff">What CPU time costs.</param>
    public static TaskFigures? At(IReadOnlyCollection<AttemptSample> attempts, int percent, TariffVersion tariff)
    {
        ArgumentNullException.ThrowIfNull(attempts);
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        ArgumentNullException.ThrowIfNull(tariff);
        if (attempts.Count == 0)
        {
            return null;
        }

        var usage = Rank(attempts.Select(a => a.UsageMicroseconds), attempts.Count, percent);
        var wall = Rank(attempts.Select(a => a.Wall), attempts.Count, percent);
        // A price never falls as usage grows, so the price of the ranked usage is the ranked price.
        return new TaskFigures(usage, wall, Pricing.Of(usage, tariff.VcoreSecondsPerGrc));
    }

    /// <summary>How many tasks a balance buys; null where a task costs nothing.</summary>
    public static long? Affordable(GrcAmount balance, GrcAmount cost)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost.Halfords, nameof(cost));
        return cost == GrcAmount.Zero ? null : Math.Max(balance.Halfords, 0) / cost.Halfords;
    }

    private static T Rank<T>(IEnumerable<T> figures, int count, int percent) => figures.Order().ElementAt(((count * percent) + 99) / 100 - 1);
}
