using System.Collections.Immutable;

namespace Scaler.Core.Policies;

/// <summary>What <see cref="RulesPolicy"/> remembers of a container.</summary>
/// <param name="History">Counters back to the start of the window.</param>
/// <param name="Events">Events not yet forgotten or removed, oldest first.</param>
/// <param name="Request">The newest change that was asked for and not yet applied.</param>
/// <param name="EvaluateAt">When the next window is looked at.</param>
/// <param name="ApplyAt">When the next request is applied.</param>
internal sealed record RulesState(
    UsageHistory History,
    ImmutableList<ScalingEvent> Events,
    ScalingRequest? Request,
    TimeSpan EvaluateAt,
    TimeSpan ApplyAt) : PolicyState
{
    public static RulesState Start(TimeSpan now) => new(
        UsageHistory.Empty, [], null, now + RuleSet.Window + RuleSet.WindowDelay, now + RuleSet.ApplyPeriod);

    public int Count(EventKind kind) => Events.Count(e => e.Kind == kind);

    /// <summary>Removes the oldest events of a kind.</summary>
    public RulesState Remove(EventKind kind, int count) =>
        this with { Events = Events.RemoveRange(Events.Where(e => e.Kind == kind).Take(count)) };
}

/// <summary>What a window's usage was found to be.</summary>
internal enum EventKind
{
    /// <summary>Above the upper bound.</summary>
    Up,

    /// <summary>Below the lower bound.</summary>
    Down,
}

/// <summary>One finding.</summary>
internal sealed record ScalingEvent(EventKind Kind, TimeSpan At);

/// <summary>A limit asked for.</summary>
internal sealed record ScalingRequest(int Shares, TimeSpan At);
