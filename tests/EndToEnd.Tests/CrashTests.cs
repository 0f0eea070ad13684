using ContainerManager.Contracts;
using Testing;

namespace EndToEnd.Tests;

public sealed class CrashTests
{
    public static TheoryData<string> Services => ["container-manager", "scaler", "credit-manager", "gridcoin-devnet"];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Kill_ServiceInTheMiddleOfATask_TaskFinishesOnceAndIsBilledOnce(string service)
    {
        await using var platform = await Platform.StartAsync(new PlatformSettings { VcoreSecondsPerGrc = 10 });
        var bucket = await platform.AddFunctionAsync("work", Scripts.Burn, await TestImages.WithBashAsync());
        bucket.Drop("input/a", "6");
        var containerId = (await bucket.RunningAsync("a")).Attempts[0].ContainerId;
        await Eventually.HoldsAsync(async () => (await platform.ScalerApi.FindContainerAsync(containerId))!.UsageMicroseconds > 1_000_000);

        var process = service switch
        {
            "container-manager" => platform.ManagerService,
            "scaler" => platform.ScalerService,
            "credit-manager" => platform.CreditService,
            _ => platform.Devnet,
        };
        await process.KillAsync();
        await process.StartAsync();

        var task = await bucket.EndedAsync("a");
        Assert.Equal(TaskPhase.Succeeded, task.Phase);
        Assert.Single(task.Attempts);
        Assert.Equal("started\nended\n", await bucket.ReadAsync("logs/a.log"));
        await platform.AssertBilledAsKernelCountsAsync(containerId, "work");
        await platform.AssertWalletAgreesAsync(10);
    }

    [Fact]
    public async Task Kill_ContainerInTheMiddleOfATask_TaskRunsAgainAndBothAreBilled()
    {
        await using var platform = await Platform.StartAsync();
        var bucket = await platform.AddFunctionAsync("work", Scripts.Burn, await TestImages.WithBashAsync());
        bucket.Drop("input/a", "3");
        var containerId = (await bucket.RunningAsync("a")).Attempts[0].ContainerId;
        await Eventually.HoldsAsync(async () => (await platform.ScalerApi.FindContainerAsync(containerId))!.UsageMicroseconds > 500_000);

        Cgroups.KillAll(platform.CgroupParent, containerId);

        var task = await bucket.EndedAsync("a");
        Assert.Equal(TaskPhase.Succeeded, task.Phase);
        Assert.Equal([AttemptOutcome.ContainerDied, AttemptOutcome.Succeeded], task.Attempts.Select(a => a.Outcome));
        await platform.AssertBilledAsKernelCountsAsync(task.Attempts[^1].ContainerId, "work");
        await platform.AssertWalletAgreesAsync(10);
    }

    [Fact]
    public async Task CreditManagerAway_RunningTaskGoesOnNewOnesWaitAndAllIsBilledWhenItIsBack()
    {
        await using var platform = await Platform.StartAsync();
        var bucket = await platform.AddFunctionAsync("work", Scripts.Burn, await TestImages.WithBashAsync());
        bucket.Drop("input/a", "4");
        var containerId = (await bucket.RunningAsync("a")).Attempts[0].ContainerId;
        await platform.CreditService.KillAsync();
        bucket.Drop("input/b", "0");

        Assert.Equal(TaskPhase.Succeeded, (await bucket.EndedAsync("a")).Phase);
        await bucket.StatusAsync(s => s is { Waiting: 1, WaitingFor: not null }, "b waits and says why");
        await platform.CreditService.StartAsync();

        Assert.Equal(TaskPhase.Succeeded, (await bucket.EndedAsync("b")).Phase);
        await platform.AssertBilledAsKernelCountsAsync(containerId, "work");
    }

    [Fact]
    public async Task Kill_CreditManagerAndContainerManagerAroundTheEndOfATask_EveryAttemptIsInTheLedgerOnceAndItsReceiptIsSigned()
    {
        await using var platform = await Platform.StartAsync();
        var bucket = await platform.AddFunctionAsync("work", Scripts.Burn, await TestImages.WithBashAsync());
        bucket.Drop("input/a", "0");
        await bucket.EndedAsync("a");
        bucket.Drop("input/b", "3");
        var containerId = (await bucket.RunningAsync("b")).Attempts[0].ContainerId;
        await platform.CreditService.KillAsync();
        var ended = await bucket.EndedAsync("b");
        await platform.ManagerService.KillAsync();
        await platform.CreditService.StartAsync();
        await platform.ManagerService.StartAsync();

        foreach (var task in new[] { "a", "b" })
        {
            await Eventually.HoldsAsync(async () => (await bucket.ReadAsync($"receipts/{task}.json")).Contains("\"signature\"", StringComparison.Ordinal));
        }

        var entries = (await platform.Credit.ListLedgerAsync()).Where(e => e.Kind == "attempt").Select(e => System.Text.Json.JsonDocument.Parse(e.Details).RootElement).ToList();
        Assert.Equal(["a", "b"], entries.Select(e => e.GetProperty("task").GetString()).Order());
        var b = entries.Single(e => e.GetProperty("task").GetString() == "b");
        Assert.Equal(ended.Attempts.Single().UsageMicroseconds, b.GetProperty("after_microseconds").GetInt64() - b.GetProperty("before_microseconds").GetInt64());
        await platform.AssertBilledAsKernelCountsAsync(containerId, "work");
    }

    [Fact]
    public async Task WalletAway_BillingGoesOnTheOperatorIsToldAndEverythingIsSettledWhenItIsBack()
    {
        await using var platform = await Platform.StartAsync(new PlatformSettings { VcoreSecondsPerGrc = 10 });
        var bucket = await platform.AddFunctionAsync("work", Scripts.Burn, await TestImages.WithBashAsync());
        await platform.Devnet.KillAsync();
        bucket.Drop("input/a", "3");

        var task = await bucket.EndedAsync("a");
        Assert.Equal(TaskPhase.Succeeded, task.Phase);
        await Eventually.HoldsAsync(async () => await platform.Credit.GetStatusAsync() is { WalletReachable: false, WalletError: not null });
        await platform.AssertBilledAsKernelCountsAsync(task.Attempts[0].ContainerId, "work");
        await platform.Devnet.StartAsync();

        await platform.AssertWalletAgreesAsync(10);
    }

    [Fact]
    public async Task ScalerAway_RunningTaskGoesOnTheNextOneWaitsAndAllIsBilledWhenItIsBack()
    {
        await using var platform = await Platform.StartAsync();
        var bucket = await platform.AddFunctionAsync("work", Scripts.Burn, await TestImages.WithBashAsync());
        bucket.Drop("input/a", "2");
        var containerId = (await bucket.RunningAsync("a")).Attempts[0].ContainerId;
        await platform.ScalerService.KillAsync();
        bucket.Drop("input/b", "0");

        await Eventually.HoldsAsync(async () => (await platform.Credit.GetStatusAsync()).UnreachableScalers.Count == 1);
        await bucket.StatusAsync(s => s.Problems.Any(p => p.Contains("Scaler", StringComparison.Ordinal)), "the user is told");
        await platform.ScalerService.StartAsync();

        Assert.Equal(TaskPhase.Succeeded, (await bucket.EndedAsync("a")).Phase);
        Assert.Equal(TaskPhase.Succeeded, (await bucket.EndedAsync("b")).Phase);
        await platform.AssertBilledAsKernelCountsAsync(containerId, "work");
        await platform.AssertWalletAgreesAsync(10);
    }
}
