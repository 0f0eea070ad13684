using ContainerManager.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContainerManager.Tests.Stores;

[Collection(SwiftGroup.Name)]
public sealed class S3ObjectStoreContractTests(SwiftFixture swift) : ObjectStoreContract
{
    private protected override Task<IObjectStore> OpenAsync() =>
        Task.FromResult(ObjectStores.Open(swift.Options, TimeProvider.System, NullLoggerFactory.Instance));
}
