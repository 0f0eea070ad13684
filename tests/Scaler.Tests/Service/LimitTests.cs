using Scaler.Contracts;
using Testing;

namespace Scaler.Tests.Service;

public sealed class LimitTests
{
    [Fact]
    public async Task Limit_BusyProcess_BitesAndUsageIsTheKernels()
    {
        await using var node = await ScalerNode.StartAsync();
        var container = await node.RegisterAsync("c1", limitShares: 20);
        node.RunInSlot(container, JoinedProcess.Busy);

        var start = await FirstReadingAsync(node, 50_000);
        var end = await FirstReadingAsync(node, start.UsageMicroseconds + 300_000);

        var shares = (end.UsageMicroseconds - start.UsageMicroseconds) * 100 / (end.At - start.At).TotalMicroseconds;
        Assert.InRange(shares, 1, 30);
        var state = await node.GetAsync("c1");
        Assert.True(state.ThrottledMicroseconds > 0);
        Assert.InRange(state.UsedShares, 1, 60);
        Assert.InRange(node.Cgroups.UsageMicroseconds("c1"), state.UsageMicroseconds, long.MaxValue);
        Assert.InRange(state.Slots[0].UsageMicroseconds, 1, state.UsageMicroseconds);
    }

    [Fact]
    public async Task Tracking_BusyProcess_RaisesTheLimitAndLowersItAgain()
    {
        await using var node = await ScalerNode.StartAsync();
        var container = await node.RegisterAsync("c1", limitShares: 5, policy: "tracking");
        var busy = node.RunInSlot(container, JoinedProcess.Busy);

        // One core of demand; on a machine that others keep busy it gets less, but never as little as that.
        await node.WaitForAsync("c1", c => c.Limits.LimitShares >= 45, "the limit follows the demand");
        busy.Kill();

        await node.WaitForAsync("c1", c => c.Limits.LimitShares < 40, "the limit falls with the demand");
    }

    [Fact]
    public async Task SetLimits_WithALimit_IsInTheKernelWhenAnswered()
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1");

        var state = await node.Api.SetLimitsAsync("c1", new ContainerLimits(10, 300, 30, 250, 50));

