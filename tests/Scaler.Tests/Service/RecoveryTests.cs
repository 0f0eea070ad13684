using System.Net;
using System.Text.Json.Nodes;
using Scaler.Contracts;
using ServiceDefaults.Client;
using Testing;

namespace Scaler.Tests.Service;

public sealed class RecoveryTests
{
    [Fact]
    public async Task Restart_Running_GoesOnWithCountersAndLimits()
    {
        await using var node = await ScalerNode.StartAsync();
        var container = await node.RegisterAsync("c1", limitShares: 70, slots: 2);
        var busy = node.RunInSlot(container, JoinedProcess.Busy, slot: 1);
        await node.Api.SetGuardAsync("c1", false);
        await node.RegisterAsync("c2");
        await node.Api.RestrictAsync("c2", 40);
        await node.Api.FreezeAsync("c2");
        await node.WaitForAsync("c1", c => c.UsageMicroseconds > 100_000, "the process runs");
        var before = (await node.Api.GetUsageAsync()).ToDictionary(r => r.ContainerId);

        await node.StopServiceAsync();
        Assert.False(busy.HasExited);
        Assert.Equal(70, node.Cgroups.LimitShares("c1"));
        await node.StartServiceAsync();

        var (c1, c2) = (await node.GetAsync("c1"), await node.GetAsync("c2"));
        Assert.Equal((70, false, 2, "fixed"), (c1.Limits.LimitShares, c1.Guarded, c1.Slots.Count, c1.Policy));
        Assert.Equal((40, 40, true), (c2.Limits.LimitShares, c2.RestrictionShares, c2.Frozen));
        Assert.InRange(c1.UsageMicroseconds, before["c1"].UsageMicroseconds, node.Cgroups.UsageMicroseconds("c1"));
        Assert.All(await node.Api.GetUsageAsync(), r => Assert.True(r.AllocatedMicroseconds >= before[r.ContainerId].AllocatedMicroseconds));
        Assert.Equal(200, (await node.Api.LiftRestrictionAsync("c2") is { } lifted ? lifted.Limits.LimitShares : 0) + 100);
    }

    [Fact]
    public async Task Restart_FinalReading_IsKeptUntilAcknowledged()
    {
        await using var node = await ScalerNode.StartAsync();
        node.RunInSlot(await node.RegisterAsync("c1"), JoinedProcess.Busy);
        await node.WaitForAsync("c1", c => c.UsageMicroseconds > 50_000, "the process runs");
        var final = (await node.Api.CloseAsync("c1")).UsageMicroseconds;

        await node.StopServiceAsync();
        await node.StartServiceAsync();

        var reading = Assert.Single(await node.Api.GetUsageAsync());
        Assert.Equal((true, final), (reading.Final, reading.UsageMicroseconds));
        await node.Api.AcknowledgeAsync(new UsageAcknowledgement("c1", final));
        await node.StopServiceAsync();
        await node.StartServiceAsync();
        Assert.Empty(await node.Api.GetUsageAsync());
    }

    [Fact]
    public async Task Restart_CgroupVanished_ClosesWithTheLastCounter()
    {
        await using var node = await ScalerNode.StartAsync();
        node.RunInSlot(await node.RegisterAsync("c1"), ["/bin/sh", "-c", "i=0; while [ $i -lt 50000 ]; do i=$((i+1)); done"]);
        await node.WaitForAsync("c1", c => c.UsageMicroseconds > 0 && c.Slots[0].Processes == 0, "the process has run");
        var last = Assert.Single(await node.Api.GetUsageAsync());
        await node.StopServiceAsync();

        node.Cgroups.Driver.Remove($"{node.Cgroups.Parent}/c1");
        await node.StartServiceAsync();

        var reading = Assert.Single(await node.Api.GetUsageAsync());
        Assert.Equal((true, last.UsageMicroseconds), (reading.Final, reading.UsageMicroseconds));
        Assert.True(reading.AllocatedMicroseconds >= last.AllocatedMicroseconds);
        Assert.True((await node.Api.CloseAsync("c1")).Closed);
        await node.Api.AcknowledgeAsync(new UsageAcknowledgement("c1", reading.UsageMicroseconds));
    }

    [Fact]
    public async Task Cycle_CgroupVanishes_ClosesWithTheLastCounterAndServesTheOthers()
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1");
        await node.RegisterAsync("c2");

        node.Cgroups.Driver.Remove($"{node.Cgroups.Parent}/c1");

        await node.WaitForAsync("c1", c => c.Closed, "the container is closed");
        Assert.False((await node.GetAsync("c2")).Closed);
    }

    [Fact]
    public async Task Restart_OrphanCgroup_IsLeftAloneAndItsIdRefused()
    {
        await using var node = await ScalerNode.StartAsync();
        await node.StopServiceAsync();
        node.Cgroups.Driver.Create($"{node.Cgroups.Parent}/orphan", ["slot0"]);
        using var orphan = new JoinedProcess(node.Cgroups.Driver.JoinFiles($"{node.Cgroups.Parent}/orphan/slot0"), JoinedProcess.Idle);
        await Eventually.HoldsAsync(() => node.Cgroups.Driver.ReadProcesses($"{node.Cgroups.Parent}/orphan").Count == 1);

        await node.StartServiceAsync();

        Assert.Empty(await node.Api.ListContainersAsync());
        Assert.Equal(HttpStatusCode.Conflict, (await Assert.ThrowsAsync<ApiException>(() => node.RegisterAsync("orphan"))).Status);
        Assert.False(orphan.HasExited);
    }

    [Fact]
    public async Task Restart_StateFileFromBeforeThereWereWeights_HasTheDefault()
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1");
        await node.StopServiceAsync();
        var file = Path.Combine(node.StateDirectory, "c1.json");
        var state = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        Assert.True(state["spec"]!.AsObject().Remove("weight"));
        await File.WriteAllTextAsync(file, state.ToJsonString());

        await node.StartServiceAsync();

        // The same registration as before, in which nobody said a weight.
        Assert.Equal("c1", (await node.RegisterAsync("c1")).ContainerId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1,2]")]
    public async Task Restart_StateFileIsGarbage_StartsWithTheOthersAndReservesTheId(string garbage)
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1");
        await node.StopServiceAsync();
        await File.WriteAllTextAsync(Path.Combine(node.StateDirectory, "broken.json"), garbage);

        await node.StartServiceAsync();

        Assert.Equal("c1", Assert.Single(await node.Api.ListContainersAsync()).ContainerId);
        var refusal = await Assert.ThrowsAsync<ApiException>(() => node.RegisterAsync("broken"));
        Assert.Contains("cannot be read", refusal.Message, StringComparison.Ordinal);
    }
}
