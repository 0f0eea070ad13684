using System.Diagnostics;
using ContainerManager.Engines;
using Testing;

namespace ContainerManager.Tests.Engines;

public abstract class EngineContractTests(EngineHarness harness) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => harness.DisposeAsync().AsTask();

    [Fact]
    public async Task StartAsync_GoodImage_ContainerIsListed()
    {
        var spec = await harness.StartAsync("exit 0");

        Assert.Equal([spec.ContainerId], await harness.Engine.ListAsync(CancellationToken.None));
        Assert.Equal([spec.ContainerId], await harness.NewEngine().ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task StartAsync_SameIdAgain_ThrowsAndTheFirstOneLives()
    {
        var spec = await harness.StartAsync("exit 0");

        await Assert.ThrowsAsync<EngineException>(() => harness.Engine.StartAsync(spec, CancellationToken.None));
        Assert.Equal([spec.ContainerId], await harness.Engine.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task StartAsync_ImageWithoutShell_SaysSo()
    {
        var spec = await harness.SpecAsync(await harness.ImageAsync(TestImage.WithoutShell));

        var error = await Assert.ThrowsAsync<EngineException>(() => harness.Engine.StartAsync(spec, CancellationToken.None));

        Assert.Contains("no /bin/sh", error.Message, StringComparison.Ordinal);
        Assert.Empty(await harness.Engine.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task StartAsync_Cancelled_LeavesNothing()
    {
        var spec = await harness.SpecAsync();
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => harness.Engine.StartAsync(spec, cancelled.Token));
        Assert.Empty(await harness.Engine.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task AttachAsync_ContainerGone_SaysSo()
    {
        var spec = await harness.SpecAsync();

        var error = await Assert.ThrowsAsync<EngineException>(() => harness.AttachAsync(spec));

        Assert.Contains("gone", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitForExitAsync_UnknownContainer_CompletesAtOnce() =>
        await harness.Engine.WaitForExitAsync("nobody", CancellationToken.None);

    [Fact]
    public async Task WaitForExitAsync_MainProcessKilled_CompletesWithinASecond()
    {
        var spec = await harness.StartAsync("exit 0");
        var exit = harness.Engine.WaitForExitAsync(spec.ContainerId, CancellationToken.None);
        Assert.False(exit.IsCompleted);

        await KillInitAsync(spec);
        var start = Stopwatch.GetTimestamp();
        await exit;

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Empty(await harness.Engine.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task RunAsync_ContainerDies_Throws()
    {
        var spec = await harness.StartAsync("sleep 600");
        await using var runner = await harness.AttachAsync(spec);
        var attempt = EngineHarness.NewAttempt(spec);
        var end = runner.RunAsync(attempt, CancellationToken.None);
        await Eventually.HoldsAsync(() => File.ReadAllText(Path.Combine(attempt.Directory, "status")).Length > 0);

        await KillInitAsync(spec);

        await Assert.ThrowsAsync<EngineException>(() => end);
    }

    [Fact]
    public async Task StopAsync_TaskRuns_NoProcessIsLeft()
    {
        var spec = await harness.StartAsync("sleep 600");
        await using var runner = await harness.AttachAsync(spec);
        var end = runner.RunAsync(EngineHarness.NewAttempt(spec), CancellationToken.None);

        await harness.Engine.StopAsync(spec.ContainerId, CancellationToken.None);

        await Assert.ThrowsAsync<EngineException>(() => end);
        Assert.Empty(await harness.Engine.ListAsync(CancellationToken.None));
        await Eventually.HoldsAsync(() => !ProcessTable.Naming(spec.ContainerId).Any());
    }

    [Fact]
    public Task StopAsync_UnknownContainer_IsNoError() => harness.Engine.StopAsync("nobody", CancellationToken.None);

    private async Task KillInitAsync(ContainerSpec spec)
    {
        using var process = Process.Start("kill", ["-KILL", $"{await harness.InitOfAsync(spec)}"]);
        await process.WaitForExitAsync();
    }
}
