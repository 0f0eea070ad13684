namespace ContainerManager.Core.Containers;

/// <summary>Why a container is stopped.</summary>
public enum StopReason
{
    /// <summary>Nothing to do for longer than the timeout, or others need its room, or its image or settings changed.</summary>
    NotNeeded,

    /// <summary>Its main process is gone, and nobody on the platform ended it.</summary>
    Crashed,

    /// <summary>The platform can no longer use a slot of it.</summary>
    Broken,

    /// <summary>Its user is at the debt limit.</summary>
    Debt,

    /// <summary>An operator said so.</summary>
    Asked,
}

/// <summary>Everything that decides whether a running container has to end, but for what waits.</summary>
/// <param name="StopAsked">Whether an operator wants it stopped, or its function is being removed.</param>
/// <param name="MustAbort">Whether its user is at the debt limit and the grace is over.</param>
/// <param name="Died">Whether its main process is gone.</param>
/// <param name="Broken">Whether a slot of it can no longer be used.</param>
/// <param name="Draining">Whether it is to end as soon as it works no more.</param>
/// <param name="IdleFor">How long it has had nothing to do; null while it works.</param>
/// <param name="IdleTimeout">How long it may.</param>
public sealed record EndFacts(bool StopAsked, bool MustAbort, bool Died, bool Broken, bool Draining, TimeSpan? IdleFor, TimeSpan IdleTimeout);

/// <summary>Says whether a running container has to end.</summary>
public static class EndRules
{
    /// <summary>Why it ends; null where it runs on.</summary>
    /// <param name="facts">The container as it is.</param>
    /// <param name="mayTakeNext">Whether a task waits that may start; only asked of a container that has been idle for too long.</param>
    public static StopReason? WhyEnd(EndFacts facts, Func<bool> mayTakeNext)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(mayTakeNext);
        return facts switch
        {
            { StopAsked: true } => StopReason.Asked,
            { MustAbort: true } => StopReason.Debt,
            { Died: true } => StopReason.Crashed,
            { Broken: true } => StopReason.Broken,
            { Draining: true } => StopReason.NotNeeded,
            _ => facts.IdleFor >= facts.IdleTimeout && !mayTakeNext() ? StopReason.NotNeeded : null,
        };
    }
}
