using System.Runtime.CompilerServices;
using ContainerManager.Stores;
using ServiceDefaults;

namespace ContainerManager.Metrics;

/// <summary>A store whose calls are timed. Waiting for a change is no call: it ends when something happens.</summary>
internal sealed class MeasuredStore(IObjectStore store, ManagerMetrics metrics, TimeProvider time) : IObjectStore
{
    public Task EnsureBucketAsync(string bucket, CancellationToken cancellationToken) =>
        MeasureAsync("ensure_bucket", () => store.EnsureBucketAsync(bucket, cancellationToken));

    public Task<bool> BucketExistsAsync(string bucket, CancellationToken cancellationToken) =>
        MeasureAsync("bucket_exists", () => store.BucketExistsAsync(bucket, cancellationToken));

    /// <summary>Each page that the caller waits for is a part of the time; what the caller does in between is not.</summary>
    public async IAsyncEnumerable<ObjectInfo> ListAsync(
        string bucket, string prefix, string? startAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var duration = TimeSpan.Zero;
        await using var objects = store.ListAsync(bucket, prefix, startAfter, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            var startedAt = time.GetTimestamp();
            bool more;
            try
            {
                more = await objects.MoveNextAsync();
            }
            catch (Exception e)
            {
                metrics.StoreCalled("list", duration + time.GetElapsedTime(startedAt), ResultOf(e));
                throw;
            }

            duration += time.GetElapsedTime(startedAt);
            if (!more)
            {
                break;
            }

            yield return objects.Current;
        }

        metrics.StoreCalled("list", duration, "ok");
    }

    public Task<ObjectInfo?> FindAsync(string bucket, string key, CancellationToken cancellationToken) =>
        MeasureAsync("find", () => store.FindAsync(bucket, key, cancellationToken));

    public Task<Stream> OpenReadAsync(string bucket, string key, CancellationToken cancellationToken) =>
        MeasureAsync("open_read", () => store.OpenReadAsync(bucket, key, cancellationToken));

    public Task<ObjectInfo> PutAsync(string bucket, string key, Stream content, CancellationToken cancellationToken) =>
        MeasureAsync("put", () => store.PutAsync(bucket, key, content, cancellationToken));

    public Task MoveAsync(string bucket, string sourceKey, string targetKey, string? expectedVersion, CancellationToken cancellationToken) =>
        MeasureAsync("move", () => store.MoveAsync(bucket, sourceKey, targetKey, expectedVersion, cancellationToken));

    public Task DeleteAsync(string bucket, string key, CancellationToken cancellationToken) =>
        MeasureAsync("delete", () => store.DeleteAsync(bucket, key, cancellationToken));

    public Task WaitForChangeAsync(string bucket, string prefix, TimeSpan timeout, CancellationToken cancellationToken) =>
        store.WaitForChangeAsync(bucket, prefix, timeout, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private static string ResultOf(Exception error) => error switch
    {
        ObjectStoreException e => KeyText.Of(e.Failure.ToString()),
        OperationCanceledException => "cancelled",
        _ => "failed",
    };

    private Task<bool> MeasureAsync(string operation, Func<Task> call) => MeasureAsync(operation, async () =>
    {
        await call();
        return true;
    });

    private async Task<T> MeasureAsync<T>(string operation, Func<Task<T>> call)
    {
        var startedAt = time.GetTimestamp();
        var result = "ok";
        try
        {
            return await call();
        }
        catch (Exception e)
        {
            result = ResultOf(e);
            throw;
        }
        finally
        {
            metrics.StoreCalled(operation, time.GetElapsedTime(startedAt), result);
        }
    }
}
