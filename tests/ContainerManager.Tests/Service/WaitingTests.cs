using ContainerManager.Contracts;
using CreditManager.Contracts;
using ContainerManager.Tests.Doubles;
using Testing;

namespace ContainerManager.Tests.Service;

/// <summary>Why tasks wait, and that they go on.</summary>
public sealed class WaitingTests
{
    [Fact]
    public async Task Drop_WhileTheUserIsInDebt_WaitsForTheDepositAndSaysHowMuch()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Credit.Set(Standing.Indebted, mayStart: false, needed: 31_000_000);
        await harness.StatusAsync(s => s.Money?.Standing == "indebted", "the standing is known");
        harness.Drop("input/a");

        var status = await harness.StatusAsync(s => s.Waiting == 1, "a waits");
        Assert.Equal("in debt: 0.31 GRC needed", status.WaitingFor);
        Assert.Null(status.Container);
        harness.Credit.Set(Standing.Normal, mayStart: true);

        Assert.Equal(TaskPhase.Succeeded, (await harness.EndedAsync("a")).Phase);
    }

    [Fact]
    public async Task Abort_RunningTaskAtTheDebtLimit_GoesBackUncountedAndTheContainerIsStopped()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "max_attempts: 1\n");
        harness.Engine.Script = (_, killed) => ScriptedTasks.Never(killed);
        harness.Drop("input/a");
        var container = (await harness.StatusAsync(s => s.Running.Count == 1, "a runs")).Container!.ContainerId;
        harness.Scaler.Use(container, 0, microseconds: 5_000_000);

        harness.Credit.Set(Standing.Exhausted, mayStart: false, mustAbort: true, needed: 100_000_000);

        var task = await harness.TaskAsync("a", t => t.Phase == TaskPhase.Pending);
        var attempt = task.Attempts.Single();
        Assert.Equal((AttemptOutcome.AbortedForDebt, 5_000_000L), (attempt.Outcome, attempt.UsageMicroseconds));
        await Eventually.HoldsAsync(() => harness.Has("input/a") && !harness.Has("processing/a"));
        await harness.StatusAsync(s => s.Container is null, "the container is gone");
        Assert.True(harness.Scaler.All.Single().Closed);

        harness.Engine.Script = (_, _) => Task.FromResult(0);
        harness.Credit.Set(Standing.Normal, mayStart: true);
        Assert.Equal(TaskPhase.Succeeded, (await harness.EndedAsync("a")).Phase);
    }

    [Fact]
    public async Task Low_WithoutLeaveToStart_WaitsWithTheReason()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Credit.Set(Standing.Low, mayStart: false, reason: "conservative and at the minimum");
        await harness.StatusAsync(s => s.Money?.Standing == "low", "the standing is known");
        harness.Drop("input/a");

        Assert.Equal("conservative and at the minimum", (await harness.StatusAsync(s => s.Waiting == 1, "a waits")).WaitingFor);
    }

    [Fact]
    public async Task CreditManagerAway_RunningTaskEndsAndTheNextWaits()
    {
        await using var harness = await ManagerHarness.StartAsync();
        var release = new TaskCompletionSource();
        harness.Engine.Script = async (_, _) =>
        {
            await release.Task;
            return 0;
        };
        harness.Drop("input/a");
        await harness.StatusAsync(s => s.Running.Count == 1, "a runs");

        harness.Credit.Away = true;
        await harness.StatusAsync(s => s.Money is not null, "the last standing is still shown");
        harness.Drop("input/b");
        await harness.StatusAsync(s => s.WaitingFor == "billing not reachable", "b waits");
        release.SetResult();

        Assert.Equal(TaskPhase.Succeeded, (await harness.EndedAsync("a")).Phase);
        Assert.True(harness.Has("input/b"));
        harness.Credit.Away = false;
        Assert.Equal(TaskPhase.Succeeded, (await harness.EndedAsync("b")).Phase);
    }

    [Fact]
    public async Task ScalerAway_AtTheEndOfATask_IsWaitedForAndNothingIsLost()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Engine.Script = (files, _) =>
        {
            harness.Scaler.Use(harness.Engine.Running.Single(), files.Slot, microseconds: 1234);
            harness.Scaler.Away = true;
            return Task.FromResult(0);
        };
        harness.Drop("input/a");

        await harness.StatusAsync(s => s.Problems.Any(p => p.Contains("does not answer", StringComparison.Ordinal)), "the problem is told");
        harness.Scaler.Away = false;

        Assert.Equal(1234, (await harness.EndedAsync("a")).Attempts.Single().UsageMicroseconds);
        await harness.StatusAsync(s => s.Problems.Count == 0, "the problem is gone");
    }

    [Fact]
    public async Task UnknownUser_Waits()
    {
        await using var harness = await ManagerHarness.StartAsync();
        await harness.AddFunctionAsync("other", "stranger");
        harness.Drop("input/a", function: "other");

        var status = await harness.StatusAsync(s => s.Waiting == 1, "a waits", "other");
        Assert.Equal("user stranger is not known to billing", status.WaitingFor);
    }

    [Fact]
    public async Task NodeFull_IdleContainerOfAnotherFunctionMakesRoom()
    {
        await using var harness = await ManagerHarness.StartAsync(("manager:node_memory", "734003200"));
        await harness.AddFunctionAsync("other");
        harness.Drop("input/a");
        await harness.EndedAsync("a");
        var release = new TaskCompletionSource();
        harness.Engine.Script = async (_, _) =>
        {
            await release.Task;
            return 0;
        };

        harness.Drop("input/b", function: "other");
        await harness.StatusAsync(s => s.Running.Count == 1, "b runs in the room of the first", "other");
        harness.Drop("input/c");
        await harness.StatusAsync(s => s.WaitingFor == "node full", "c waits for b");
        release.SetResult();

        Assert.Equal(TaskPhase.Succeeded, (await harness.EndedAsync("c")).Phase);
    }

    [Fact]
    public async Task Disk_WithoutRoomForATask_PassesItOverAndSaysSo()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Disk.Free = 10;
        harness.Drop("input/a", new string('x', 2048));
        harness.Drop("input/b", "small");

        await harness.EndedAsync("b");
        var status = await harness.StatusAsync(s => s.WaitingFor?.Contains("disk space", StringComparison.Ordinal) == true, "a waits");
        Assert.Equal("2 KiB of free disk space needed on the node for one task file, 10 bytes free", status.WaitingFor);
        harness.Disk.Free = 1 << 20;

        Assert.Equal(TaskPhase.Succeeded, (await harness.EndedAsync("a")).Phase);
    }
}
