using ContainerManager.Stores;
using Testing;

namespace ContainerManager.Tests.Stores;

/// <summary>One Swift for all tests of S3.</summary>
public sealed class SwiftFixture : IAsyncLifetime
{
    private readonly SwiftServer _server = new();

    internal StoreOptions Options => new()
    {
        Kind = StoreKind.S3,
        Endpoint = _server.Endpoint,
        AccessKey = _server.AccessKey,
        SecretKeyFile = _server.SecretKeyFile,
    };

    public Task InitializeAsync() => _server.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class SwiftGroup : ICollectionFixture<SwiftFixture>
{
    public const string Name = "Swift";
}
