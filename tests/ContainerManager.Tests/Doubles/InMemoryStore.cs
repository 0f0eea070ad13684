using System.Globalization;
using ContainerManager.Core.Tasks;
using ContainerManager.Stores;

namespace ContainerManager.Tests.Doubles;

/// <summary>Buckets in memory, with notifications; can be told to fail.</summary>
internal sealed class InMemoryStore : IObjectStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SortedDictionary<string, Stored>> _buckets = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _versions;
    private int _listed;

    /// <summary>Asked before every call, with what is called and the key; an exception that it gives is thrown.</summary>
    public Func<string, string, Exception?>? Failing { get; set; }

    /// <summary>Set where moves shall look as if the store had crashed between copying and deleting.</summary>
    public bool KeepsMovedSources { get; set; }

    /// <summary>How many objects listings have given.</summary>
    public int Listed => _listed;

    public static string Text(byte[] content) => System.Text.Encoding.UTF8.GetString(content);

    public void Put(string bucket, string key, string text) => PutBytes(bucket, key, System.Text.Encoding.UTF8.GetBytes(text));

    public string? Read(string bucket, string key)
    {
        lock (_lock)
        {
            return _buckets.TryGetValue(bucket, out var b) && b.TryGetValue(key, out var stored) ? Text(stored.Content) : null;
        }
    }

    public bool Has(string bucket, string key) => Read(bucket, key) is not null;

    public IReadOnlyList<string> Keys(string bucket, string prefix = "")
    {
        lock (_lock)
        {
            return _buckets.TryGetValue(bucket, out var b) ? [.. b.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal))] : [];
        }
    }

    public void RemoveBucket(string bucket)
    {
        lock (_lock)
        {
            _buckets.Remove(bucket);
        }
    }

    public Task EnsureBucketAsync(string bucket, CancellationToken cancellationToken)
    {
        Check("ensure", bucket);
        lock (_lock)
        {
            _buckets.TryAdd(bucket, new SortedDictionary<string, Stored>(KeyOrder.Instance));
        }

        return Task.CompletedTask;
    }

    public Task<bool> BucketExistsAsync(string bucket, CancellationToken cancellationToken)
    {
        Check("exists", bucket);
        lock (_lock)
        {
            return Task.FromResult(_buckets.ContainsKey(bucket));
        }
    }

    public async IAsyncEnumerable<ObjectInfo> ListAsync(
        string bucket, string prefix, string? startAfter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        Check("list", prefix);
        List<ObjectInfo> found;
        lock (_lock)
        {
            found = [.. Bucket(bucket).Where(o => o.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(o => o.Value.Info(o.Key))];
        }

        foreach (var item in found.Where(o => startAfter is null || KeyOrder.Instance.Compare(o.Key, startAfter) > 0))
        {
            Interlocked.Increment(ref _listed);
            yield return item;
        }
    }

    public Task<ObjectInfo?> FindAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        Check("find", key);
        lock (_lock)
        {
            return Task.FromResult(Bucket(bucket).TryGetValue(key, out var stored) ? stored.Info(key) : null);
        }
    }

    public Task<Stream> OpenReadAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        Check("open", key);
        lock (_lock)
        {
            return Bucket(bucket).TryGetValue(key, out var stored)
                ? Task.FromResult<Stream>(new MemoryStream(stored.Content, writable: false))
                : throw new ObjectStoreException(StoreFailure.NotFound, $"{bucket}/{key} is not there");
        }
    }

    public async Task<ObjectInfo> PutAsync(string bucket, string key, Stream content, CancellationToken cancellationToken)
    {
        Check("put", key);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellationToken);
        return PutBytes(bucket, key, copy.ToArray());
    }

    public Task MoveAsync(string bucket, string sourceKey, string targetKey, string? expectedVersion, CancellationToken cancellationToken)
    {
        Check("move", sourceKey);
        lock (_lock)
        {
            var objects = Bucket(bucket);
            if (!objects.TryGetValue(sourceKey, out var stored))
            {
                throw new ObjectStoreException(StoreFailure.NotFound, $"{bucket}/{sourceKey} is not there");
            }

            if (expectedVersion is not null && stored.Version != expectedVersion)
            {
                throw new ObjectStoreException(StoreFailure.Changed, $"{bucket}/{sourceKey} has changed");
            }

            if (!KeepsMovedSources)
            {
                objects.Remove(sourceKey);
            }

            objects[targetKey] = stored with { Version = NextVersion() };
        }

        Notify();
        return Task.CompletedTask;
    }

    public Task DeleteAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        Check("delete", key);
        lock (_lock)
        {
            Bucket(bucket).Remove(key);
        }

        Notify();
        return Task.CompletedTask;
    }

    public async Task WaitForChangeAsync(string bucket, string prefix, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Check("wait", prefix);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Volatile.Read(ref _changed).Task, Task.Delay(timeout, TimeProvider.System, ended.Token));
        await ended.CancelAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ObjectInfo PutBytes(string bucket, string key, byte[] content)
    {
        ObjectInfo info;
        lock (_lock)
        {
            var stored = new Stored(content, NextVersion());
            Bucket(bucket)[key] = stored;
            info = stored.Info(key);
        }

        Notify();
        return info;
    }

    private SortedDictionary<string, Stored> Bucket(string bucket) => _buckets.TryGetValue(bucket, out var found)
        ? found
        : throw new ObjectStoreException(StoreFailure.BucketMissing, $"the bucket {bucket} is not there");

    private string NextVersion() => (++_versions).ToString(CultureInfo.InvariantCulture);

    private void Check(string call, string key)
    {
        if (Failing?.Invoke(call, key) is { } failure)
        {
            throw failure;
        }
    }

    private void Notify() =>
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    private sealed record Stored(byte[] Content, string Version)
    {
        public ObjectInfo Info(string key) => new(key, Content.Length, Version, DateTimeOffset.UnixEpoch);
    }
}
