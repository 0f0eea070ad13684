using ContainerManager.Stores.FileSystem;
using ContainerManager.Stores.S3;

namespace ContainerManager.Stores;

/// <summary>Opens the store that is configured.</summary>
internal static class ObjectStores
{
    /// <param name="options">Validated.</param>
    /// <param name="timeProvider">The time.</param>
    /// <param name="loggers">For what the store has to say.</param>
    /// <exception cref="IOException">The store's directory cannot be made.</exception>
    public static IObjectStore Open(StoreOptions options, TimeProvider timeProvider, ILoggerFactory loggers) => options.Kind switch
    {
        StoreKind.S3 => new S3ObjectStore(S3Connection.Open(options), options.Timeout, timeProvider),
        _ => new DirectoryObjectStore(options.Directory!, timeProvider, loggers.CreateLogger<DirectoryObjectStore>()),
    };
}
