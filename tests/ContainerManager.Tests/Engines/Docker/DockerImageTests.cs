using System.Globalization;
using ContainerManager.Core.Settings;
using ContainerManager.Engines;
using ContainerManager.Engines.Apptainer;
using ContainerManager.Engines.Docker;
using Microsoft.Extensions.Logging.Abstractions;
using Testing;

namespace ContainerManager.Tests.Engines.Docker;

/// <summary>What is Docker's alone.</summary>
[Collection(DockerServers.Collection)]
public sealed class DockerImageTests(SharedDocker docker) : IAsyncLifetime
{
    private readonly DockerHarness _harness = new(docker.Daemon);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task PrepareImageAsync_ImageThatTheServerHas_IsItsId()
    {
        var image = await PrepareAsync(await _harness.ImageAsync(TestImage.WithBash));

        Assert.Equal(EngineKind.Docker, image.Engine);
        Assert.Equal("sha256:" + image.Digest, image.Path);
        Assert.Equal(64, image.Digest.Length);
    }

    [Fact]
    public async Task PrepareImageAsync_RegistryThatDoesNotAnswer_NamesImageAndReason()
    {
        var error = await Assert.ThrowsAsync<EngineException>(() => PrepareAsync("127.0.0.1:1/team/tool:2"));

        Assert.StartsWith("The image 127.0.0.1:1/team/tool:2 cannot be had: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("refused", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../containers")]
    [InlineData("-debian")]
    [InlineData("debian:13?x=1")]
    [InlineData("Debian")]
    public async Task PrepareImageAsync_NoReference_SaysWhatIsAllowed(string reference)
    {
        var error = await Assert.ThrowsAsync<EngineException>(() => PrepareAsync(reference));

        Assert.Contains("allowed: the name of an image in a registry", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PrepareImageAsync_NoServer_NamesTheSocket()
    {
        using var engine = new DockerEngine(_harness.Options, _harness.Combine("none.sock"), TimeProvider.System);

        var error = await Assert.ThrowsAsync<EngineException>(() => engine.PrepareImageAsync("debian:13", CancellationToken.None));

        Assert.StartsWith($"The Docker server at {_harness.Combine("none.sock")} does not answer: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_ImageWithVolume_NothingCanBeWrittenThere()
    {
        var image = await WithVolumeAsync("/data");
        var spec = await _harness.StartAsync("test -d /data && ! touch /data/new", image);
        await using var runner = await _harness.AttachAsync(spec);
        var attempt = EngineHarness.NewAttempt(spec);

        var status = await runner.RunAsync(attempt, CancellationToken.None);

        Assert.True(status == 0, await File.ReadAllTextAsync(attempt.LogFile));
    }

    [Fact]
    public async Task RunAsync_ScriptLeavesManyBehind_NoneCountsAsAProcessForGood()
    {
        // Each becomes the first process's child, and is over at once.
        var spec = await _harness.StartAsync("for i in $(seq 200); do (setsid true &) ; done");
        await using var runner = await _harness.AttachAsync(spec);
        var init = await _harness.InitOfAsync(spec);

        Assert.Equal(0, await runner.RunAsync(EngineHarness.NewAttempt(spec), CancellationToken.None));

        await Eventually.HoldsAsync(() => ChildrenOf(init) <= 1);
    }

    [Fact]
    public async Task NodeEngines_BothEngines_EachKeepsItsContainers()
    {
        using var engine = new DockerEngine(_harness.Options, docker.Daemon.Socket, TimeProvider.System);
        var node = new NodeEngines(new ApptainerEngine(_harness.Options, TimeProvider.System, NullLogger<ApptainerEngine>.Instance), engine);
        var images = new[] { await TestImages.WithBashAsync(), await docker.Daemon.ImportAsync(TestImage.WithBash) };
        var specs = new List<ContainerSpec>();
        foreach (var image in images)
        {
            var spec = await _harness.SpecAsync();
            specs.Add(spec with { Image = await node.PrepareImageAsync(image, CancellationToken.None) });
            await node.StartAsync(specs[^1], CancellationToken.None);
        }

        Assert.Equal(specs.Select(s => s.ContainerId).Order(), (await node.ListAsync(CancellationToken.None)).Order());
        Assert.Equal([specs[1].ContainerId], await engine.ListAsync(CancellationToken.None));
        foreach (var spec in specs)
        {
            await using var runner = await node.AttachAsync(spec.Workspace, 0, [], CancellationToken.None);
            Assert.Equal(0, await runner.RunAsync(EngineHarness.NewAttempt(spec), CancellationToken.None));
            var exit = node.WaitForExitAsync(spec.ContainerId, CancellationToken.None);
            await node.StopAsync(spec.ContainerId, CancellationToken.None);
            await exit;
        }

        Assert.Empty(await node.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task NodeEngines_NoDocker_SaysWhatTheOperatorHasToSet()
    {
        var node = new NodeEngines(new ApptainerEngine(_harness.Options, TimeProvider.System, NullLogger<ApptainerEngine>.Instance), null);

        var error = await Assert.ThrowsAsync<EngineException>(() => node.PrepareImageAsync("debian:13", CancellationToken.None));

        Assert.Contains("engine.docker_socket", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopAsync_StartCutShortByAKill_IsRemovedAfterTheRestart()
    {
        // The server has made the container, and the service died before it knew of it.
        var spec = await _harness.SpecAsync();
        await File.WriteAllTextAsync(Path.Combine(_harness.Options.CacheDirectory, "docker", spec.ContainerId), "");
        await CreateAsync("scp-" + spec.ContainerId, spec.Image.Path);
        var engine = _harness.NewEngine();
        Assert.Empty(await engine.ListAsync(CancellationToken.None));

        await engine.StopAsync(spec.ContainerId, CancellationToken.None);

        using var server = new DockerServer(docker.Daemon.Socket);
        Assert.Null(await server.FindAsync($"containers/scp-{spec.ContainerId}/json", CancellationToken.None));
        Assert.False(File.Exists(Path.Combine(_harness.Options.CacheDirectory, "docker", spec.ContainerId)));
    }

    private static int ChildrenOf(int pid) =>
        Directory.EnumerateDirectories("/proc")
            .Select(directory => Path.GetFileName(directory))
            .Where(name => name.All(char.IsAsciiDigit))
            .Select(name => ProcessTable.Read(name, "stat"))
            .Count(stat => stat.Length > 0 && stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == pid.ToString(CultureInfo.InvariantCulture));

    private Task<PreparedImage> PrepareAsync(string reference) => _harness.Engine.PrepareImageAsync(reference, CancellationToken.None);

    private async Task CreateAsync(string name, string image)
    {
        using var server = new DockerServer(docker.Daemon.Socket);
        await server.PostAsync($"containers/create?name={name}", new { Image = image, Cmd = new[] { "sleep", "600" } }, CancellationToken.None);
    }

    /// <summary>The image with bash, with a volume declared.</summary>
    private async Task<string> WithVolumeAsync(string path)
    {
        var name = $"with-volume-{Guid.NewGuid():N}";
        await CreateAsync(name, await docker.Daemon.ImportAsync(TestImage.WithBash));
        using var server = new DockerServer(docker.Daemon.Socket);
        var volumes = new Dictionary<string, object> { [path] = new object() };
        await server.PostAsync($"commit?container={name}&repo=scp-test/{name}&tag=1", new { Volumes = volumes }, CancellationToken.None);
        await server.DeleteAsync($"containers/{name}?force=true", CancellationToken.None);
        return $"scp-test/{name}:1";
    }
}
