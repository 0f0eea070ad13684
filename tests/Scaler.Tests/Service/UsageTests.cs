using System.Text.Json.Nodes;
using Scaler.Contracts;
using Testing;

namespace Scaler.Tests.Service;

public sealed class UsageTests
{
    private const long Held = 64L << 20;

    [Fact]
    public async Task Usage_MemoryIsHeld_IsIntegratedOverTime()
    {
        await using var node = await ScalerNode.StartAsync();
        var container = await node.Api.RegisterAsync("c1", ScalerNode.Registration(memoryBytes: 256L << 20));
        Assert.InRange(Assert.Single(await node.Api.GetUsageAsync()).MemoryByteSeconds, 0, Held / 10);
        node.RunInSlot(container, JoinedProcess.Holding64MiB);
        await node.WaitForAsync("c1", c => c.MemoryBytes > Held, "the process holds its memory");

        var (first, last) = await WatchAsync(node.Api, TimeSpan.FromSeconds(2));

        AssertHeld(first, last);
    }

    [Fact]
    public async Task Usage_MemoryIsHeldWhenClosed_FinalReadingHasAllOfItAndStays()
    {
        await using var node = await ScalerNode.StartAsync();
        var container = await node.Api.RegisterAsync("c1", ScalerNode.Registration(memoryBytes: 256L << 20));
        node.RunInSlot(container, JoinedProcess.Holding64MiB);
        await node.WaitForAsync("c1", c => c.MemoryBytes > Held, "the process holds its memory");
        var (_, last) = await WatchAsync(node.Api, TimeSpan.FromSeconds(1));

        await node.Api.CloseAsync("c1");

        var final = Assert.Single(await node.Api.GetUsageAsync());
        Assert.True(final.MemoryByteSeconds >= last.MemoryByteSeconds);
        await node.StopServiceAsync();
        await node.StartServiceAsync();
        Assert.Equal(final.MemoryByteSeconds, Assert.Single(await node.Api.GetUsageAsync()).MemoryByteSeconds);
    }

    [Fact]
    public async Task Usage_ScalerWasKilled_MemoryOfThatTimeIsCountedAndNothingGoesBack()
    {
        await using var scaler = new ScalerProcess();
        await scaler.StartAsync();
        var container = await scaler.Api.RegisterAsync("c1", ScalerNode.Registration(memoryBytes: 256L << 20));
        using var holding = new JoinedProcess(container.Slots[0].JoinFiles, JoinedProcess.Holding64MiB);
        await Eventually.HoldsAsync(async () => await scaler.Api.FindContainerAsync("c1") is { MemoryBytes: > Held });
        var told = Assert.Single(await scaler.Api.GetUsageAsync());

        await scaler.KillAsync();
        await scaler.StartAsync();

        AssertHeld(told, Assert.Single(await scaler.Api.GetUsageAsync()));
    }

    [Fact]
    public async Task Usage_SlotsAndRegistration_AreTold()
    {
        await using var node = await ScalerNode.StartAsync();
        var before = TimeProvider.System.GetUtcNow();
        var container = await node.RegisterAsync("c1", slots: 3);
        var after = TimeProvider.System.GetUtcNow();
        node.RunInSlot(container, JoinedProcess.Busy, slot: 1);
        await node.WaitForAsync("c1", c => c.Slots[1].UsageMicroseconds > 50_000, "the process runs");

        var reading = Assert.Single(await node.Api.GetUsageAsync());

        Assert.InRange(reading.RegisteredAt, before, after);
        Assert.Equal([0, 0], [reading.SlotMicroseconds![0], reading.SlotMicroseconds[2]]);
        Assert.InRange(reading.SlotMicroseconds[1], 50_000, reading.UsageMicroseconds + 100_000);
        Assert.Equal(reading.RegisteredAt, Assert.Single(await node.Api.GetUsageAsync()).RegisteredAt);
    }

    [Fact]
    public async Task Usage_StateOfAReleaseBefore_GoesOn()
    {
        await using var node = await ScalerNode.StartAsync();
        var container = await node.Api.RegisterAsync("c1", ScalerNode.Registration(memoryBytes: 256L << 20));
        node.RunInSlot(container, JoinedProcess.Holding64MiB);
        await node.WaitForAsync("c1", c => c.MemoryBytes > Held, "the process holds its memory");
        var before = Assert.Single(await node.Api.GetUsageAsync());
        await node.StopServiceAsync();
        var file = Path.Combine(node.StateDirectory, "c1.json");
        var state = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject();
        Assert.True(state.Remove("registered_at"));
        Assert.True(state["counters"]!.AsObject().Remove("memory"));
        var readAt = state["read_at"]!.GetValue<DateTimeOffset>();
        await File.WriteAllTextAsync(file, state.ToJsonString());

        await node.StartServiceAsync();

        var (first, last) = await WatchAsync(node.Api, TimeSpan.FromSeconds(1));
        Assert.Equal(readAt, first.RegisteredAt);
        Assert.True(first.UsageMicroseconds >= before.UsageMicroseconds);
        AssertHeld(first, last);
    }

    /// <summary>Two readings that are at least so far apart.</summary>
    private static async Task<(UsageReading First, UsageReading Last)> WatchAsync(IScalerApi scaler, TimeSpan time)
    {
        var first = Assert.Single(await scaler.GetUsageAsync());
        var last = await Eventually.FindAsync(
            async () => Assert.Single(await scaler.GetUsageAsync()) is var reading && reading.At - first.At >= time ? reading : null, what: "time passes");
        return (first, last);
    }

    private static void AssertHeld(UsageReading first, UsageReading last)
    {
        var bytes = (last.MemoryByteSeconds - first.MemoryByteSeconds) / (last.At - first.At).TotalSeconds;
        Assert.InRange(bytes, Held * 0.95, Held * 1.3);
    }
}
