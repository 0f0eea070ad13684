using ContainerManager.Files;

namespace ContainerManager.Stores.FileSystem;

/// <summary>Turns what the file system says into what the port promises.</summary>
internal static class FileErrors
{
    // .NET gives a full disk Windows' number, and other errors their own.
    private const int DiskFull = unchecked((int)0x80070070);

    /// <param name="error">What was thrown.</param>
    /// <param name="bucket">The bucket that was worked on.</param>
    /// <param name="key">The key; null where the call has none.</param>
    public static ObjectStoreException Map(Exception error, string bucket, string? key)
    {
        var subject = key is null ? $"Bucket {bucket}" : $"Bucket {bucket}, key {ObjectNames.Quote(key)}";
        return new ObjectStoreException(FailureOf(error), $"{subject}: {error.Message}", error);
    }

    private static StoreFailure FailureOf(Exception error) => error switch
    {
        UnauthorizedAccessException => StoreFailure.AccessDenied,
        SystemCallException call => FailureOf(call.Error),
        IOException { HResult: DiskFull } => StoreFailure.Full,
        IOException other => FailureOf(other.HResult),
        _ => StoreFailure.Unavailable,
    };

    private static StoreFailure FailureOf(int error) => error switch
    {
        ErrorNumber.NoSpace or ErrorNumber.OverQuota or ErrorNumber.FileTooBig => StoreFailure.Full,
        ErrorNumber.NoAccess or ErrorNumber.NotPermitted or ErrorNumber.ReadOnlyFileSystem => StoreFailure.AccessDenied,
        ErrorNumber.NameTooLong => StoreFailure.InvalidName,
        _ => StoreFailure.Unavailable,
    };
}
