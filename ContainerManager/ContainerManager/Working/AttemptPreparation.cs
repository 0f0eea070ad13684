using ContainerManager.Billing;
using ContainerManager.Buckets;
using ContainerManager.Core.Buckets;
using ContainerManager.Core.Caps;
using ContainerManager.Dispatching;
using ContainerManager.Engines;
using ContainerManager.Engines.Runners;
using ContainerManager.Functions;
using ContainerManager.Stores;

namespace ContainerManager.Working;

/// <summary>The script that a task wants to be run with is not there.</summary>
internal sealed class ScriptMissingException() : Exception("process_task.sh is missing or empty");

/// <summary>Puts the files of an attempt in place.</summary>
internal sealed class AttemptPreparation(
    IObjectStore store, ITaskLeases leases, TaskCaps caps, StandingBook standings, SlotMeter meter, TimeProvider time)
{
    /// <summary>Moves the object to <c>processing/</c>, fetches it and the script, and records the start.</summary>
    /// <exception cref="ObjectStoreException">The store, or the object in it, was not as expected.</exception>
    /// <exception cref="ScriptMissingException">The script has gone away.</exception>
    /// <exception cref="CapUnreadableException">Nobody can tell what the task may cost.</exception>
    /// <exception cref="IOException">The node's disk has no room, or fails.</exception>
    public async Task<AttemptStart> PrepareAsync(SlotSession slot, TaskLease lease, AttemptFiles files, CancellationToken cancellationToken)
    {
        // Beside the moving and fetching, so that it costs a task no time.
        var beside = caps.FindAsync(slot.Function.Bucket, lease.Task, cancellationToken);
        var fetched = FetchAsync(slot, lease, files, cancellationToken);
        await Task.WhenAll(fetched, beside).ConfigureAwait(false);
        var cap = CapOf(slot.Function, lease, await beside.ConfigureAwait(false));
        // Nothing but the runner's own waiting has been in the slot since its last work was read.
        var state = slot.Rested ?? await meter.ReadAsync(slot.Function, slot.Container.Id, slot.Slot, cancellationToken).ConfigureAwait(false);
        var start = new AttemptStart(time.GetUtcNow(), SlotMeter.Usage(state), await fetched.ConfigureAwait(false), cap, slot.Function.Setup?.Settings?.OnSuccess);
        await leases.StartedAsync(lease, start).ConfigureAwait(false);
        return start;
    }

    private async Task<AttemptDigests> FetchAsync(SlotSession slot, TaskLease lease, AttemptFiles files, CancellationToken cancellationToken)
    {
        var bucket = slot.Function.Bucket;
        var key = BucketLayout.ProcessingKey(lease.Task);
        if (lease.Location.Place == TaskPlace.Input)
        {
            await store.MoveAsync(bucket, BucketLayout.InputKey(lease.Task), key, lease.Location.Version, cancellationToken).ConfigureAwait(false);
        }

        AttemptDirectories.Make(files, Download.PartOf(files.TaskFile));
        var task = await store.ToFileAsync(bucket, key, files.TaskFile, cancellationToken).ConfigureAwait(false);
        var script = await slot.Script.RefreshAsync(bucket, slot.Container.Workspace, cancellationToken).ConfigureAwait(false)
            ?? throw new ScriptMissingException();
        return new AttemptDigests(slot.Container.Facts.ImageDigest, script, task);
    }

    private TaskCap? CapOf(FunctionContext function, TaskLease lease, CapBeside? beside)
    {
        if (beside?.Content.Problem is { } problem)
        {
            throw new CapUnreadableException($"{BucketLayout.CapKey(lease.Task)}: {problem}; the task waits until it is corrected or removed.", beside.Version);
        }

        return CapAmount.Smaller(function.Setup?.Settings?.CapHalfords, beside?.Content.Halfords) is { } halfords
            ? new TaskCap(halfords, beside?.Version, standings.Prices.VcoreSecondsPerGrc(function.Row.User))
            : null;
    }
}