        Assert.Equal(new ContainerLimits(10, 300, 30, 250, 50), state.Limits);
        Assert.Equal(250, node.Cgroups.LimitShares("c1"));
    }

    [Fact]
    public async Task SetLimits_LowerMaximum_PullsTheLimitDown()
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1", limitShares: 300);

        await node.Api.SetLimitsAsync("c1", new ContainerLimits(0, 120, 25));

        Assert.Equal(120, node.Cgroups.LimitShares("c1"));
    }

    [Fact]
    public async Task Restrict_AndLift_FixesTheLimitAndGivesItBack()
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1", limitShares: 200);

        var restricted = await node.Api.RestrictAsync("c1", 50);
        Assert.Equal((50, 50), (restricted.RestrictionShares, restricted.Limits.LimitShares));
        Assert.Equal(50, node.Cgroups.LimitShares("c1"));
        Assert.Equal(50, Assert.Single(await node.Api.GetUsageAsync()).RestrictionShares);

        var lifted = await node.Api.LiftRestrictionAsync("c1");
        Assert.Null(lifted.RestrictionShares);
        Assert.Equal(200, node.Cgroups.LimitShares("c1"));
    }

    [Fact]
    public async Task Guard_TakenAway_LeavesTheLimitAlone()
    {
        await using var node = await ScalerNode.StartAsync();
        var container = await node.RegisterAsync("c1", limitShares: 5, policy: "tracking");
        var unguarded = await node.Api.SetGuardAsync("c1", false);
        node.RunInSlot(container, JoinedProcess.Busy);

        await node.WaitForAsync("c1", c => c.ThrottledMicroseconds > 1_000_000, "the limit bites for a while");

        Assert.False(unguarded.Guarded);
        Assert.Equal(unguarded.Limits.LimitShares, node.Cgroups.LimitShares("c1"));
        Assert.True((await node.Api.SetGuardAsync("c1", true)).Guarded);
        await node.WaitForAsync("c1", c => c.Limits.LimitShares > 40, "the policy takes over");
    }

    [Fact]
    public async Task Cycle_LimitsChangedByOthers_AreSetRight()
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1", limitShares: 120);
        await node.Api.RestrictAsync("c1", 30);

        node.Cgroups.Driver.Apply($"{node.Cgroups.Parent}/c1", new Scaler.Cgroups.CgroupSettings(399, 32L << 20, 9, Frozen: true));

        await Eventually.HoldsAsync(() => node.Cgroups.LimitShares("c1") == 30);
        Assert.Empty(node.Cgroups.Driver.Apply($"{node.Cgroups.Parent}/c1", new Scaler.Cgroups.CgroupSettings(30, 64L << 20, 40, Frozen: false)));
    }

    [Theory]
    [InlineData("cpu.cfs_quota_us", "399000", "cpu.max", "399000 100000")]
    [InlineData("freezer.state", "THAWED", "cgroup.freeze", "0")]
    [InlineData("memory.limit_in_bytes", "50331648", "memory.max", "50331648")]
    [InlineData("pids.max", "7", "pids.max", "7")]
    public async Task Cycle_OneFileChangedAgainAndAgain_IsSetRightAndLoggedOnce(string v1, string v1Text, string v2, string v2Text)
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1", limitShares: 120);
        await node.Api.FreezeAsync("c1");
        var (file, text) = node.Cgroups.Driver.Version == 1 ? (v1, v1Text) : (v2, v2Text);
        var path = node.Cgroups.FindFile("c1", file);
        var right = await Eventually.FindAsync(() => Task.FromResult(File.ReadAllText(path) is var now && now != "FREEZING\n" ? now : null));

        for (var i = 0; i < 3; i++)
        {
            File.WriteAllText(path, text);
            await Eventually.HoldsAsync(() => File.ReadAllText(path) == right, what: $"{file} says {right}");
        }

        Assert.Single(node.Log.Messages, m => m.Contains("Somebody else changed", StringComparison.Ordinal));
        var decision = Assert.Single(await node.Api.GetDecisionsAsync("c1"), d => d.Kind == DecisionKind.Reassertion);
        Assert.Equal("something else changed " + file, decision.Reason);
        // A change that falls into the setting right of the one before is set right along with it.
        Assert.InRange(decision.Times, 2, 3);
    }

    [Fact]
    public async Task Node_ContendedByWeights_DividesInProportion()
    {
        await using var node = await ScalerNode.StartAsync(("scaler:cores", "2"));
        await node.Api.RegisterAsync("heavy", ScalerNode.Registration(limitShares: 200) with { User = "heavy", Weight = 300 });
        await node.Api.RegisterAsync("light", ScalerNode.Registration(limitShares: 200) with { User = "light" });

        Assert.Equal((150, 50), (node.Cgroups.LimitShares("heavy"), node.Cgroups.LimitShares("light")));
    }

    [Fact]
    public async Task Node_Contended_SumOfLimitsIsItsCores()
    {
        await using var node = await ScalerNode.StartAsync(("scaler:cores", "2"), ("scaler:node", "small"));
        foreach (var id in (string[])["c1", "c2", "c3"])
        {
            await node.RegisterAsync(id, limitShares: 150);
        }

        var state = await node.Api.GetNodeAsync();
        var limits = (await node.Api.ListContainersAsync()).Select(c => c.Limits.LimitShares!.Value).ToList();

        Assert.Equal(("small", 200, 200, 3), (state.Node, state.Shares, state.AllocatedShares, state.Containers));
        Assert.Equal(node.Cgroups.Driver.Version, state.CgroupVersion);
        Assert.True(state.MemoryBytes > 64 << 20);
        Assert.Equal(200, limits.Sum());
        Assert.Equal(limits, ((string[])["c1", "c2", "c3"]).Select(id => node.Cgroups.LimitShares(id)!.Value));

        await node.Api.CloseAsync("c2");
        await node.WaitForAsync("c1", c => c.Limits.LimitShares == 100, "what c2 had is shared by the others");
    }

    private static Task<UsageReading> FirstReadingAsync(ScalerNode node, long usageMicroseconds) => Eventually.FindAsync(
        async () => (await node.Api.GetUsageAsync()).SingleOrDefault(r => r.UsageMicroseconds >= usageMicroseconds), what: "the process uses CPU time");
}
