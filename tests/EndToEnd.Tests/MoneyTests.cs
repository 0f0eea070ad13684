using ContainerManager.Contracts;
using CreditManager.Contracts;
using Testing;

namespace EndToEnd.Tests;

public sealed class MoneyTests
{
    private const long Grc = 100_000_000;

    [Theory]
    [InlineData(SpendingPolicy.Greedy)]
    [InlineData(SpendingPolicy.Conservative)]
    public async Task Low_Balance_StartsTasksForTheGreedyAndNotForTheConservative(SpendingPolicy policy)
    {
        await using var platform = await Platform.StartAsync(new PlatformSettings { Grc = 1 });
        await platform.SetUserAsync(new UserSettings(policy, MinBalanceHalfords: 2 * Grc));
        var bucket = await platform.AddFunctionAsync("work", Scripts.Copy, await TestImages.WithBashAsync());
        bucket.Drop("input/a", "1");

        if (policy == SpendingPolicy.Conservative)
        {
            var status = await bucket.StatusAsync(s => s is { Waiting: 1, Money.Standing: "low", WaitingFor: not null }, "the task waits");
            Assert.Null(status.Container);
            await platform.PayInAsync(5);
        }

        Assert.Equal(TaskPhase.Succeeded, (await bucket.EndedAsync("a")).Phase);
    }

    [Fact]
    public async Task Indebted_RunningTaskIsRestrictedNewOnesWaitAndADepositResumesAll()
    {
        // 1 GRC buys 4 vcore-seconds; the debt limit is far away.
        await using var platform = await Platform.StartAsync(new PlatformSettings { VcoreSecondsPerGrc = 4, Grc = 0.5m });
        await platform.SetUserAsync(new UserSettings(MinBalanceHalfords: 0, MaxDebtHalfords: -1000 * Grc));
        var bucket = await platform.AddFunctionAsync("work", Scripts.Burn, await TestImages.WithBashAsync(), maxShares: 100);
        bucket.Drop("utils/function.yaml", "min_shares: 10\nboundary_shares: 10\n");
        bucket.Drop("input/a", "8");
        var containerId = (await bucket.RunningAsync("a")).Attempts[0].ContainerId;

        var restricted = await Eventually.FindAsync(async () =>
            await platform.ScalerApi.FindContainerAsync(containerId) is { RestrictionShares: not null } c ? c : null);
        Assert.Equal(30, restricted.RestrictionShares);
        Assert.Equal(30, restricted.Limits.LimitShares);
        bucket.Drop("input/b", "0");
        var waiting = await bucket.StatusAsync(s => s is { Waiting: 1, Money.Standing: "indebted", WaitingFor: not null }, "b waits for a deposit");
        Assert.Contains("GRC", waiting.WaitingFor!, StringComparison.Ordinal);
        Assert.Equal(TaskPhase.Succeeded, (await bucket.EndedAsync("a")).Phase);

        bucket.Drop("funds/top-up.txt", "50\n");

        Assert.Equal(TaskPhase.Succeeded, (await bucket.EndedAsync("b")).Phase);
        await Eventually.HoldsAsync(() => bucket.Has("funds/accepted/top-up.txt") && !bucket.Has("funds/top-up.txt"));
        await Eventually.HoldsAsync(async () => (await platform.ScalerApi.FindContainerAsync(containerId)) is { RestrictionShares: null });
        await platform.AssertBilledAsKernelCountsAsync(containerId, "work");
        await platform.AssertWalletAgreesAsync(50.5m);
    }

    [Fact]
    public async Task Exhausted_TaskIsFrozenAndADepositWithinTheGraceThawsIt()
    {
        await using var platform = await Platform.StartAsync(new PlatformSettings { VcoreSecondsPerGrc = 1, Grc = 1 });
        await platform.SetUserAsync(new UserSettings(MinBalanceHalfords: 0, MaxDebtHalfords: -1 * Grc));
        var bucket = await platform.AddFunctionAsync("work", Scripts.Burn, await TestImages.WithBashAsync());
        bucket.Drop("input/a", "5");
        var containerId = (await bucket.RunningAsync("a")).Attempts[0].ContainerId;

        var frozen = await Eventually.FindAsync(async () => await platform.ScalerApi.FindContainerAsync(containerId) is { Frozen: true } c ? c : null);
        await bucket.StatusAsync(s => s is { Money.Standing: "exhausted" }, "the user is told");
        await platform.PayInAsync(100);

        var task = await bucket.EndedAsync("a");
        Assert.Equal(TaskPhase.Succeeded, task.Phase);
        Assert.Single(task.Attempts);
        Assert.True(frozen.UsageMicroseconds > 1_000_000);
        await platform.AssertBilledAsKernelCountsAsync(containerId, "work");
    }

    [Fact]
    public async Task Exhausted_LongerThanTheGrace_AbortsTheTaskBackToInputWithoutCountingTheAttempt()
    {
        await using var platform = await Platform.StartAsync(new PlatformSettings { VcoreSecondsPerGrc = 1, Grc = 1, FreezeGrace = "1s" });
        await platform.SetUserAsync(new UserSettings(MinBalanceHalfords: 0, MaxDebtHalfords: -1 * Grc));
        var bucket = await platform.AddFunctionAsync("work", Scripts.Burn, await TestImages.WithBashAsync());
        bucket.Drop("utils/function.yaml", "max_attempts: 1\n");
        bucket.Drop("input/a", "4");

        var aborted = await bucket.TaskAsync("a", t => t.Phase == TaskPhase.Pending && t.Attempts.Count == 1, "is back");
        Assert.Equal(AttemptOutcome.AbortedForDebt, aborted.Attempts[0].Outcome);
        await Eventually.HoldsAsync(() => bucket.Has("input/a") && !bucket.Has("processing/a"));
        await bucket.StatusAsync(s => s.Container is null && s.Waiting == 1, "the container is gone");

        await platform.PayInAsync(100);

        Assert.Equal(TaskPhase.Succeeded, (await bucket.EndedAsync("a")).Phase);
        Assert.Single((await bucket.TaskAsync("a", t => t.Phase == TaskPhase.Succeeded, "succeeds")).Attempts, a => a.Outcome == AttemptOutcome.Succeeded);
        await platform.AssertWalletAgreesAsync(101);
    }
}
