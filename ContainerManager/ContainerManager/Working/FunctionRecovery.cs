using ContainerManager.Buckets;
using ContainerManager.Core.Buckets;
using ContainerManager.Core.Tasks;
using ContainerManager.Dispatching;
using ContainerManager.Engines;
using ContainerManager.Functions;
using ContainerManager.Persistence;
using ContainerManager.Stores;
using Scaler.Contracts;
using CgroupState = Scaler.Contracts.ContainerState;
using ContainerState = ContainerManager.Core.Containers.ContainerState;

namespace ContainerManager.Working;

/// <summary>
/// Brings database, containers and bucket of one function together after a restart: what runs is taken over, what was cut off is
/// finished or given back, and every task still ends exactly once.
/// </summary>
internal sealed partial class FunctionRecovery(
    IObjectStore store,
    IContainerEngine engine,
    IScalerApi scaler,
    ITaskLeases leases,
    ContainerTable containers,
    ContainerStarter starter,
    ContainerStopper stopper,
    AttemptRunner attempts,
    AttemptPublisher publisher,
    TaskReturner returner,
    TimeProvider time,
    ILogger<FunctionRecovery> logger)
{
    private const string ProblemSource = "recovery";

    /// <summary>Recovers, however long a service is away; may be called again after a failure.</summary>
    /// <param name="function">The function.</param>
    /// <param name="open">What <see cref="ITaskLeases.ListOpenAsync"/> has told.</param>
    /// <param name="keeper">Takes over the container that runs, if one does.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task RecoverAsync(
        FunctionContext function, IReadOnlyList<OpenLease> open, ContainerKeeper keeper, CancellationToken cancellationToken)
    {
        // First of all: once a container is put to work, what it takes next is under processing/ too, and no stray.
        await ReturnStraysAsync(function, open, cancellationToken).ConfigureAwait(false);
        var remains = new Dictionary<string, FunctionContainer>(StringComparer.Ordinal);
        string? adopted = null;
        foreach (var row in containers.ListOpen().Where(c => c.Function == function.Name))
        {
            if (adopted is null && await TryAdoptAsync(function, row, open, keeper, cancellationToken).ConfigureAwait(false))
            {
                adopted = row.ContainerId;
            }
            else
            {
                remains[row.ContainerId] = await EndAsync(function, row, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var lease in open.Where(o => o.Lease.ContainerId != adopted || o.Phase != AttemptPhase.Running))
        {
            await FinishAsync(function, lease, remains.GetValueOrDefault(lease.Lease.ContainerId), cancellationToken).ConfigureAwait(false);
        }

        foreach (var container in remains.Values)
        {
            await stopper.ClearAsync(function, container, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> TryAdoptAsync(
        FunctionContext function, ContainerRow row, IReadOnlyList<OpenLease> open, ContainerKeeper keeper, CancellationToken cancellationToken)
    {
        if (row.Phase != nameof(ContainerState.Running))
        {
            return false;
        }

        var running = open.Where(o => o.Phase == AttemptPhase.Running && o.Lease.ContainerId == row.ContainerId).ToDictionary(o => o.Lease.Slot);
        try
        {
            if (await FindRunningAsync(function, row, cancellationToken).ConfigureAwait(false) is not { } cgroup)
            {
                return false;
            }

            var (container, sessions) = await starter.AdoptAsync(function, row, cgroup, running.Keys.ToHashSet(), cancellationToken).ConfigureAwait(false);
            foreach (var lease in running.Values)
            {
                await DropCopyAsync(function, lease.Lease, cancellationToken).ConfigureAwait(false);
            }

            // What was up only to be warm is so again at once; nobody else shall take its room meanwhile.
            container.WasNeeded = running.Count > 0;
            LogAdopted(row.ContainerId, running.Count);
            keeper.Employ(function, container, sessions, running, cancellationToken);
            return true;
        }
        catch (EngineException e)
        {
            LogNotAdopted(row.ContainerId, e.Message);
            return false;
        }
    }

    private async Task<CgroupState?> FindRunningAsync(FunctionContext function, ContainerRow row, CancellationToken cancellationToken)
    {
        var cgroup = await PatientlyAsync(function, token => scaler.FindContainerAsync(row.ContainerId, token), cancellationToken).ConfigureAwait(false);
        var runs = (await engine.ListAsync(cancellationToken).ConfigureAwait(false)).Contains(row.ContainerId, StringComparer.Ordinal);
        return runs && cgroup is { Closed: false } ? cgroup : null;
    }

    private async Task<FunctionContainer> EndAsync(FunctionContext function, ContainerRow row, CancellationToken cancellationToken)
    {
        var container = starter.Remains(row);
        await stopper.KillAsync(function, container, cancellationToken).ConfigureAwait(false);
        return container;
    }

    private async Task FinishAsync(FunctionContext function, OpenLease open, FunctionContainer? container, CancellationToken cancellationToken)
    {
        var (lease, workspace) = (open.Lease, container?.Workspace ?? starter.WorkspaceOf(open.Lease.ContainerId));
        if (open.Phase == AttemptPhase.Leased)
        {
            await attempts.GiveBackAsync(function, lease, null, cancellationToken).ConfigureAwait(false);
            return;
        }

        await DropCopyAsync(function, lease, cancellationToken).ConfigureAwait(false);
        var verdict = open.Verdict ?? await InterruptAsync(function, open, container, cancellationToken).ConfigureAwait(false);
        await publisher.PublishAsync(function, lease, verdict, AttemptRunner.FilesOf(workspace, lease), cancellationToken).ConfigureAwait(false);
    }

    private async Task<TaskVerdict> InterruptAsync(FunctionContext function, OpenLease open, FunctionContainer? container, CancellationToken cancellationToken)
    {
        var final = container is null ? null : await container.Final.WaitAsync(cancellationToken).ConfigureAwait(false);
        var usage = SlotMeter.Slot(final, open.Lease.Slot) is { } slot ? Math.Max(0, slot.UsageMicroseconds - open.Start.Usage.Microseconds) : 0;
        var report = new AttemptReport(AttemptEnding.Interrupted, null, AttemptWords.ContainerLost, time.GetUtcNow(), usage);
        return await PatientlyAsync(function, _ => leases.EndedAsync(open.Lease, report), cancellationToken).ConfigureAwait(false);
    }

    // A crash in the middle of a move may have left the object under input/ too; the version tells it from a newer one.
    private Task<bool> DropCopyAsync(FunctionContext function, TaskLease lease, CancellationToken cancellationToken) => PatientlyAsync(
        function,
        async token =>
        {
            var key = BucketLayout.InputKey(lease.Task);
            var found = lease.Location.Place == TaskPlace.Input ? await store.FindAsync(function.Bucket, key, token).ConfigureAwait(false) : null;
            if (found?.Version == lease.Location.Version)
            {
                await store.MoveAsync(function.Bucket, key, BucketLayout.ProcessingKey(lease.Task), found.Version, token).ConfigureAwait(false);
            }

            return true;
        },
        cancellationToken);

    private Task<bool> ReturnStraysAsync(FunctionContext function, IReadOnlyList<OpenLease> open, CancellationToken cancellationToken) => PatientlyAsync(
        function,
        async token =>
        {
            var known = open.Select(o => o.Lease.Task)
                .Concat(function.Queue.Snapshot().Where(t => t.Location.Place == TaskPlace.Processing).Select(t => t.Name))
                .Select(BucketLayout.ProcessingKey)
                .ToHashSet(StringComparer.Ordinal);
            await foreach (var item in store.ListAsync(function.Bucket, BucketLayout.Processing, null, token).ConfigureAwait(false))
            {
                if (!known.Contains(item.Key) && BucketLayout.NameBelow(BucketLayout.Processing, item.Key, item.Length) is { } name)
                {
                    await ReturnStrayAsync(function, name, item.Length, token).ConfigureAwait(false);
                }
            }

            return true;
        },
        cancellationToken);

    private async Task ReturnStrayAsync(FunctionContext function, string name, long length, CancellationToken cancellationToken)
    {
        LogStray(function.Name, name);
        var location = await returner.ReturnAsync(function.Bucket, name, cancellationToken).ConfigureAwait(false);
        if (location is { Place: TaskPlace.Processing })
        {
            function.Queue.Return(new QueuedTask(TaskDispatcher.NewTaskId(), name, location, length, time.GetUtcNow()));
        }
    }

    private Task<T> PatientlyAsync<T>(FunctionContext function, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        Patience.UntilDoneAsync(call, why => function.Problems.Set(ProblemSource, why), function.Bucket, time, cancellationToken);
}
