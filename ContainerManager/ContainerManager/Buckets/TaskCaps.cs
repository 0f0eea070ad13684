using ContainerManager.Core.Buckets;
using ContainerManager.Core.Caps;
using ContainerManager.Stores;

namespace ContainerManager.Buckets;

/// <summary>What lies beside a task: a cap of its own.</summary>
/// <param name="Content">What it says.</param>
/// <param name="Version">The object's version.</param>
internal sealed record CapBeside(CapFile Content, string Version);

/// <summary>The cap that lies beside a task cannot be read.</summary>
internal sealed class CapUnreadableException(string message, string version) : Exception(message)
{
    /// <summary>Version of the cap.</summary>
    public string Version { get; } = version;
}

/// <summary>Reads the caps that lie beside tasks, and brings them along when a task ends.</summary>
internal sealed class TaskCaps(IObjectStore store)
{
    /// <summary>The cap beside a task under <c>input/</c>; null where there is none.</summary>
    /// <exception cref="ObjectStoreException">The store could not be asked.</exception>
    public async Task<CapBeside?> FindAsync(string bucket, string task, CancellationToken cancellationToken)
    {
        if (BucketLayout.CapKey(task) is not { } key)
        {
            return null;
        }

        try
        {
            return await store.FindAsync(bucket, key, cancellationToken).ConfigureAwait(false) is { } info
                ? new CapBeside(
                    CapFile.Read(await store.ReadTextAsync(bucket, key, CapFile.MaxBytes, cancellationToken).ConfigureAwait(false)), info.Version)
                : null;
        }
        catch (ObjectStoreException e) when (e.Failure is StoreFailure.NotFound or StoreFailure.InvalidName)
        {
            // Taken away while we looked, or of a name that this store cannot hold.
            return null;
        }
    }

    /// <summary>
    /// Moves the cap to where the task has gone; may be repeated. One that has been written anew meanwhile, or that lies beside a newer task
    /// of that name, stays: it is that one's.
    /// </summary>
    /// <exception cref="ObjectStoreException">The store could not be asked.</exception>
    public async Task FollowAsync(string bucket, string task, string version, string target, CancellationToken cancellationToken)
    {
        if (BucketLayout.CapKey(task) is not { } key
            || await store.FindAsync(bucket, BucketLayout.InputKey(task), cancellationToken).ConfigureAwait(false) is not null)
        {
            return;
        }

        try
        {
            await store.MoveAsync(bucket, key, target, version, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectStoreException e) when (e.Failure is StoreFailure.NotFound or StoreFailure.Changed or StoreFailure.InvalidName)
        {
            // Moved before a crash, taken away, or another's.
        }
    }
}
