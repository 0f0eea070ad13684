using ContainerManager.Buckets;
using ContainerManager.Core.Buckets;
using ContainerManager.Core.Tasks;
using ContainerManager.Dispatching;
using ContainerManager.Engines;
using ContainerManager.Engines.Runners;
using ContainerManager.Functions;
using ContainerManager.Stores;
using ContainerManager.Triggers;

namespace ContainerManager.Working;

/// <summary>Carries out what becomes of a task after an attempt. Everything may be repeated, so that a crash in between is no loss.</summary>
internal sealed class AttemptPublisher(
    IObjectStore store,
    ITaskLeases leases,
    LogUploader logs,
    ResultUploader results,
    ReceiptBook receipts,
    TaskReturner returner,
    TaskCaps caps,
    ResultHandoff handoff,
    TimeProvider time)
{
    /// <summary>Publishes, however long the store is away.</summary>
    public async Task PublishAsync(FunctionContext function, TaskLease lease, TaskVerdict verdict, AttemptFiles files, CancellationToken cancellationToken)
    {
        await Patience.UntilDoneAsync(
            async token =>
            {
                var location = await PublishOnceAsync(function, lease, verdict, files, token).ConfigureAwait(false);
                await leases.SettledAsync(lease, verdict, location).ConfigureAwait(false);
                return true;
            },
            why => function.Problems.Set("publish-" + lease.AttemptId, why),
            function.Bucket,
            time,
            cancellationToken).ConfigureAwait(false);
        await RemoveFilesAsync(files).ConfigureAwait(false);
    }

    private static async Task RemoveFilesAsync(AttemptFiles files)
    {
        try
        {
            await AttemptDirectories.RemoveAsync(files).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone already, or not to be removed now: the container's whole directory goes with the container.
        }
    }

    private async Task<TaskLocation?> PublishOnceAsync(
        FunctionContext function, TaskLease lease, TaskVerdict verdict, AttemptFiles files, CancellationToken cancellationToken)
    {
        var bucket = function.Bucket;
        IReadOnlyList<string> leftOut = [];
        if (Directory.Exists(files.Directory))
        {
            await UnlessNameIsRefusedAsync(() => logs.UploadAsync(bucket, lease.Task, files, known: -1, cancellationToken)).ConfigureAwait(false);
            leftOut = verdict.State == TaskState.Succeeded
                ? await results.UploadAsync(bucket, lease.Task, files, cancellationToken).ConfigureAwait(false)
                : [];
        }

        if (verdict is { State: TaskState.Succeeded, OnSuccess: { } target } && Directory.Exists(files.OutputDirectory))
        {
            await handoff.HandOnAsync(lease, target, files, cancellationToken).ConfigureAwait(false);
        }

        var receipt = TaskReceipt.Of(lease, function.Row.User, verdict, leftOut);
        await UnlessNameIsRefusedAsync(() => receipts.WriteAsync(bucket, lease.Task, receipt, cancellationToken)).ConfigureAwait(false);
        switch (verdict.State)
        {
            case TaskState.Succeeded:
                await MoveAsync(bucket, lease.Task, BucketLayout.OutputKey(lease.Task), cancellationToken).ConfigureAwait(false);
                await FollowAsync(bucket, lease.Task, verdict, BucketLayout.OutputCapKey(lease.Task), cancellationToken).ConfigureAwait(false);
                return null;
            case TaskState.Failed:
                await MoveAsync(bucket, lease.Task, BucketLayout.FailedKey(lease.Task), cancellationToken).ConfigureAwait(false);
                await FollowAsync(bucket, lease.Task, verdict, BucketLayout.FailedCapKey(lease.Task), cancellationToken).ConfigureAwait(false);
                return null;
            case TaskState.Pending:
                return await returner.ReturnAsync(bucket, lease.Task, cancellationToken).ConfigureAwait(false);
            case var other:
                throw new InvalidOperationException($"A task cannot be {other} after an attempt.");
        }
    }

    private async Task FollowAsync(string bucket, string task, TaskVerdict verdict, string target, CancellationToken cancellationToken)
    {
        if (verdict.Cap?.FileVersion is { } version)
        {
            await caps.FollowAsync(bucket, task, version, target, cancellationToken).ConfigureAwait(false);
        }
    }

    // A store that cannot hold a name that was made of the task's keeps no such object; the task goes on.
    private static async Task UnlessNameIsRefusedAsync(Func<Task> put)
    {
        try
        {
            await put().ConfigureAwait(false);
        }
        catch (ObjectStoreException e) when (e.Failure == StoreFailure.InvalidName)
        {
            return;
        }
    }

    private async Task MoveAsync(string bucket, string task, string target, CancellationToken cancellationToken)
    {
        try
        {
            await store.MoveAsync(bucket, BucketLayout.ProcessingKey(task), target, null, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectStoreException e) when (e.Failure == StoreFailure.NotFound)
        {
            // Moved before a crash, or taken away by its owner: either way it is not under processing/ any more.
        }
    }
}
