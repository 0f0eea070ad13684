using System.Net;
using Amazon.Runtime;

namespace ContainerManager.Stores.S3;

/// <summary>Turns what the server says into what the port promises.</summary>
internal static class S3Errors
{
    private static readonly string[] FullCodes = ["EntityTooLarge", "QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "XMinioDiskFull"];

    /// <summary>Whether an error is for <see cref="Map"/>; others are bugs, or the caller's own cancellation.</summary>
    public static bool IsStoreError(Exception error, CancellationToken cancellationToken) =>
        error is AmazonServiceException or AmazonClientException or HttpRequestException or IOException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <param name="error">What was thrown.</param>
    /// <param name="bucket">The bucket that was worked on.</param>
    /// <param name="key">The key; null where the call has none.</param>
    public static ObjectStoreException Map(Exception error, string bucket, string? key)
    {
        var subject = key is null ? $"Bucket {bucket}" : $"Bucket {bucket}, key {ObjectNames.Quote(key)}";
        var message = error is OperationCanceledException ? "the S3 server did not answer in time" : error.Message;
        return new ObjectStoreException(FailureOf(error), $"{subject}: {message}", error);
    }

    private static StoreFailure FailureOf(Exception error) => error is AmazonServiceException service
        ? service.ErrorCode switch
        {
            "NoSuchBucket" => StoreFailure.BucketMissing,
            "NoSuchKey" => StoreFailure.NotFound,
            "PreconditionFailed" => StoreFailure.Changed,
            "KeyTooLongError" or "InvalidBucketName" or "InvalidURI" or "XMinioInvalidObjectName" => StoreFailure.InvalidName,
            // What the SDK calls a 400 without a body, as the answer to a head is. With a body it may be anything: a broken
            // upload, clocks apart, a slow connection.
            "BadRequest" => StoreFailure.InvalidName,
            var code when FullCodes.Contains(code) => StoreFailure.Full,
            _ => FailureOf(service.StatusCode),
        }
        : StoreFailure.Unavailable;

    private static StoreFailure FailureOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => StoreFailure.NotFound,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => StoreFailure.AccessDenied,
        HttpStatusCode.PreconditionFailed => StoreFailure.Changed,
        HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.InsufficientStorage => StoreFailure.Full,
        _ => StoreFailure.Unavailable,
    };
}
