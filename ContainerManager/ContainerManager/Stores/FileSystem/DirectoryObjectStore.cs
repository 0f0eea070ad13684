using System.Runtime.CompilerServices;
using ContainerManager.Files;
using Microsoft.Win32.SafeHandles;

namespace ContainerManager.Stores.FileSystem;

/// <summary>
/// Buckets that are directories below a root, for people to work in with <c>cp</c>, <c>mv</c> and <c>ls</c>: every regular file is an object
/// and its relative path is its key. Symbolic links, pipes and devices are no objects and are never followed or opened. A file that
/// somebody has open for writing is no object until it is closed.
/// </summary>
internal sealed class DirectoryObjectStore : IObjectStore
{
    private const int PageSize = 500;
    private const int SmallBytes = 64 << 10;

    private readonly string _root;
    private readonly TimeProvider _timeProvider;
    private readonly SettleRule _settle;
    private readonly IgnoredFiles _ignored;
    private readonly ChangeWatcher _watcher;
    private readonly SpareFiles _spares;

    /// <param name="root">Directory of the buckets; made where it is missing.</param>
    /// <param name="timeProvider">The time.</param>
    /// <param name="logger">Told once of every file that cannot be an object.</param>
    public DirectoryObjectStore(string root, TimeProvider timeProvider, ILogger logger)
    {
        _root = Path.GetFullPath(root);
        Directory.CreateDirectory(_root);
        (_timeProvider, _settle, _ignored) = (timeProvider, new SettleRule(timeProvider), new IgnoredFiles(logger));
        _watcher = new ChangeWatcher(_root, logger);
        _spares = new SpareFiles(_root, timeProvider);
    }

    public Task EnsureBucketAsync(string bucket, CancellationToken cancellationToken) => RunAsync(bucket, null, () =>
    {
        ObjectNames.ThrowUnlessBucket(bucket);
        BucketDirectory.Ensure(_root, bucket, _timeProvider.GetUtcNow());
        return true;
    });

    public Task<bool> BucketExistsAsync(string bucket, CancellationToken cancellationToken) => RunAsync(bucket, null, () =>
    {
        ObjectNames.ThrowUnlessBucket(bucket);
        using var directory = BucketDirectory.TryOpen(_root, bucket);
        return directory is not null;
    });

