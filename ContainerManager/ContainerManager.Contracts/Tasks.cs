namespace ContainerManager.Contracts;

/// <summary>Where a task is in its life.</summary>
public enum TaskPhase
{
    /// <summary>Waits under <c>input/</c>.</summary>
    Pending,

    /// <summary>An attempt runs; the object is under <c>processing/</c>.</summary>
    Running,

    /// <summary>Done; the object is under <c>output/</c>.</summary>
    Succeeded,

    /// <summary>Given up on; the object is under <c>failed/</c>.</summary>
    Failed,
}

/// <summary>How an attempt ended.</summary>
public enum AttemptOutcome
{
    /// <summary>Still running.</summary>
    Running,

    /// <summary>The script ended with status 0.</summary>
    Succeeded,

    /// <summary>The script ended with another status.</summary>
    ScriptFailed,

    /// <summary>It ran longer than the function allows.</summary>
    TimedOut,

    /// <summary>The kernel killed it for want of memory.</summary>
    OutOfMemory,

    /// <summary>Stopped because it had written more than the function's disk limit.</summary>
    OutOfDisk,

    /// <summary>Stopped because the task had cost as much as its cap allows; the task is given up on.</summary>
    Capped,

    /// <summary>Stopped because the owner is at the debt limit; does not count as an attempt.</summary>
    AbortedForDebt,

    /// <summary>Its container died under it: killed by the script itself or from outside the platform.</summary>
    ContainerDied,

    /// <summary>The platform lost it (service or node restarted) or stopped it; does not count as an attempt.</summary>
    Interrupted,
}

/// <summary>A task.</summary>
/// <param name="TaskId">Its id, unique over all functions.</param>
/// <param name="Task">Its name: the object's key below <c>input/</c>.</param>
/// <param name="Phase">Where it is in its life.</param>
/// <param name="SeenAt">When the platform first saw it.</param>
/// <param name="Attempts">Oldest first.</param>
public sealed record TaskView(string TaskId, string Task, TaskPhase Phase, DateTimeOffset SeenAt, IReadOnlyList<AttemptView> Attempts);

/// <summary>One execution of a task.</summary>
/// <param name="Attempt">Counts from 1, uncounted ones included.</param>
/// <param name="ContainerId">Where it ran.</param>
/// <param name="Slot">In which slot.</param>
/// <param name="StartedAt">When the script was started.</param>
/// <param name="EndedAt">When it ended; null while it runs.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="ExitStatus">The script's exit status; null where it had none.</param>
/// <param name="Reason">In words, for the user.</param>
/// <param name="UsageMicroseconds">CPU time it used.</param>
/// <param name="CostHalfords">What that costs: as in the ledger once it is there, before that at the owner's tariff; null where the price was not known.</param>
/// <param name="RefundedHalfords">What was paid back of it.</param>
public sealed record AttemptView(
    int Attempt,
    string ContainerId,
    int Slot,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    AttemptOutcome Outcome,
    int? ExitStatus,
    string Reason,
    long UsageMicroseconds,
    long? CostHalfords,
    long RefundedHalfords = 0);
