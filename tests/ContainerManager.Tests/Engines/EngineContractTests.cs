using System.Diagnostics;
using ContainerManager.Engines;
using Testing;

namespace ContainerManager.Tests.Engines;

public sealed class EngineContractTests : IAsyncLifetime
{
    private readonly EngineHarness _harness = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task StartAsync_GoodImage_ContainerIsListed()
    {
        var spec = await _harness.StartAsync("exit 0");

        Assert.Equal([spec.ContainerId], await _harness.Engine.ListAsync(CancellationToken.None));
        Assert.Equal([spec.ContainerId], await _harness.NewEngine().ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task StartAsync_SameIdAgain_ThrowsAndTheFirstOneLives()
    {
        var spec = await _harness.StartAsync("exit 0");

        await Assert.ThrowsAsync<EngineException>(() => _harness.Engine.StartAsync(spec, CancellationToken.None));
        Assert.Equal([spec.ContainerId], await _harness.Engine.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task StartAsync_ImageWithoutShell_SaysSo()
    {
        var spec = await _harness.SpecAsync(await TestImages.WithoutShellAsync());

        var error = await Assert.ThrowsAsync<EngineException>(() => _harness.Engine.StartAsync(spec, CancellationToken.None));

        Assert.Contains("no /bin/sh", error.Message, StringComparison.Ordinal);
        Assert.Empty(await _harness.Engine.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task StartAsync_Cancelled_LeavesNothing()
    {
        var spec = await _harness.SpecAsync();
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _harness.Engine.StartAsync(spec, cancelled.Token));
        Assert.Empty(await _harness.Engine.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task AttachAsync_ContainerGone_SaysSo()
    {
        var spec = await _harness.SpecAsync();

        var error = await Assert.ThrowsAsync<EngineException>(() => _harness.AttachAsync(spec));

        Assert.Contains("gone", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitForExitAsync_UnknownContainer_CompletesAtOnce() =>
        await _harness.Engine.WaitForExitAsync("nobody", CancellationToken.None);

    [Fact]
    public async Task WaitForExitAsync_MainProcessKilled_CompletesWithinASecond()
    {
        var spec = await _harness.StartAsync("exit 0");
        var exit = _harness.Engine.WaitForExitAsync(spec.ContainerId, CancellationToken.None);
        Assert.False(exit.IsCompleted);

        await KillInitAsync(spec);
        var start = Stopwatch.GetTimestamp();
        await exit;

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Empty(await _harness.Engine.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task RunAsync_ContainerDies_Throws()
    {
        var spec = await _harness.StartAsync("sleep 600");
        await using var runner = await _harness.AttachAsync(spec);
        var attempt = EngineHarness.NewAttempt(spec);
        var end = runner.RunAsync(attempt, CancellationToken.None);
        await Eventually.HoldsAsync(() => File.ReadAllText(Path.Combine(attempt.Directory, "status")).Length > 0);

        await KillInitAsync(spec);

        await Assert.ThrowsAsync<EngineException>(() => end);
    }

    [Fact]
    public async Task StopAsync_TaskRuns_NoProcessIsLeft()
    {
        var spec = await _harness.StartAsync("sleep 600");
        await using var runner = await _harness.AttachAsync(spec);
        var end = runner.RunAsync(EngineHarness.NewAttempt(spec), CancellationToken.None);

        await _harness.Engine.StopAsync(spec.ContainerId, CancellationToken.None);

        await Assert.ThrowsAsync<EngineException>(() => end);
        Assert.Empty(await _harness.Engine.ListAsync(CancellationToken.None));
        await Eventually.HoldsAsync(() => !ProcessTable.Naming(spec.ContainerId).Any());
    }

    [Fact]
    public Task StopAsync_UnknownContainer_IsNoError() => _harness.Engine.StopAsync("nobody", CancellationToken.None);

    private static async Task KillInitAsync(ContainerSpec spec)
    {
        var master = ProcessTable.Naming($"[{spec.ContainerId}]").Single();
        var children = await File.ReadAllTextAsync($"/proc/{master}/task/{master}/children");
        var init = children.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Single(pid => File.ReadAllText($"/proc/{pid}/comm").Trim() == "appinit");
        using var process = Process.Start("kill", ["-KILL", init]);
        await process.WaitForExitAsync();
    }
}
