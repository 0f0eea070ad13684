using Scaler.Contracts;

namespace ContainerManager.Working;

/// <summary>How the wait for a script ended.</summary>
internal abstract record RunEnd
{
    /// <summary>The script ended.</summary>
    public sealed record Exited(int Status) : RunEnd;

    /// <summary>The runner is gone, and with it whatever it ran.</summary>
    public sealed record RunnerLost : RunEnd;

    /// <summary>It ran too long and has been killed.</summary>
    public sealed record TimedOut(SlotState? Slot) : RunEnd;

    /// <summary>Its files had become more than the function may have, and it has been killed.</summary>
    /// <param name="Slot">The slot behind the last of its processes; null where the Scaler does not know it any more.</param>
    /// <param name="LimitBytes">How much it may have.</param>
    public sealed record OutOfDisk(SlotState? Slot, long LimitBytes) : RunEnd;

    /// <summary>Its task had cost as much as its cap allows, and it has been killed.</summary>
    /// <param name="Slot">The slot behind the last of its processes; null where the Scaler does not know it any more.</param>
    /// <param name="Seen">What was seen of it before.</param>
    public sealed record Capped(SlotState? Slot, CapSeen Seen) : RunEnd;
}
