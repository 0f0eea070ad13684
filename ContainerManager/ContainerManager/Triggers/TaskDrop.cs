using ContainerManager.Core.Buckets;
using ContainerManager.Stores;

namespace ContainerManager.Triggers;

/// <summary>Puts tasks into buckets that must not be put there twice.</summary>
internal sealed class TaskDrop(IObjectStore store)
{
    /// <summary>Puts the task under <c>input/</c> unless it is, or has been, in the bucket: waiting, run, or done either way.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="task">A name that nothing else is ever called by.</param>
    /// <param name="open">Opens its content.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it was put there now.</returns>
    /// <exception cref="ObjectStoreException">The store could not be asked, or could not take it.</exception>
    public async Task<bool> OnceAsync(string bucket, string task, Func<Stream> open, CancellationToken cancellationToken)
    {
        // In the order in which a task moves on. It may also move back from processing/, so input/ is looked at again at the end.
        string[] places =
        [
            BucketLayout.InputKey(task), BucketLayout.ProcessingKey(task), BucketLayout.OutputKey(task), BucketLayout.FailedKey(task), BucketLayout.InputKey(task),
        ];
        foreach (var key in places)
        {
            if (await store.FindAsync(bucket, key, cancellationToken).ConfigureAwait(false) is not null)
            {
                return false;
            }
        }

        await using var content = open();
        await store.PutAsync(bucket, BucketLayout.InputKey(task), content, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
