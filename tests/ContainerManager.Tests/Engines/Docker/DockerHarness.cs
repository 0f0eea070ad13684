using System.Globalization;
using ContainerManager.Engines;
using ContainerManager.Engines.Docker;
using Testing;

namespace ContainerManager.Tests.Engines.Docker;

/// <summary>Docker, on a server of the tests' own.</summary>
public sealed class DockerHarness(DockerDaemon daemon) : EngineHarness
{
    internal override IContainerEngine NewEngine() => new DockerEngine(Options, daemon.Socket, TimeProvider.System);

    internal override Task<string> ImageAsync(TestImage image) => daemon.ImportAsync(image);

    internal override async Task<int> InitOfAsync(ContainerSpec spec)
    {
        var record = await File.ReadAllTextAsync(Path.Combine(Options.CacheDirectory, "docker", spec.ContainerId));
        return int.Parse(record.Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
