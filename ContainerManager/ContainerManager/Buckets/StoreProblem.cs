using ContainerManager.Stores;

namespace ContainerManager.Buckets;

/// <summary>Store failures in words for <c>status.json</c>: one sentence per kind, whoever met it.</summary>
internal static class StoreProblem
{
    public static string BucketMissing(string bucket) => $"The bucket {bucket} does not exist any more; make it again and everything goes on.";

    public static string Of(ObjectStoreException error, string bucket) => error.Failure switch
    {
        StoreFailure.BucketMissing => BucketMissing(bucket),
        StoreFailure.Unavailable => "The object store does not answer; everything goes on when it does.",
        StoreFailure.AccessDenied => "The object store refuses access: its keys or permissions are wrong.",
        StoreFailure.Full => "The object store has no space left.",
        StoreFailure.NotFound or StoreFailure.Changed or StoreFailure.InvalidName => error.Message,
        _ => error.Message,
    };

    /// <summary>Whether the same call may go through later without anybody touching the object.</summary>
    public static bool MayPass(ObjectStoreException error) =>
        error.Failure is StoreFailure.Unavailable or StoreFailure.AccessDenied or StoreFailure.Full or StoreFailure.BucketMissing;
}
