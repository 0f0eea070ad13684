namespace ContainerManager.Core.Tasks;

/// <summary>Where a task is in its life.</summary>
public enum TaskState
{
    /// <summary>Waits for its turn.</summary>
    Pending,

    /// <summary>An attempt has it.</summary>
    Running,

    /// <summary>Done.</summary>
    Succeeded,

    /// <summary>Given up on.</summary>
    Failed,
}

/// <summary>What can happen to a task.</summary>
public enum TaskEvent
{
    /// <summary>An attempt took it.</summary>
    Leased,

    /// <summary>The attempt gave it back, to be tried again.</summary>
    Returned,

    /// <summary>The attempt did it.</summary>
    Done,

    /// <summary>The attempt was the last that it gets.</summary>
    GivenUp,

    /// <summary>Its owner took the object out of <c>input/</c>.</summary>
    Removed,
}

/// <summary>The life cycle of a task.</summary>
public static class TaskLife
{
    /// <summary>The state after <paramref name="happened"/>.</summary>
    /// <exception cref="InvalidOperationException">That cannot happen in this state.</exception>
    public static TaskState Next(TaskState state, TaskEvent happened) => (state, happened) switch
    {
        (TaskState.Pending, TaskEvent.Leased) => TaskState.Running,
        (TaskState.Pending, TaskEvent.Removed) => TaskState.Failed,
        (TaskState.Running, TaskEvent.Returned) => TaskState.Pending,
        (TaskState.Running, TaskEvent.Done) => TaskState.Succeeded,
        (TaskState.Running, TaskEvent.GivenUp) => TaskState.Failed,
        _ => throw new InvalidOperationException($"A task that is {state} cannot be {happened}."),
    };
}
