using Scaler.Core.Policies;

namespace Scaler.Tests.Node;

public sealed class ManyContainersTests
{
    /// <summary>Ten times as many containers cost ten times as much, and not a hundred times: counted in files and in bytes, which no busy machine changes.</summary>
    [Fact]
    public async Task Cycle_TenThousandContainers_CostsTenTimesAThousand()
    {
        var (readsOfFew, bytesOfFew) = await CostOfACycleAsync(1_000);
        var (readsOfMany, bytesOfMany) = await CostOfACycleAsync(10_000);

        Assert.Equal(1_000, readsOfFew);
        Assert.Equal(10_000, readsOfMany);
        Assert.InRange(bytesOfMany, 0, 13 * bytesOfFew);
    }

    [Fact]
    public async Task Registrations_TenThousand_FitAndAreInOrder()
    {
        using var node = Filled(10_000);

        Assert.Equal(10_000, node.Containers.Open.Count);
        Assert.Equal(node.Containers.All.Select(c => c.Record.ContainerId).Order(StringComparer.Ordinal), node.Containers.All.Select(c => c.Record.ContainerId));
        Assert.All(node.Containers.Open, c => Assert.Equal(9, c.Record.LimitShares));
        foreach (var id in (string[])["c0", "c9999", "c5000"])
        {
            node.Containers.Forget(id);
        }

        Assert.Equal(9_997, node.Containers.All.Count);
        Assert.DoesNotContain(node.Containers.All, c => c.Record.ContainerId is "c0" or "c9999" or "c5000");
        await node.CycleAsync();
    }

    /// <summary>Idle containers with nothing to verify: one file each.</summary>
    private static async Task<(int Reads, long Bytes)> CostOfACycleAsync(int containers)
    {
        using var node = Filled(containers);
        for (var i = 0; i < 4; i++)
        {
            await node.CycleAsync();
        }

        var reads = node.Files.Reads;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var cycle = node.CycleAsync(milliseconds: 10);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        Assert.True(cycle.IsCompletedSuccessfully);
        return (node.Files.Reads - reads, bytes);
    }

    private static FileNode Filled(int containers)
    {
        var node = new FileNode(cores: 1000);
        for (var i = 0; i < containers; i++)
        {
            node.Add($"c{i}", new ScalingBounds(0, 9, 3), "tracking");
        }

        return node;
    }
}
