using System.Security.Cryptography;
using ContainerManager.Core.Buckets;
using ContainerManager.Core.Dispatching;
using ContainerManager.Dispatching;
using ContainerManager.Stores;

namespace ContainerManager.Buckets;

/// <summary>Brings the object of a task that was not finished back to <c>input/</c>, without ever replacing a newer one there.</summary>
internal sealed class TaskReturner(IObjectStore store)
{
    private const int MaxLooks = 5;

    /// <summary>Brings it back; gives where it is now, null where it is nowhere any more.</summary>
    public async Task<TaskLocation?> ReturnAsync(string bucket, string task, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            try
            {
                return await TryReturnAsync(bucket, task, cancellationToken).ConfigureAwait(false);
            }
            catch (ObjectStoreException e) when (look < MaxLooks && e.Failure is (StoreFailure.NotFound or StoreFailure.Changed))
            {
                // Its owner changed things while we looked: look again.
            }
        }
    }

    private async Task<TaskLocation?> TryReturnAsync(string bucket, string task, CancellationToken cancellationToken)
    {
        var input = await store.FindAsync(bucket, BucketLayout.InputKey(task), cancellationToken).ConfigureAwait(false);
        var processing = await store.FindAsync(bucket, BucketLayout.ProcessingKey(task), cancellationToken).ConfigureAwait(false);
        var same = input is not null && processing is not null
            && await AreSameAsync(bucket, input, processing, cancellationToken).ConfigureAwait(false);
        switch (ReturnRules.Decide(input is not null, processing is not null, same))
        {
            case ReturnAction.Forget:
                return null;
            case ReturnAction.WaitInInput:
                return new TaskLocation(TaskPlace.Input, input!.Version);
            case ReturnAction.WaitInProcessing:
                return new TaskLocation(TaskPlace.Processing, processing!.Version);
            case ReturnAction.DropProcessing:
                await store.DeleteAsync(bucket, processing!.Key, cancellationToken).ConfigureAwait(false);
                return new TaskLocation(TaskPlace.Input, input!.Version);
            case ReturnAction.MoveToInput:
                await store.MoveAsync(bucket, processing!.Key, BucketLayout.InputKey(task), processing.Version, cancellationToken).ConfigureAwait(false);
                var moved = await store.FindAsync(bucket, BucketLayout.InputKey(task), cancellationToken).ConfigureAwait(false);
                return moved is null ? null : new TaskLocation(TaskPlace.Input, moved.Version);
            case var other:
                throw new InvalidOperationException($"Unknown action {other}.");
        }
    }

    private async Task<bool> AreSameAsync(string bucket, ObjectInfo one, ObjectInfo other, CancellationToken cancellationToken) =>
        one.Length == other.Length
        && await DigestAsync(bucket, one.Key, cancellationToken).ConfigureAwait(false)
            == await DigestAsync(bucket, other.Key, cancellationToken).ConfigureAwait(false);

    private async Task<string> DigestAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(bucket, key, cancellationToken).ConfigureAwait(false);
        return Convert.ToHexString(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
    }
}
