using System.Text.Json;
using ContainerManager.Buckets;
using ContainerManager.Contracts;
using ContainerManager.Core.Buckets;
using ContainerManager.Stores;
using ServiceDefaults.Client;

namespace ContainerManager.Functions;

/// <summary>Keeps a bucket's <c>status.json</c> as things are.</summary>
internal sealed class StatusWriter(IObjectStore store, StatusComposer composer, ManagerOptions options, TimeProvider time)
{
    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(FunctionContext function, CancellationToken cancellationToken)
    {
        string? written = null;
        while (true)
        {
            var changed = function.Changed.Next;
            var status = composer.Compose(function);
            var content = JsonSerializer.Serialize(status with { UpdatedAt = default }, ApiJson.Tolerant);
            if (content != written)
            {
                written = await TryWriteAsync(function, status, cancellationToken).ConfigureAwait(false) ? content : null;
                await Task.Delay(options.StatusInterval, time, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await TimedWait.ForAsync(changed, options.StatusInterval, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> TryWriteAsync(FunctionContext function, FunctionStatus status, CancellationToken cancellationToken)
    {
        try
        {
            await store.PutJsonAsync(function.Bucket, BucketLayout.Status, status, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ObjectStoreException)
        {
            // The status that says so cannot be written either; the API has it, and the next round tries again.
            return false;
        }
    }
}