    public async IAsyncEnumerable<ObjectInfo> ListAsync(
        string bucket, string prefix, string? startAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ObjectNames.ThrowUnlessPrefix(prefix);
        using var directory = await RunAsync(bucket, null, () => Open(bucket));
        using var lister = await RunAsync(bucket, null, () => new BucketLister(
            directory.Handle, prefix, startAfter, (path, entry) => _ignored.Report(bucket, path, entry)));
        List<ObjectInfo> page;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            page = await RunAsync(bucket, null, () => NextPage(bucket, lister));
            foreach (var info in page)
            {
                yield return info;
            }
        }
        while (page.Count == PageSize);
    }

    public Task<ObjectInfo?> FindAsync(string bucket, string key, CancellationToken cancellationToken) => RunAsync(bucket, key, () =>
    {
        using var directory = Open(bucket, key);
        using var location = directory.Locate(key);
        return location?.TryStat() is { } stat && IsComplete(bucket, location, stat) ? Info(key, stat) : null;
    });

    public Task<Stream> OpenReadAsync(string bucket, string key, CancellationToken cancellationToken) => RunAsync<Stream>(bucket, key, () =>
    {
        using var directory = Open(bucket, key);
        using var location = directory.Locate(key) ?? throw NotFound(bucket, key);
        var stat = location.TryStat();
        if (stat is { } found && !IsComplete(bucket, location, found))
        {
            throw Error(StoreFailure.Unavailable, bucket, key, "is still being written");
        }

        return Content(location.Directory.TryOpenFile(location.Name) ?? throw NotFound(bucket, key), stat?.Size ?? long.MaxValue);
    });

    public Task<ObjectInfo> PutAsync(string bucket, string key, Stream content, CancellationToken cancellationToken) =>
        GuardAsync(bucket, key, async () =>
        {
            using var directory = Open(bucket, key);
            var isSmall = content.CanSeek && content.Length - content.Position is > 0 and <= SpareFiles.MostBytes;
            using var incoming = IncomingFile.Create(directory.Handle, home => isSmall ? _spares.TryTake(bucket, home) : null);
            await incoming.WriteAsync(content, cancellationToken);
            return Info(key, await directory.PlaceAsync(key, target => incoming.InstallAsync(
                target, (home, name, like) => _spares.Keep(bucket, home, name, like), cancellationToken)));
        });

    public Task MoveAsync(string bucket, string sourceKey, string targetKey, string? expectedVersion, CancellationToken cancellationToken) =>
        GuardAsync(bucket, sourceKey, async () =>
        {
            ObjectNames.ThrowUnlessKey(targetKey);
            using var directory = Open(bucket, sourceKey);
            using var source = directory.Locate(sourceKey);
            if (source?.TryStat() is not { } stat)
            {
                throw NotFound(bucket, sourceKey);
            }

            if ((expectedVersion is not null && expectedVersion != stat.Version)
                || !IsComplete(bucket, source, stat)
                || (sourceKey != targetKey && !await new ObjectMove(source, stat.Version).ToAsync(directory, targetKey, cancellationToken)))
            {
                throw Error(StoreFailure.Changed, bucket, sourceKey, "is not the object that was seen, or is still being written");
            }

            return true;
        });

    public Task DeleteAsync(string bucket, string key, CancellationToken cancellationToken) => RunAsync(bucket, key, () =>
    {
        using var directory = Open(bucket, key);
        directory.Delete(key);
        return true;
    });

    public async Task WaitForChangeAsync(string bucket, string prefix, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ObjectNames.ThrowUnlessBucket(bucket);
        ObjectNames.ThrowUnlessPrefix(prefix);
        await _watcher.WaitAsync(bucket, prefix, _settle.Limit(bucket, timeout), _timeProvider, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _watcher.Dispose();
        _spares.Dispose();
        return ValueTask.CompletedTask;
    }

    // A small file is read at once: every awaited read is another thread's work.
    private static Stream Content(SafeFileHandle file, long size)
    {
        if (size > SmallBytes)
        {
            return new FileStream(file, FileAccess.Read);
        }

        var buffer = new byte[size + 1];
        var length = RandomAccess.Read(file, buffer, 0);
        if (length > size)
        {
            return new FileStream(file, FileAccess.Read);
        }

        file.Dispose();
        return new MemoryStream(buffer, 0, length, writable: false);
    }

    private static ObjectInfo Info(string key, FileStat stat) => new(key, stat.Size, stat.Version, stat.ModifiedAt);

    private static ObjectStoreException NotFound(string bucket, string key) => Error(StoreFailure.NotFound, bucket, key, "is not there");

    private static ObjectStoreException Error(StoreFailure failure, string bucket, string key, string what) =>
        new(failure, $"Bucket {bucket}: object {ObjectNames.Quote(key)} {what}.");

    /// <summary>
    /// Runs file system calls, which cannot be awaited. On the caller's thread: another one would be of the same pool, and to wake it costs more than
    /// most of them.
    /// </summary>
    private static Task<T> RunAsync<T>(string bucket, string? key, Func<T> run) => GuardAsync(bucket, key, () => Task.FromResult(run()));

    private static async Task<T> GuardAsync<T>(string bucket, string? key, Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Map(e, bucket, key);
        }
    }

    private bool IsComplete(string bucket, FileLocation location, FileStat stat) =>
        _settle.IsComplete(bucket, WriterCheck.Ask(location.Directory, location.Name), stat);

    private List<ObjectInfo> NextPage(string bucket, BucketLister lister)
    {
        var page = new List<ObjectInfo>(PageSize);
        while (page.Count < PageSize && lister.Next() is { } file)
        {
            if (_settle.MayList(bucket, file.Directory, file.FileName, file.Stat))
            {
                page.Add(Info(file.Key, file.Stat));
            }
        }

        return page;
    }

    private BucketDirectory Open(string bucket, string key)
    {
        ObjectNames.ThrowUnlessKey(key);
        return Open(bucket);
    }

    private BucketDirectory Open(string bucket)
    {
        ObjectNames.ThrowUnlessBucket(bucket);
        return BucketDirectory.TryOpen(_root, bucket)
            ?? throw new ObjectStoreException(StoreFailure.BucketMissing, $"Bucket {bucket} is not there: no directory {Path.Combine(_root, bucket)}.");
    }
}
