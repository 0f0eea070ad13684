using ServiceDefaults.Client;
using Testing;

namespace Scaler.Tests.Service;

public sealed class ProcessTests
{
    [Fact]
    public async Task Freeze_AndThaw_StopsAndResumesEveryProcess()
    {
        await using var node = await ScalerNode.StartAsync();
        var container = await node.RegisterAsync("c1");
        node.RunInSlot(container, JoinedProcess.Busy);
        node.RunInInstance(container, JoinedProcess.Idle);
        await node.WaitForAsync("c1", c => c.UsageMicroseconds > 20_000, "the process runs");

        Assert.True((await node.Api.FreezeAsync("c1")).Frozen);
        var stopped = await StandingUsageAsync(node);
        Assert.Equal(stopped, (await node.GetAsync("c1")).UsageMicroseconds);
        Assert.True(Assert.Single(await node.Api.GetUsageAsync()).Frozen);

        Assert.False((await node.Api.ThawAsync("c1")).Frozen);
        await node.WaitForAsync("c1", c => c.UsageMicroseconds > stopped + 20_000, "the process goes on");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KillSlot_Running_EmptiesThatSlotOnly(bool frozen)
    {
        await using var node = await ScalerNode.StartAsync();
        var container = await node.RegisterAsync("c1", slots: 2);
        var killed = node.RunInSlot(container, JoinedProcess.Busy, slot: 0);
        var other = node.RunInSlot(container, JoinedProcess.Idle, slot: 1);
        await node.WaitForAsync("c1", c => c.Slots.All(s => s.Processes == 1), "both processes have joined");
        if (frozen)
        {
            await node.Api.FreezeAsync("c1");
        }

        var state = await node.Api.KillSlotAsync("c1", 0);

        Assert.Equal([0, 1], state.Slots.Select(s => s.Processes));
        Assert.Equal(frozen, state.Frozen);
        Assert.Equal(137, await killed.WaitAsync());
        Assert.False(other.HasExited);
    }

    [Fact]
    public async Task KillSlot_ForkingWithoutEnd_LeavesNoneAndTheSlotCanBeUsedAgain()
    {
        await using var node = await ScalerNode.StartAsync();
        var container = await node.RegisterAsync("c1");
        node.RunInSlot(container, ["/bin/sh", "-c", "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do while :; do (:); done & done; wait"]);
        await node.WaitForAsync("c1", c => c.Slots[0].Processes > 10, "many fork at once");

        Assert.Equal(0, (await node.Api.KillSlotAsync("c1", 0)).Slots[0].Processes);

        // The dead count against the process limit until their parent has taken notice of them.
        await Eventually.HoldsAsync(async () => await node.RunInSlot(container, ["/bin/sh", "-c", "(exit 7)"]).WaitAsync() == 7, what: "forks go again");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kill_NamespaceOfItsOwn_WhoWatchesOverItSeesItEnd(bool wholeContainer)
    {
        await using var node = await ScalerNode.StartAsync();
        using var directory = new TempDirectory();
        var witness = directory.Combine("witness");
        var container = await node.RegisterAsync("c1");
        // The loop is in a namespace of its own, as in a container; the shell around it is not.
        node.RunInSlot(container, ["/bin/sh", "-c", "unshare --fork --pid sh -c 'echo >\"$0.runs\"; while :; do :; done' \"$0\"; echo \"$?\" >\"$0\"", witness]);
        await Eventually.HoldsAsync(() => File.Exists(witness + ".runs"), what: "the loop runs");

        await (wholeContainer ? node.Api.CloseAsync("c1") : node.Api.KillSlotAsync("c1", 0));

        // It can tell that the loop was killed: 137, or 1 where it cannot do the same to itself.
        Assert.Contains(await File.ReadAllTextAsync(witness), new[] { "1\n", "137\n" });
    }

    [Fact]
    public async Task FindSlot_Running_TellsOfThatSlotAlone()
    {
        await using var node = await ScalerNode.StartAsync();
        var container = await node.RegisterAsync("c1", slots: 2);
        node.RunInSlot(container, JoinedProcess.Busy, slot: 1);
        await Eventually.HoldsAsync(async () => await node.Api.FindSlotAsync("c1", 1) is { UsageMicroseconds: > 50_000, Processes: > 0 }, what: "slot 1 is seen busy");

        var idle = (await node.Api.FindSlotAsync("c1", 0))!;
        var slot = (await node.Api.FindSlotAsync("c1", 1))!;
        var all = await node.GetAsync("c1");

        Assert.Equal((0, 0, 0L), (idle.Slot, idle.Processes, idle.UsageMicroseconds));
        Assert.True(slot.UsageMicroseconds <= all.Slots[1].UsageMicroseconds && all.Slots[1].UsageMicroseconds <= all.UsageMicroseconds);
        Assert.Null(await node.Api.FindSlotAsync("none", 0));
        Assert.Contains("slot", (await Assert.ThrowsAsync<ApiException>(() => node.Api.FindSlotAsync("c1", 2))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KillSlot_Empty_IsNoError()
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1");

        Assert.Equal(0, (await node.Api.KillSlotAsync("c1", 0)).Slots[0].Processes);
    }

    [Fact]
    public async Task MemoryLimit_Exceeded_IsCountedInTheSlotThatExceededIt()
    {
        await using var node = await ScalerNode.StartAsync();
        var container = await node.RegisterAsync("c1", slots: 2);

        var greedy = node.RunInSlot(container, ["/bin/sh", "-c", "head -c 300M /dev/zero | tail -n 1 >/dev/null"], slot: 1);

        Assert.Equal(137, await greedy.WaitAsync());
        var state = await node.GetAsync("c1");
        Assert.Equal((1, 0, 1), (state.OutOfMemoryKills, state.Slots[0].OutOfMemoryKills, state.Slots[1].OutOfMemoryKills));
    }

    [Fact]
    public async Task ProcessLimit_Exceeded_IsRefusedByTheKernel()
    {
        await using var node = await ScalerNode.StartAsync();
        var container = await node.RegisterAsync("c1");

        node.RunInSlot(container, ["/bin/sh", "-c", "while :; do sleep 1000 & done"]);

        await node.WaitForAsync("c1", c => c.Slots[0].Processes >= 30, "forks go on up to the limit");
        Assert.InRange((await node.GetAsync("c1")).Slots[0].Processes, 1, 40);
    }

    /// <summary>A frozen process may be in the last of its ticks: the counter stands when two looks agree.</summary>
    private static async Task<long> StandingUsageAsync(ScalerNode node)
    {
        var last = -1L;
        await Eventually.HoldsAsync(async () => last == (last = (await node.GetAsync("c1")).UsageMicroseconds), what: "the counter stands");
        return last;
    }
}
