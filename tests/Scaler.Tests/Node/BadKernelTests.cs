using Scaler.Contracts;
using Scaler.Core.Containers;
using Scaler.Core.Policies;

namespace Scaler.Tests.Node;

/// <summary>What the kernel should not say, on recorded files.</summary>
public sealed class BadKernelTests : IDisposable
{
    private readonly FileNode _node = new();

    [Theory]
    [InlineData("cpuacct.usage", "none of your business\n")]
    [InlineData("cpuacct.usage", "")]
    [InlineData("cpu.stat", "nr_periods 25\nnr_throttled many\nthrottled_time 1\n")]
    [InlineData("cpu.stat", "\n\n")]
    [InlineData("memory.stat", "total_inactive_file -\n")]
    [InlineData("memory.failcnt", "0x10\n")]
    public async Task Cycle_UnexpectedLine_LimitStaysOthersGoOnAndItIsLoggedOnce(string file, string text)
    {
        var broken = _node.Add("c1", limitShares: 50);
        var sound = _node.Add("c2", new ScalingBounds(0, 100, 25), "tracking", limitShares: 20);
        _node.Files.With($"/cg/scp/c1/{file}", text).With("/cg/scp/c2/cpu.stat", "nr_throttled 24\nthrottled_time 2729338556\n");
        await _node.CycleAsync();
        _node.Files.With("/cg/scp/c2/cpu.stat", "nr_throttled 25\nthrottled_time 2929338556\n").With("/cg/scp/c2/cpuacct.usage", "11236546551\n");

        await _node.CycleAsync();
        await _node.CycleAsync();

        Assert.Equal((50, 100), (broken.Record.LimitShares, sound.Record.LimitShares));
        Assert.Equal(ContainerPhase.Open, broken.Record.Phase);
        Assert.Single(_node.Log.Messages, m => m.Contains("c1", StringComparison.Ordinal));
        _node.Files.With($"/cg/scp/c1/{file}", Cgroups.Fixtures.V1[file]);
        await _node.CycleAsync(20_000);
        Assert.Single(_node.Log.Messages, m => m.Contains("c1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_OneCannotBeRead_ShowsItAndTheOthers()
    {
        _node.Add("c1", limitShares: 50);
        _node.Add("c2", limitShares: 60);
        _node.Files.With("/cg/scp/c1/cpu.stat", "what is this?\n");

        var states = await _node.Views.ListAsync(default);

        Assert.Equal([("c1", 50), ("c2", 60)], states.Select(s => (s.ContainerId, s.Limits.LimitShares!.Value)));
        Assert.Equal((11_196_546, false), (states[1].UsageMicroseconds, states[0].Closed));
    }

    [Fact]
    public async Task Cycle_CgroupVanishesBetweenTwoReads_ClosesWithTheLastCounter()
    {
        var container = _node.Add("c1");
        await _node.CycleAsync();
        var used = container.Record.Counters.UsageMicroseconds.Total;
        Remove("c1");

        await _node.CycleAsync();
        await _node.CycleAsync();

        Assert.Equal((ContainerPhase.Closed, used), (container.Record.Phase, container.Record.Counters.UsageMicroseconds.Total));
        Assert.Equal(1, _node.Log.Messages.Count(m => m.Contains("is gone", StringComparison.Ordinal)));
    }

    /// <summary>The file that is read last is missing, the directory is there: nothing is closed for that.</summary>
    [Fact]
    public async Task Cycle_FileVanishesButNotTheCgroup_StaysOpen()
    {
        var container = _node.Add("c1");
        _node.Files.Without("/cg/scp/c1/cpu.stat");

        await _node.CycleAsync();

        Assert.Equal(ContainerPhase.Open, container.Record.Phase);
    }

    [Fact]
    public async Task Cycle_CountersReset_UsageGoesOnAndLimitDoesNotJump()
    {
        var container = _node.Add("c1", policy: "tracking", limitShares: 40);
        await _node.CycleAsync();
        var before = container.Record.Counters.UsageMicroseconds.Total;
        _node.Files.With("/cg/scp/c1/cpuacct.usage", "5000000\n").With("/cg/scp/c1/cpu.stat", "nr_throttled 0\nthrottled_time 0\n");

        await _node.CycleAsync();

        Assert.Equal((before + 5_000, 40), (container.Record.Counters.UsageMicroseconds.Total, container.Record.LimitShares));
        Assert.All(container.Series.Rows(), r => Assert.InRange(r.ThrottledMilliseconds, 0, 0));
    }

    [Fact]
    public async Task Cycle_KernelRefusesALimit_IsTriedEveryCycleAndLoggedOnce()
    {
        _node.Files.Refusing.Add("/cg/scp/c1/cpu.cfs_quota_us");
        var container = _node.Add("c1", limitShares: 50);
        await _node.CycleAsync();
        await _node.CycleAsync();
        Assert.Equal(1, container.Record.LimitShares);
        Assert.Single(_node.Log.Messages, m => m.Contains("could not be set", StringComparison.Ordinal));

        _node.Files.Refusing.Clear();
        await _node.CycleAsync();

        Assert.Equal(50, container.Record.LimitShares);
        Assert.Equal("50000\n", _node.Files.Read("/cg/scp/c1/cpu.cfs_quota_us"));
    }

    /// <summary>Of a limit that could not be lowered nothing is given to others.</summary>
    [Fact]
    public async Task Cycle_LoweringRefused_SumOfLimitsStaysWithinTheNode()
    {
        var greedy = _node.Add("c1", new ScalingBounds(0, 400, 25), limitShares: 400);
        _node.Files.Refusing.Add("/cg/scp/c1/cpu.cfs_quota_us");

        var other = _node.Add("c2", new ScalingBounds(0, 400, 25), limitShares: 400);
        await _node.CycleAsync();
        Assert.Equal((400, 1), (greedy.Record.LimitShares, other.Record.LimitShares));

        _node.Files.Refusing.Clear();
        await _node.CycleAsync();
        Assert.Equal(400, greedy.Record.LimitShares + other.Record.LimitShares);
        Assert.Equal(DecisionKind.Contention, greedy.Decisions.Since(null)[^1].Kind);
    }

    /// <summary>One core, minimum and boundary as small as they may be: no limit below what the kernel takes, 1 ms in 100.</summary>
    [Fact]
    public async Task Cycle_OneCoreAndManyContainers_NoLimitIsBelowTheKernelsLeast()
    {
        using var node = new FileNode(cores: 1);
        var containers = Enumerable.Range(0, 60).Select(i => node.Add($"c{i}", new ScalingBounds(0, 1, 1), "tracking")).ToList();

        await node.CycleAsync();

        Assert.All(containers, c => Assert.Equal(1, c.Record.LimitShares));
        Assert.All(containers, c => Assert.Equal("1000\n", node.Files.Read($"/cg/scp/{c.Record.ContainerId}/cpu.cfs_quota_us")));
    }

    /// <summary>A limit that moves in every cycle is no reason to look away from what others do.</summary>
    [Fact]
    public async Task Cycle_LimitMovesAllTheTimeAndSomebodyChangesAnotherFile_IsSetRightWithinASecond()
    {
        var container = _node.Add("c1", limitShares: 50);
        for (var i = 0; i < 20; i++)
        {
            container.Record = container.Record with { WantedShares = 51 + i };
            _node.Files.With("/cg/scp/c1/memory.limit_in_bytes", "4096\n");
            await _node.CycleAsync();
            Assert.Equal(51 + i, container.Record.LimitShares);
            Assert.Equal($"{51 + i}000\n", _node.Files.Read("/cg/scp/c1/cpu.cfs_quota_us"));
        }

        Assert.Equal(4, container.Decisions.Since(null).Where(d => d.Kind == DecisionKind.Reassertion).Sum(d => d.Times));
    }

    public void Dispose() => _node.Dispose();

    private void Remove(string containerId)
    {
        foreach (var child in _node.Files.ListDirectories("/cg/scp/" + containerId))
        {
            _node.Files.RemoveDirectory($"/cg/scp/{containerId}/{child}");
        }

        _node.Files.RemoveDirectory("/cg/scp/" + containerId);
    }
}
