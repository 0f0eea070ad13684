namespace ContainerManager.Core.KeepWarm;

/// <summary>What decides whether a function's container is up while no task of it waits.</summary>
/// <param name="IsWanted">Whether its owner wants it up at all times, and stands as one who may have that.</param>
/// <param name="MayStart">Whether a container of it may start now.</param>
/// <param name="MayStartAhead">Whether one may be started for a task that is only expected, at its owner's cost.</param>
/// <param name="Fixed">The plain idle timeout.</param>
/// <param name="Window">When it is worth being up, from the end of the last task on; null where nothing is predicted.</param>
/// <param name="Rested">Time since the end of the last task; null while one waits or runs, and where none is known.</param>
public sealed record WarmFacts(bool IsWanted, bool MayStart, bool MayStartAhead, TimeSpan Fixed, WarmWindow? Window, TimeSpan? Rested);

/// <summary>Why a container is started though no task waits.</summary>
public enum WarmReason
{
    /// <summary>Its owner wants it up at all times.</summary>
    Wanted,

    /// <summary>The function's history says that a task will come.</summary>
    Expected,
}

/// <summary>How long an idle container may stay.</summary>
/// <param name="IdleTimeout">How long it may be idle; <see cref="TimeSpan.MaxValue"/> for as long as it likes.</param>
/// <param name="NeedsRoom">Whether it is up only to be warm, so that the node's warm budget has to have room for it.</param>
public readonly record struct WarmHold(TimeSpan IdleTimeout, bool NeedsRoom);

/// <summary>Says when a container is up though no task waits.</summary>
public static class WarmRules
{
    /// <summary>Why one is started now; null where none is.</summary>
    public static WarmReason? WhyStart(WarmFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts switch
        {
            { MayStart: false } => null,
            { IsWanted: true } => WarmReason.Wanted,
            { MayStartAhead: true, Window: { } window, Rested: { } rested } when IsAhead(window) && rested >= window.From && rested < window.Until => WarmReason.Expected,
            _ => null,
        };
    }

    /// <summary>How long after the last task one will be started ahead of the next; null where none will.</summary>
    public static TimeSpan? StartsAt(WarmFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts is { IsWanted: false, MayStartAhead: true, Window: { } window, Rested: { } rested } && rested < window.From ? window.From : null;
    }

    /// <summary>How long after the last task the container ends, where that is what it is held to; null where its own idle time counts.</summary>
    public static TimeSpan? EndsAt(WarmFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts is { IsWanted: false, MayStartAhead: true, Window: { } window, Rested: { } rested } && IsAhead(window) && rested >= window.From
            ? window.Until
            : null;
    }

    /// <summary>How long a container that has been idle for <paramref name="idleFor"/> may be.</summary>
    /// <param name="facts">The function as it is.</param>
    /// <param name="idleFor">Since its last task, or its start.</param>
    /// <param name="wasNeeded">Whether it was started for a task, or has had one; the plain timeout is its own then.</param>
    public static WarmHold Hold(WarmFacts facts, TimeSpan idleFor, bool wasNeeded)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var timeout = Timeout(facts, idleFor);
        var isHeld = facts.IsWanted || facts.Window is not null;
        return new WarmHold(timeout, isHeld && idleFor < timeout && (!wasNeeded || idleFor >= facts.Fixed));
    }

    private static TimeSpan Timeout(WarmFacts facts, TimeSpan idleFor) => facts switch
    {
        { IsWanted: true } => TimeSpan.MaxValue,
        { Window: null } => facts.Fixed,
        { Window: { } window } when !IsAhead(window) => window.Until,
        // It is started again ahead of the next task, which stopping it now relies on.
        { MayStartAhead: true, Window: { } window, Rested: { } rested } => rested < window.From ? TimeSpan.Zero : idleFor + (window.Until - rested),
        _ => facts.Fixed,
    };

    private static bool IsAhead(WarmWindow window) => window.From > TimeSpan.Zero;
}
