using ContainerManager.Core.Containers;

namespace ContainerManager.Core.Tasks;

/// <summary>How an attempt ended.</summary>
public enum AttemptEnding
{
    /// <summary>The script ended with status 0.</summary>
    Succeeded,

    /// <summary>The script ended with another status.</summary>
    ScriptFailed,

    /// <summary>It ran longer than allowed.</summary>
    TimedOut,

    /// <summary>The kernel killed it for want of memory.</summary>
    OutOfMemory,

    /// <summary>It wrote more than it may.</summary>
    OutOfDisk,

    /// <summary>Its task had cost as much as its cap allows.</summary>
    Capped,

    /// <summary>Its user was at the debt limit.</summary>
    AbortedForDebt,

    /// <summary>Its container died under it by itself: killed by the script, or from outside the platform.</summary>
    ContainerDied,

    /// <summary>The platform lost or stopped it.</summary>
    Interrupted,
}

/// <summary>What an attempt's end means for its task.</summary>
public static class AttemptRules
{
    // One dead container says little of the task that was in it: that may have been anybody. It takes two to give a task up.
    private const int LeastDeaths = 2;

    /// <summary>
    /// Whether such an end uses up one of the task's attempts: what the platform itself did does not. Who killed a container that died is not
    /// known, and a task that kills it each time must come to an end.
    /// </summary>
    public static bool Counts(AttemptEnding ending) => ending switch
    {
        AttemptEnding.Succeeded or AttemptEnding.ScriptFailed or AttemptEnding.TimedOut or AttemptEnding.OutOfMemory or AttemptEnding.OutOfDisk
            or AttemptEnding.Capped or AttemptEnding.ContainerDied => true,
        AttemptEnding.AbortedForDebt or AttemptEnding.Interrupted => false,
        _ => throw new ArgumentOutOfRangeException(nameof(ending), ending, "unknown ending"),
    };

    /// <summary>How an attempt has ended whose container ended under it.</summary>
    /// <param name="reason">Why the container ended.</param>
    /// <param name="ranOutOfMemory">Whether the kernel killed something of the attempt for want of memory.</param>
    public static AttemptEnding WhenContainerEnds(StopReason? reason, bool ranOutOfMemory) => reason switch
    {
        // A task that takes the whole container with it for want of memory did so itself: it must not go on for ever.
        StopReason.Crashed => ranOutOfMemory ? AttemptEnding.OutOfMemory : AttemptEnding.ContainerDied,
        StopReason.Debt => AttemptEnding.AbortedForDebt,
        _ => AttemptEnding.Interrupted,
    };

    /// <summary>What happens to the task.</summary>
    /// <param name="ending">How the attempt ended.</param>
    /// <param name="countedBefore">Attempts that counted before this one.</param>
    /// <param name="maxAttempts">How many may count, at least 1.</param>
    public static TaskEvent Decide(AttemptEnding ending, int countedBefore, int maxAttempts)
    {
        return ending switch
        {
            AttemptEnding.Succeeded => TaskEvent.Done,
            // Another attempt would begin with its cap used up.
            AttemptEnding.Capped => TaskEvent.GivenUp,
            AttemptEnding.ContainerDied => countedBefore + 1 >= Math.Max(LeastDeaths, maxAttempts) ? TaskEvent.GivenUp : TaskEvent.Returned,
            _ => Counts(ending) && countedBefore + 1 >= maxAttempts ? TaskEvent.GivenUp : TaskEvent.Returned,
        };
    }
}
