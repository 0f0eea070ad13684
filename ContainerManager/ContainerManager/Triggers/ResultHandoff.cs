using ContainerManager.Buckets;
using ContainerManager.Core.Triggers;
using ContainerManager.Dispatching;
using ContainerManager.Engines;
using ContainerManager.Files;
using ContainerManager.Functions;
using ContainerManager.Stores;

namespace ContainerManager.Triggers;

/// <summary>Makes tasks of another function out of the results of a task. May be repeated: none becomes two.</summary>
internal sealed class ResultHandoff(TaskDrop drop, FunctionDirectory functions)
{
    /// <summary>Hands on every regular file of the output directory.</summary>
    /// <exception cref="ObjectStoreException">The store could not be asked, or could not take one.</exception>
    public async Task HandOnAsync(TaskLease lease, Handoff handoff, AttemptFiles files, CancellationToken cancellationToken)
    {
        foreach (var path in OutputFiles.Walk(files.OutputDirectory))
        {
            await HandOnAsync(lease, handoff, files, path, cancellationToken).ConfigureAwait(false);
        }

        // Its own watch may be one that looks now and then only.
        functions.FindByBucket(handoff.Bucket)?.SweepWanted.Set();
    }

    private async Task HandOnAsync(TaskLease lease, Handoff handoff, AttemptFiles files, string path, CancellationToken cancellationToken)
    {
        await using var file = SafeFile.TryOpen(files.Directory, $"{Path.GetFileName(files.OutputDirectory)}/{path}");
        if (file is null)
        {
            return;
        }

        try
        {
            await drop.OnceAsync(handoff.Bucket, handoff.TaskName(lease.Task, lease.TaskId, path), () => file, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectStoreException e) when (e.Failure == StoreFailure.InvalidName)
        {
            // A name that this store cannot hold is told of where the results themselves are left out.
        }
    }
}
