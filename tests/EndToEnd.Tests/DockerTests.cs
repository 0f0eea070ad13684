using ContainerManager.Contracts;
using Testing;

namespace EndToEnd.Tests;

public sealed class DockerTests
{
    [Fact]
    public async Task Docker_TaskDropped_RunsAndIsBilledAsTheKernelCounts()
    {
        await using var docker = new DockerDaemon();
        await docker.StartAsync();
        await using var platform = await Platform.StartAsync(new PlatformSettings { DockerSocket = docker.Socket });
        var image = await docker.ImportAsync(TestImage.WithBash);
        var bucket = await platform.AddFunctionAsync("work", "i=0; while ((i < 200000)); do ((i += 1)); done; cat \"$1\" >\"$2/copy\"\n");
        bucket.Drop("utils/function.yaml", $"engine: docker\nimage: {image}\n");
        bucket.Drop("input/a b", "by Docker");

        var task = await bucket.EndedAsync("a b");

        Assert.Equal(TaskPhase.Succeeded, task.Phase);
        Assert.Equal("by Docker", await bucket.ReadAsync("results/a b/copy"));
        Assert.True(task.Attempts[0].UsageMicroseconds > 50_000, $"{task.Attempts[0].UsageMicroseconds} us");
        await platform.AssertBilledAsKernelCountsAsync(task.Attempts[0].ContainerId, "work");
    }

    [Fact]
    public async Task Docker_ManagerKilledInTheMiddleOfATask_TaskGoesOnInItsContainer()
    {
        await using var docker = new DockerDaemon();
        await docker.StartAsync();
        await using var platform = await Platform.StartAsync(new PlatformSettings { DockerSocket = docker.Socket });
        var image = await docker.ImportAsync(TestImage.WithBash);
        var bucket = await platform.AddFunctionAsync("work", Scripts.Burn);
        bucket.Drop("utils/function.yaml", $"engine: docker\nimage: {image}\n");
        bucket.Drop("input/a", "3");
        var containerId = (await bucket.RunningAsync("a")).Attempts[0].ContainerId;
        await Eventually.HoldsAsync(async () => (await platform.ScalerApi.FindContainerAsync(containerId))!.UsageMicroseconds > 500_000);

        await platform.ManagerService.KillAsync();
        await platform.ManagerService.StartAsync();
        var task = await bucket.EndedAsync("a");

        Assert.Equal(TaskPhase.Succeeded, task.Phase);
        Assert.Single(task.Attempts);
        Assert.Equal("started\nended\n", await bucket.ReadAsync("logs/a.log"));
        await platform.AssertBilledAsKernelCountsAsync(containerId, "work");
    }

    [Fact]
    public async Task Docker_NodeWithoutServer_StatusSaysSo()
    {
        await using var platform = await Platform.StartAsync();
        var bucket = await platform.AddFunctionAsync("work", Scripts.Copy);
        bucket.Drop("utils/function.yaml", "engine: docker\nimage: debian:13\n");
        bucket.Drop("input/a", "");

        await bucket.StatusAsync(
            s => s.Problems.Any(p => p.Contains("engine.docker_socket", StringComparison.Ordinal)), "what the operator has to set is named");
    }
}
