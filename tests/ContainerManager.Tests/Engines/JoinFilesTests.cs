using ContainerManager.Engines;
using Testing;

namespace ContainerManager.Tests.Engines;

/// <summary>Everything that a container ever starts is in the cgroups that the platform made for it.</summary>
public abstract class JoinFilesTests(EngineHarness harness) : IAsyncLifetime
{
    private readonly TestCgroup _instance = new();
    private readonly TestCgroup _slot = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await harness.DisposeAsync();
        await _instance.DisposeAsync();
        await _slot.DisposeAsync();
    }

    [Fact]
    public async Task StartAndAttach_JoinFilesGiven_EveryProcessIsInThem()
    {
        var spec = await harness.SpecAsync(joinFiles: _instance.JoinFiles);
        EngineHarness.SetScript(spec.Workspace, "sleep 600 & setsid sleep 600 & wait");
        await harness.Engine.StartAsync(spec, CancellationToken.None);
        await using var runner = await harness.Engine.AttachAsync(spec.Workspace, 0, _slot.JoinFiles, CancellationToken.None);
        var resident = _slot.Processes.Count;
        var end = runner.RunAsync(EngineHarness.NewAttempt(spec), CancellationToken.None);
        await Eventually.HoldsAsync(() => _slot.Processes.Count(IsSleep) == 2);

        Assert.Contains($"{await harness.InitOfAsync(spec)}", _instance.Processes);
        Assert.InRange(resident, 1, _slot.Processes.Count - 3);
        Assert.All(_slot.Processes, pid => Assert.Equal(
            _slot.JoinFiles.Count, ProcessTable.Read(pid, "cgroup").Split(_slot.Name).Length - 1));

        await harness.Engine.StopAsync(spec.ContainerId, CancellationToken.None);
        await Assert.ThrowsAsync<EngineException>(() => end);
    }

    [Fact]
    public async Task StartAsync_CgroupGone_ThrowsAndNothingRuns()
    {
        var spec = await harness.SpecAsync(joinFiles: ["/sys/fs/cgroup/scp-engine-test-none/cgroup.procs"]);

        var error = await Assert.ThrowsAsync<EngineException>(() => harness.Engine.StartAsync(spec, CancellationToken.None));

        Assert.Contains("cgroup", error.Message, StringComparison.Ordinal);
        Assert.Empty(await harness.Engine.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task AttachAsync_SlotKilledThroughItsCgroup_RunThrowsSoon()
    {
        var spec = await harness.StartAsync("sleep 600");
        await using var runner = await harness.Engine.AttachAsync(spec.Workspace, 0, _slot.JoinFiles, CancellationToken.None);
        var resident = _slot.Processes.Count;
        var end = runner.RunAsync(EngineHarness.NewAttempt(spec), CancellationToken.None);
        await Eventually.HoldsAsync(() => _slot.Processes.Count > resident);

        foreach (var pid in _slot.Processes)
        {
            using var kill = System.Diagnostics.Process.Start("kill", ["-KILL", pid]);
            await kill.WaitForExitAsync();
        }

        await Assert.ThrowsAsync<EngineException>(() => end.WaitAsync(TimeSpan.FromSeconds(2)));
    }

    private static bool IsSleep(string pid) => ProcessTable.Read(pid, "cmdline") == "sleep\0600\0";
}
