using Testing;

namespace ContainerManager.Tests.Engines.Docker;

/// <summary>Tests that share one Docker server.</summary>
[CollectionDefinition(Collection)]
public sealed class DockerServers : ICollectionFixture<SharedDocker>
{
    public const string Collection = "docker";
}

/// <summary>The server that they share.</summary>
public sealed class SharedDocker : IAsyncLifetime
{
    public DockerDaemon Daemon { get; } = new();

    public Task InitializeAsync() => Daemon.StartAsync();

    public Task DisposeAsync() => Daemon.DisposeAsync().AsTask();
}
