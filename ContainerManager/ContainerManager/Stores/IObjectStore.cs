namespace ContainerManager.Stores;

/// <summary>
/// Buckets of objects. Keys are any text of 1 to 1,024 UTF-8 bytes without NUL, hostile ones included; they never reach
/// a path or a request unescaped. A store may refuse keys that start with a slash. What somebody is still writing is no
/// object yet. Every method may throw <see cref="ObjectStoreException"/>.
/// </summary>
internal interface IObjectStore : IAsyncDisposable
{
    /// <summary>Makes the bucket unless it is there.</summary>
    /// <param name="bucket">3 to 63 of <c>a-z 0-9 . -</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task EnsureBucketAsync(string bucket, CancellationToken cancellationToken);

    /// <summary>Whether the bucket is there.</summary>
    Task<bool> BucketExistsAsync(string bucket, CancellationToken cancellationToken);

    /// <summary>
    /// The objects whose keys start with <paramref name="prefix"/>, in the order of their keys' UTF-8 bytes, read page by page
    /// as the caller goes on. An object that is written or removed meanwhile may or may not appear.
    /// </summary>
    /// <param name="bucket">A bucket that exists.</param>
    /// <param name="prefix">For example <c>input/</c>; empty for all.</param>
    /// <param name="startAfter">Only keys behind this one; null from the start.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    IAsyncEnumerable<ObjectInfo> ListAsync(string bucket, string prefix, string? startAfter, CancellationToken cancellationToken);

    /// <summary>What is known of one object; null where there is none.</summary>
    Task<ObjectInfo?> FindAsync(string bucket, string key, CancellationToken cancellationToken);

    /// <summary>Opens an object for streaming; the caller disposes the stream. A missing object throws <see cref="StoreFailure.NotFound"/>, one that is being written <see cref="StoreFailure.Unavailable"/>.</summary>
    Task<Stream> OpenReadAsync(string bucket, string key, CancellationToken cancellationToken);

    /// <summary>Writes an object whole: readers see the old content or the new, never a part.</summary>
    /// <param name="bucket">A bucket that exists.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="content">Read from its position to its end; seekable.</param>
    /// <param name="cancellationToken">Ends the call; the object is then unchanged.</param>
    Task<ObjectInfo> PutAsync(string bucket, string key, Stream content, CancellationToken cancellationToken);

    /// <summary>
    /// Moves an object, replacing the target. A crash may leave it in both places, never in none. Where the source has changed
    /// since <paramref name="expectedVersion"/> was seen, nothing is lost: the move is refused with <see cref="StoreFailure.Changed"/>
    /// or the newer object stays at the source.
    /// </summary>
    /// <param name="bucket">A bucket that exists.</param>
    /// <param name="sourceKey">Where it is.</param>
    /// <param name="targetKey">Where it goes.</param>
    /// <param name="expectedVersion">The version that is meant; null for whatever is there.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task MoveAsync(string bucket, string sourceKey, string targetKey, string? expectedVersion, CancellationToken cancellationToken);

    /// <summary>Removes an object; one that is not there is no error.</summary>
    Task DeleteAsync(string bucket, string key, CancellationToken cancellationToken);

    /// <summary>
    /// Completes when an object may have come or changed below <paramref name="prefix"/> since the wait before, or after
    /// <paramref name="timeout"/>; the first wait of a prefix completes at once. A hint that makes things faster: listing is the truth.
    /// Objects that vanish need not be noticed, and stores without notifications wait for the timeout.
    /// </summary>
    Task WaitForChangeAsync(string bucket, string prefix, TimeSpan timeout, CancellationToken cancellationToken);
}

/// <summary>An object as listed.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Version">Differs whenever the content was written anew; compared, never read.</param>
/// <param name="ModifiedAt">When it was last written.</param>
internal sealed record ObjectInfo(string Key, long Length, string Version, DateTimeOffset ModifiedAt);
