using ContainerManager.Buckets;
using ContainerManager.Core.Buckets;
using ContainerManager.Dispatching;
using ContainerManager.Engines;
using ContainerManager.Stores;

namespace ContainerManager.Working;

/// <summary>The script that a task wants to be run with is not there.</summary>
internal sealed class ScriptMissingException() : Exception("process_task.sh is missing or empty");

/// <summary>Puts the files of an attempt in place.</summary>
internal sealed class AttemptPreparation(IObjectStore store, ITaskLeases leases, SlotMeter meter, TimeProvider time)
{
    /// <summary>Moves the object to <c>processing/</c>, fetches it and the script, and records the start.</summary>
    /// <exception cref="ObjectStoreException">The store, or the object in it, was not as expected.</exception>
    /// <exception cref="ScriptMissingException">The script has gone away.</exception>
    /// <exception cref="IOException">The node's disk has no room, or fails.</exception>
    public async Task<AttemptStart> PrepareAsync(SlotSession slot, TaskLease lease, AttemptFiles files, CancellationToken cancellationToken)
    {
        var bucket = slot.Function.Bucket;
        var key = BucketLayout.ProcessingKey(lease.Task);
        if (lease.Location.Place == TaskPlace.Input)
        {
            await store.MoveAsync(bucket, BucketLayout.InputKey(lease.Task), key, lease.Location.Version, cancellationToken).ConfigureAwait(false);
        }

        Download.MakeDirectory(files.Directory);
        Download.MakeDirectory(Path.GetDirectoryName(files.TaskFile)!);
        var task = await store.ToFileAsync(bucket, key, files.TaskFile, cancellationToken).ConfigureAwait(false);
        var script = await slot.Script.RefreshAsync(bucket, slot.Container.Workspace, cancellationToken).ConfigureAwait(false)
            ?? throw new ScriptMissingException();
        var state = await meter.ReadAsync(slot.Function, slot.Container.Id, slot.Slot, cancellationToken).ConfigureAwait(false);
        var start = new AttemptStart(
            time.GetUtcNow(), SlotMeter.Usage(state), new AttemptDigests(slot.Container.Facts.ImageDigest, script, task));
        await leases.StartedAsync(lease, start).ConfigureAwait(false);
        return start;
    }
}
