namespace ContainerManager.Dispatching;

/// <summary>A task that waits.</summary>
/// <param name="TaskId">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Location">Where its object is.</param>
/// <param name="Length">Bytes of the object.</param>
/// <param name="SeenAt">When it was first seen.</param>
/// <param name="Counted">Attempts that have counted.</param>
/// <param name="Tried">Whether an attempt has had it, so that the database knows it.</param>
/// <param name="RunsAlone">Whether a container died under it, so that nothing else is put at risk with it.</param>
internal sealed record QueuedTask(
    string TaskId, string Name, TaskLocation Location, long Length, DateTimeOffset SeenAt, int Counted = 0, bool Tried = false, bool RunsAlone = false);
