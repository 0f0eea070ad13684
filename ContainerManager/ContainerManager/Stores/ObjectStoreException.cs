namespace ContainerManager.Stores;

/// <summary>Why a store call failed.</summary>
internal enum StoreFailure
{
    /// <summary>No such object.</summary>
    NotFound,

    /// <summary>No such bucket.</summary>
    BucketMissing,

    /// <summary>The object is another one than the caller saw.</summary>
    Changed,

    /// <summary>The store does not let us: wrong keys, or no permission.</summary>
    AccessDenied,

    /// <summary>No space left, or over quota.</summary>
    Full,

    /// <summary>A key or bucket name that this store cannot hold.</summary>
    InvalidName,

    /// <summary>No answer, or one that says "not now": the same call may go through later.</summary>
    Unavailable,
}

/// <summary>A store call failed; the message names bucket, key and what happened.</summary>
internal sealed class ObjectStoreException(StoreFailure failure, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Why.</summary>
    public StoreFailure Failure { get; } = failure;
}
