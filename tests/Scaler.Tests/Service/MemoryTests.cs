using Scaler.Contracts;

namespace Scaler.Tests.Service;

public sealed class MemoryTests
{
    private const long MiB = 1L << 20;

    /// <summary>The soft limit falls slowly, so this starts with one that the service finds low, as after a restart.</summary>
    [Fact]
    public async Task Tracking_MemoryGrows_SoftLimitIsRaisedAndNobodyIsKilled()
    {
        await using var node = await ScalerNode.StartAsync();
        var container = await node.Api.RegisterAsync("c1", ScalerNode.Registration(policy: "tracking", memoryBytes: 512 * MiB));
        Assert.Equal((512 * MiB, 512 * MiB), (container.MemoryLimitBytes, container.MemoryMaxBytes));
        await node.StopServiceAsync();
        node.Cgroups.Driver.Apply($"{node.Cgroups.Parent}/c1", new Scaler.Cgroups.CgroupSettings(100, 512 * MiB, 40, Frozen: false, SoftMemoryBytes: 20 * MiB));
        await node.StartServiceAsync();

        var holding = node.RunInSlot(container, JoinedProcess.Holding64MiB);
        var state = await node.WaitForAsync("c1", c => c.MemoryLimitBytes >= 80 * MiB, "the soft limit follows what is held");

        Assert.Equal(state.MemoryLimitBytes, node.Cgroups.Driver.ReadSoftMemoryLimit($"{node.Cgroups.Parent}/c1"));
        Assert.InRange(state.MemoryLimitBytes, state.MemoryBytes, 512 * MiB);
        Assert.Equal((0, false), (state.OutOfMemoryKills, holding.HasExited));
        var decision = (await node.Api.GetDecisionsAsync("c1")).Last(d => d.Kind == DecisionKind.Memory);
        Assert.NotEmpty(decision.Reason);
        Assert.Equal(decision.MemoryLimitBytes, (await node.GetAsync("c1")).MemoryLimitBytes);
    }

    [Fact]
    public async Task Register_MemoryMinimum_HoldsAndAboveTheHardLimitIsRefused()
    {
        await using var node = await ScalerNode.StartAsync();
        var registration = ScalerNode.Registration(policy: "tracking", memoryBytes: 128 * MiB);

        await node.Api.RegisterAsync("c1", registration with { MemoryMinBytes = 128 * MiB });
        var refusal = await Assert.ThrowsAsync<ServiceDefaults.Client.ApiException>(
            () => node.Api.RegisterAsync("c2", registration with { MemoryMinBytes = (128 * MiB) + 1 }));

        Assert.Contains("memory_min_bytes", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>As long as the hard limit allows, growth far beyond the soft limit within one cycle kills nobody.</summary>
    [Fact]
    public async Task SoftLimit_PassedWithinACycle_KillsNobody()
    {
        await using var node = await ScalerNode.StartAsync(("scaler:cycle", "5s"));
        var container = await node.Api.RegisterAsync("c1", ScalerNode.Registration(limitShares: 400, policy: "tracking", memoryBytes: 512 * MiB));
        await node.StopServiceAsync();
        node.Cgroups.Driver.Apply($"{node.Cgroups.Parent}/c1", new Scaler.Cgroups.CgroupSettings(400, 512 * MiB, 40, Frozen: false, SoftMemoryBytes: 16 * MiB));
        await node.StartServiceAsync();

        var greedy = node.RunInSlot(container, ["/bin/sh", "-c", "head -c 200M /dev/zero | tail -n 1 >/dev/null"]);

        Assert.Equal(0, await greedy.WaitAsync());
        Assert.Equal(0, (await node.GetAsync("c1")).OutOfMemoryKills);
    }
}
