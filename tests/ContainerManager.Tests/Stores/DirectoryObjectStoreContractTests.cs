using ContainerManager.Stores;
using ContainerManager.Stores.FileSystem;
using Microsoft.Extensions.Logging.Abstractions;
using Testing;

namespace ContainerManager.Tests.Stores;

public sealed class DirectoryObjectStoreContractTests : ObjectStoreContract
{
    private readonly TempDirectory _root = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _root.Dispose();
    }

    private protected override Task<IObjectStore> OpenAsync() =>
        Task.FromResult<IObjectStore>(new DirectoryObjectStore(_root.Path, TimeProvider.System, NullLogger.Instance));
}
