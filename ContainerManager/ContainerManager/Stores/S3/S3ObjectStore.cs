using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace ContainerManager.Stores.S3;

/// <summary>
/// Buckets of an S3 server, with nothing but what every such server has: put, get, head, list, copy, delete; no conditional
/// writes, no notifications, no chunked upload encoding. An object is put and copied in one request, so that 5 GiB are the most. Keys that
/// start with a slash are refused: the SDK signs them otherwise than servers read them.
/// </summary>
internal sealed class S3ObjectStore(IAmazonS3 client, TimeSpan timeout, TimeProvider timeProvider) : IObjectStore
{
    private const long MaxObjectBytes = 5L << 30;
    private const int PageSize = 1000;
    private const int MaxPutAttempts = 5;
    private const long Mebibyte = 1 << 20;

    public Task EnsureBucketAsync(string bucket, CancellationToken cancellationToken) => CallAsync(bucket, null, 0, async token =>
    {
        try
        {
            return await client.PutBucketAsync(new PutBucketRequest { BucketName = bucket }, token);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode is "BucketAlreadyOwnedByYou" or "BucketAlreadyExists")
        {
            // It may be another's: asking for its head tells whether we may use it.
            await client.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket }, token);
            return null;
        }
    }, cancellationToken);

    public Task<bool> BucketExistsAsync(string bucket, CancellationToken cancellationToken) =>
        CallAsync(bucket, null, 0, token => HasBucketAsync(bucket, token), cancellationToken);

    public async IAsyncEnumerable<ObjectInfo> ListAsync(
        string bucket, string prefix, string? startAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ObjectNames.ThrowUnlessPrefix(prefix);
        var request = new ListObjectsV2Request
        {
            BucketName = bucket,
            Prefix = prefix,
            StartAfter = startAfter,
            MaxKeys = PageSize,
            // XML cannot carry control characters.
            Encoding = EncodingType.Url,
        };
        ListObjectsV2Response page;
        do
        {
            page = await CallAsync(bucket, null, 0, token => client.ListObjectsV2Async(request, token), cancellationToken);
            foreach (var item in page.S3Objects ?? [])
            {
                yield return new ObjectInfo(DecodeKey(item.Key), item.Size ?? 0, Version(item.ETag), Time(item.LastModified));
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    public Task<ObjectInfo?> FindAsync(string bucket, string key, CancellationToken cancellationToken) =>
        CallAsync(bucket, key, 0, token => HeadAsync(bucket, key, token), cancellationToken);

    public Task<Stream> OpenReadAsync(string bucket, string key, CancellationToken cancellationToken) => CallAsync(bucket, key, 0, async token =>
    {
        var response = await client.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key }, token);
        return (Stream)new ResponseStream(response, timeout, timeProvider);
    }, cancellationToken);

    public async Task<ObjectInfo> PutAsync(string bucket, string key, Stream content, CancellationToken cancellationToken)
    {
        var length = content.Length - content.Position;
        if (length > MaxObjectBytes)
        {
            throw new ObjectStoreException(
                StoreFailure.Full, $"Bucket {bucket}, key {ObjectNames.Quote(key)}: {length} bytes are more than the 5 GiB that can be put at once.");
        }

        var start = content.Position;
        for (var attempt = 1; ; attempt++)
        {
            content.Position = start;
            var info = await CallAsync(bucket, key, length, token => PutOnceAsync(bucket, key, content, length, token), cancellationToken);
            if (info is not null)
            {
                return info;
            }

            if (attempt == MaxPutAttempts)
            {
                throw new ObjectStoreException(
                    StoreFailure.Unavailable, $"Bucket {bucket}: object {ObjectNames.Quote(key)} is written by others at the same time, and was not kept.");
            }
        }
    }

    /// <summary>
    /// Copies on the server, then deletes the source if it is still the object that was copied. An object that comes between
    /// that look and the delete is lost: S3 has no delete with a condition that every server knows.
    /// </summary>
    public async Task MoveAsync(string bucket, string sourceKey, string targetKey, string? expectedVersion, CancellationToken cancellationToken)
    {
        ThrowUnlessSendable(targetKey);
        var source = await FindAsync(bucket, sourceKey, cancellationToken)
            ?? throw new ObjectStoreException(StoreFailure.NotFound, $"Bucket {bucket}: object {ObjectNames.Quote(sourceKey)} is not there.");
        if (expectedVersion is not null && source.Version != expectedVersion)
        {
            throw new ObjectStoreException(StoreFailure.Changed, $"Bucket {bucket}: object {ObjectNames.Quote(sourceKey)} is not the one that was seen.");
        }

        if (sourceKey == targetKey)
        {
            return;
        }

        var copy = new CopyObjectRequest
        {
            SourceBucket = bucket,
            SourceKey = sourceKey,
            DestinationBucket = bucket,
            DestinationKey = targetKey,
            ETagToMatch = $"\"{source.Version}\"",
        };
        await CallAsync(bucket, sourceKey, source.Length, token => client.CopyObjectAsync(copy, token), cancellationToken);
        var now = await FindAsync(bucket, sourceKey, cancellationToken);
        if (now?.Version == source.Version)
        {
            await DeleteAsync(bucket, sourceKey, cancellationToken);
        }
    }

    public Task DeleteAsync(string bucket, string key, CancellationToken cancellationToken) =>
        CallAsync(bucket, key, 0, token => client.DeleteObjectAsync(bucket, key, token), cancellationToken);

    public Task WaitForChangeAsync(string bucket, string prefix, TimeSpan timeout, CancellationToken cancellationToken) =>
        Task.Delay(timeout, timeProvider, cancellationToken);

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Puts an object and tells what is there then; null where it was not kept and nothing is there.</summary>
    private async Task<ObjectInfo?> PutOnceAsync(string bucket, string key, Stream content, long length, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = key,
            InputStream = content,
            AutoCloseStream = false,
            AutoResetStreamPosition = false,
            // Old servers store the chunks' headers as part of the object.
            UseChunkEncoding = false,
        };
        var answer = await client.PutObjectAsync(request, cancellationToken);
        // Swift accepts an object without keeping it where another writer puts a newer one meanwhile: then that one is the object.
        return answer.ETag is { } etag
            ? new ObjectInfo(key, length, Version(etag), timeProvider.GetUtcNow())
            : await HeadAsync(bucket, key, cancellationToken);
    }

    /// <summary>Some servers write a space as a plus; a plus itself is always encoded.</summary>
    private static string DecodeKey(string encoded) => Uri.UnescapeDataString(encoded.Replace('+', ' '));

    private static string Version(string etag) => etag.Trim('"');

    private static DateTimeOffset Time(DateTime? time) => time is { } t ? new DateTimeOffset(t.ToUniversalTime()) : DateTimeOffset.UnixEpoch;

    private async Task<ObjectInfo?> HeadAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        try
        {
            var head = await client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket, Key = key }, cancellationToken);
            return new ObjectInfo(key, head.ContentLength, Version(head.ETag), Time(head.LastModified));
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            // The answer to a head has no body that would say whether it is the bucket that is missing.
            return await HasBucketAsync(bucket, cancellationToken)
                ? null
                : throw new ObjectStoreException(StoreFailure.BucketMissing, $"Bucket {bucket} is not there.", e);
        }
    }

    private async Task<bool> HasBucketAsync(string bucket, CancellationToken cancellationToken)
    {
        try
        {
            await client.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket }, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>One call: names checked, time limited by what is transferred, errors mapped.</summary>
    private async Task<T> CallAsync<T>(string bucket, string? key, long length, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        ObjectNames.ThrowUnlessBucket(bucket);
        if (key is not null)
        {
            ThrowUnlessSendable(key);
        }

        using var limit = new CancellationTokenSource(timeout + TimeSpan.FromSeconds(length / Mebibyte), timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await call(both.Token);
        }
        catch (Exception e) when (S3Errors.IsStoreError(e, cancellationToken))
        {
            throw S3Errors.Map(e, bucket, key);
        }
    }

    private static void ThrowUnlessSendable(string key)
    {
        ObjectNames.ThrowUnlessKey(key);
        if (key.StartsWith('/'))
        {
            throw new ObjectStoreException(
                StoreFailure.InvalidName, $"Key {ObjectNames.Quote(key)} is not allowed; with an S3 server keys do not start with a slash.");
        }
    }
}
