using ContainerManager.Billing;
using ContainerManager.Buckets;
using ContainerManager.Dispatching;
using ContainerManager.Engines;
using ContainerManager.Functions;
using ContainerManager.Stores;
using CreditManager.Contracts;
using Scaler.Contracts;

namespace ContainerManager.Working;

/// <summary>Runs a script in a slot, for as long as it may, and keeps its log in the bucket up to date meanwhile.</summary>
internal sealed class ScriptRun(
    SlotMeter meter, LogUploader logs, StandingBook standings, CapWatch caps, DiskWatch disk, ManagerOptions options, TimeProvider time)
{
    private static readonly TimeSpan FrozenCheck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWordTime = TimeSpan.FromSeconds(1);

    /// <summary>Runs, or goes on waiting for a run that began before a restart.</summary>
    public async Task<RunEnd> RunAsync(SlotSession slot, TaskLease lease, AttemptFiles files, AttemptStart start, CancellationToken cancellationToken)
    {
        using var watched = caps.Watch(slot, lease, start);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var live = FollowLogAsync(slot, lease, files, ended.Token);
        try
        {
            var run = slot.Runner.RunAsync(files, ended.Token);
            var limit = WallTimeAsync(slot, start.At, ended.Token);
            var full = disk.ExceededAsync(slot, files, ended.Token);
            var first = await Task.WhenAny(run, limit, full, slot.Container.Final, watched.Reached).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (first == limit)
            {
                return new RunEnd.TimedOut(await KillAsync(slot, run, cancellationToken).ConfigureAwait(false));
            }

            if (first == full || (first == run && DiskWatch.IsExceeded(slot, files)))
            {
                // What lies in /tmp would be the next task's trouble.
                slot.Container.Draining = true;
                return new RunEnd.OutOfDisk(await KillAsync(slot, run, cancellationToken).ConfigureAwait(false), DiskWatch.Limit(slot.Function));
            }

            if (first == watched.Reached)
            {
                return new RunEnd.Capped(
                    await KillAsync(slot, run, cancellationToken).ConfigureAwait(false), await watched.Reached.ConfigureAwait(false));
            }

            return first == run ? await EndOfAsync(run).ConfigureAwait(false) : await LastWordAsync(run, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await live.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<RunEnd> EndOfAsync(Task<int> run)
    {
        try
        {
            return new RunEnd.Exited(await run.ConfigureAwait(false));
        }
        catch (EngineException)
        {
            return new RunEnd.RunnerLost();
        }
    }

    // The container is closed: nothing in it runs any more, and all that can still come is an end that was on its way.
    private async Task<RunEnd> LastWordAsync(Task<int> run, CancellationToken cancellationToken)
    {
        await TimedWait.ForAsync(run, LastWordTime, time, cancellationToken).ConfigureAwait(false);
        return run.IsCompleted ? await EndOfAsync(run).ConfigureAwait(false) : new RunEnd.RunnerLost();
    }

    private async Task<SlotState?> KillAsync(SlotSession slot, Task<int> run, CancellationToken cancellationToken)
    {
        var state = await meter.KillAsync(slot.Function, slot.Container.Id, slot.Slot, cancellationToken).ConfigureAwait(false);
        await LastWordAsync(run, cancellationToken).ConfigureAwait(false);
        return state;
    }

    // A task that stands still because its user is in debt loses no time: it gets another second while that lasts.
    private async Task WallTimeAsync(SlotSession slot, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        // After a restart only the wall clock tells how long it has run; one that was set back must not give it more than all its time.
        var left = slot.Container.Facts.WallTime - (time.GetUtcNow() - startedAt);
        var wait = TimeSpan.FromTicks(Math.Clamp(left.Ticks, 0, slot.Container.Facts.WallTime.Ticks));
        await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        while (standings.Find(slot.Function.Row.User)?.Standing == Standing.Exhausted)
        {
            await Task.Delay(FrozenCheck, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FollowLogAsync(SlotSession slot, TaskLease lease, AttemptFiles files, CancellationToken cancellationToken)
    {
        var known = 0L;
        while (true)
        {
            await Task.Delay(options.LogInterval, time, cancellationToken).ConfigureAwait(false);
            try
            {
                known = await logs.UploadAsync(slot.Function.Bucket, lease.Task, files, known, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is ObjectStoreException or IOException)
            {
                // The live log is a convenience: the next round, or the end of the attempt, brings it.
            }
        }
    }
}
