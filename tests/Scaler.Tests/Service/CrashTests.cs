using Testing;

namespace Scaler.Tests.Service;

public sealed class CrashTests
{
    [Fact]
    public async Task Sigkill_Running_NextRunTakesOverWithoutAJump()
    {
        await using var scaler = new ScalerProcess();
        await scaler.StartAsync();
        var container = await scaler.Api.RegisterAsync("c1", ScalerNode.Registration(policy: "tracking"));
        using var busy = new JoinedProcess(container.Slots[0].JoinFiles, JoinedProcess.Busy);
        await Eventually.HoldsAsync(async () => await scaler.Api.FindContainerAsync("c1") is { UsageMicroseconds: > 300_000, Limits.LimitShares: >= 100 });
        var told = Assert.Single(await scaler.Api.GetUsageAsync());

        await scaler.KillAsync();
        var limitShares = scaler.Cgroups.LimitShares("c1");
        Assert.False(busy.HasExited);
        await scaler.StartAsync();

        var reading = Assert.Single(await scaler.Api.GetUsageAsync());
        // The policy goes on at once and may have taken some headroom back on a slow machine; a beginner's limit would be far off.
        Assert.InRange(scaler.Cgroups.LimitShares("c1")!.Value, limitShares!.Value / 2, limitShares.Value);
        Assert.InRange(reading.UsageMicroseconds, told.UsageMicroseconds, scaler.Cgroups.UsageMicroseconds("c1"));
        // The limit was in force while nobody watched, so that time is allocated, too.
        Assert.InRange(
            reading.AllocatedMicroseconds - told.AllocatedMicroseconds, (reading.At - told.At).TotalMicroseconds * 0.9, (reading.At - told.At).TotalMicroseconds * 4);
    }

    [Fact]
    public async Task Sigkill_WhileClosing_NextRunEndsTheClosing()
    {
        await using var scaler = new ScalerProcess();
        await scaler.StartAsync();
        var container = await scaler.Api.RegisterAsync("c1", ScalerNode.Registration());
        using var busy = new JoinedProcess(container.Slots[0].JoinFiles, JoinedProcess.Busy);
        await Eventually.HoldsAsync(async () => await scaler.Api.FindContainerAsync("c1") is { UsageMicroseconds: > 50_000 });

        var closing = scaler.Api.CloseAsync("c1");
        await Eventually.HoldsAsync(() => scaler.ReadState("c1").Contains("closing", StringComparison.Ordinal) || closing.IsCompleted);
        await scaler.KillAsync();
        await Record.ExceptionAsync(() => closing);
        await scaler.StartAsync();

        var closed = await Eventually.FindAsync(async () => await scaler.Api.FindContainerAsync("c1") is { Closed: true } c ? c : null);
        Assert.Equal(scaler.Cgroups.UsageMicroseconds("c1"), closed.UsageMicroseconds);
        Assert.Equal(closed.UsageMicroseconds, Assert.Single(await scaler.Api.GetUsageAsync(), r => r.Final).UsageMicroseconds);
    }
}
