namespace Scaler.Tests.Node;

public sealed class PersistenceCycleTests : IDisposable
{
    private readonly FileNode _node = new();

    [Fact]
    public async Task Cycle_IdleForTenSeconds_ReadsItsMemoryAndNeitherSlotsNorKills()
    {
        var container = _node.Add("c1");
        await RunAsync(cycles: 5);
        _node.Files.With("/cg/scp/c1/memory.usage_in_bytes", "8388608\n");
        await _node.CycleAsync(10_000);
        var reads = _node.Files.Reads;

        await _node.KeepAsync();

        Assert.Equal(3, _node.Files.Reads - reads);
        Assert.Equal(8_388_608 - 61_440, container.Record.Counters.Memory!.Bytes);
    }

    [Fact]
    public async Task Cycle_CpuCountedAMomentAgo_IsNotReadAgain()
    {
        _node.Add("c1");
        await RunAsync(cycles: 5);
        var reads = _node.Files.Reads;

        await _node.KeepAsync();

        Assert.Equal(0, _node.Files.Reads - reads);
    }

    [Fact]
    public async Task Cycle_CpuWasUsed_CountsSlotsAsWell()
    {
        var container = _node.Add("c1");
        await RunAsync(cycles: 5);
        var before = container.Record.Counters.Slots[0].UsageMicroseconds.Total;
        _node.Files.With("/cg/scp/c1/cpuacct.usage", "12000000000\n").With("/cg/scp/c1/slot0/cpuacct.usage", "11900000000\n");

        await RunAsync(cycles: 1);

        Assert.Equal((12_000_000, 11_900_000), (container.Record.Counters.UsageMicroseconds.Total, container.Record.Counters.Slots[0].UsageMicroseconds.Total));
        Assert.True(before < 11_900_000);
    }

    public void Dispose() => _node.Dispose();

    private async Task RunAsync(int cycles)
    {
        for (var i = 0; i < cycles; i++)
        {
            await _node.CycleAsync();
            await _node.KeepAsync();
        }
    }
}
