namespace ContainerManager.Core.Containers;

/// <summary>Where a container is in its life.</summary>
public enum ContainerState
{
    /// <summary>The image is being fetched or built.</summary>
    PreparingImage,

    /// <summary>Registered and being started.</summary>
    Starting,

    /// <summary>Ready or running tasks.</summary>
    Running,

    /// <summary>Being closed and cleaned away.</summary>
    Stopping,

    /// <summary>Nothing of it runs, and its final usage is known.</summary>
    Stopped,
}

/// <summary>What can happen to a container.</summary>
public enum ContainerEvent
{
    /// <summary>The image is ready.</summary>
    ImageReady,

    /// <summary>It runs, and its runners are attached.</summary>
    Started,

    /// <summary>It is no longer wanted, did not start, or its main process is gone.</summary>
    Ended,

    /// <summary>Its final reading is taken and everything of it is gone.</summary>
    CleanedUp,
}

/// <summary>The life cycle of a container; an id lives it once.</summary>
public static class ContainerLife
{
    /// <summary>The state after <paramref name="happened"/>.</summary>
    /// <exception cref="InvalidOperationException">That cannot happen in this state.</exception>
    public static ContainerState Next(ContainerState state, ContainerEvent happened) => (state, happened) switch
    {
        (ContainerState.PreparingImage, ContainerEvent.ImageReady) => ContainerState.Starting,
        (ContainerState.PreparingImage, ContainerEvent.Ended) => ContainerState.Stopping,
        (ContainerState.Starting, ContainerEvent.Started) => ContainerState.Running,
        (ContainerState.Starting, ContainerEvent.Ended) => ContainerState.Stopping,
        (ContainerState.Running, ContainerEvent.Ended) => ContainerState.Stopping,
        (ContainerState.Stopping, ContainerEvent.CleanedUp) => ContainerState.Stopped,
        _ => throw new InvalidOperationException($"{happened} cannot happen to a container that is {state}."),
    };
}
