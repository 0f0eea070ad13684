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
}
