using System.Text.Json;
using ContainerManager.Contracts;
using ContainerManager.Stores;
using ContainerManager.Tests.Doubles;
using CreditManager.Contracts;
using Testing;

namespace ContainerManager.Tests.Service;

public sealed class TaskFlowTests
{
    [Fact]
    public async Task Publish_StoreRefusesIt_NextTaskRunsBesideAndTheOneAfterWaits()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Store.Failing = (call, key) =>
            call == "put" && key == "receipts/a.json" ? new ObjectStoreException(StoreFailure.Unavailable, "not this one") : null;
        harness.Drop("input/a");
        harness.Drop("input/b");
        harness.Drop("input/c");

        await harness.TaskAsync("b", t => t.Attempts is [{ Outcome: AttemptOutcome.Succeeded }]);
        var known = await harness.Client.ListTasksAsync(ManagerHarness.Function);

        Assert.Equal([("a", TaskPhase.Running), ("b", TaskPhase.Running), ("c", TaskPhase.Pending)], known.Select(t => (t.Task, t.Phase)));
        harness.Store.Failing = null;
        foreach (var task in new[] { "a", "b", "c" })
        {
            Assert.Equal(TaskPhase.Succeeded, (await harness.EndedAsync(task)).Phase);
        }
    }

    [Fact]
    public async Task Drop_GoodScript_MovesTheTaskAndPublishesResultsLogAndReceipt()
    {
        await using var harness = await ManagerHarness.StartAsync();
        // No receipt ever comes: costs stay those of the owner's tariff.
        harness.Credit.Answering = report => new AttemptAnswer(report.AttemptId, null, null);
        harness.Engine.Script = async (files, _) =>
        {
            Directory.CreateDirectory(Path.Combine(files.OutputDirectory, "deep"));
            await File.WriteAllTextAsync(Path.Combine(files.OutputDirectory, "deep", "copy"), await File.ReadAllTextAsync(files.TaskFile, CancellationToken.None), CancellationToken.None);
            await File.WriteAllTextAsync(files.LogFile, "said this", CancellationToken.None);
            harness.Scaler.Use(harness.Engine.Running.Single(), files.Slot, microseconds: 6_000_000);
            return 0;
        };

        harness.Drop("input/a.txt", "hello");
        var task = await harness.EndedAsync("a.txt");

        Assert.Equal(TaskPhase.Succeeded, task.Phase);
        Assert.Equal("hello", harness.Store.Read("work", "output/a.txt"));
        Assert.Equal("hello", harness.Store.Read("work", "results/a.txt/deep/copy"));
        Assert.Equal("said this", harness.Store.Read("work", "logs/a.txt.log"));
        var attempt = Assert.Single(task.Attempts);
        Assert.Equal((AttemptOutcome.Succeeded, 0, 6_000_000L, 1_000_000L), (attempt.Outcome, attempt.ExitStatus, attempt.UsageMicroseconds, attempt.CostHalfords));
        using var receipt = JsonDocument.Parse(harness.Store.Read("work", "receipts/a.txt.json")!);
        Assert.Equal(6m, receipt.RootElement.GetProperty("vcore_seconds").GetDecimal());
        Assert.Equal(0.01m, receipt.RootElement.GetProperty("cost_grc").GetDecimal());
        Assert.Equal("digest of image", receipt.RootElement.GetProperty("image_sha256").GetString());
        Assert.Equal(64, receipt.RootElement.GetProperty("script_sha256").GetString()!.Length);
    }

    [Fact]
    public async Task FunctionFile_OtherPolicy_SwitchesTheRunningContainerAndItsTaskGoesOn()
    {
        await using var harness = await ManagerHarness.StartAsync();
        var finish = new TaskCompletionSource<int>();
        harness.Engine.Script = (_, _) => finish.Task;
        harness.Drop("input/a");
        await harness.TaskAsync("a", t => t.Phase == TaskPhase.Running);
        var container = Assert.Single(harness.Engine.Running);
        Assert.Equal("tracking", Assert.Single(harness.Scaler.All).Policy);

        harness.Drop("utils/function.yaml", "policy: rules\n");
        await Eventually.HoldsAsync(() => harness.Scaler.All.Single().Policy == "rules");
        finish.SetResult(0);

        Assert.Equal(TaskPhase.Succeeded, (await harness.EndedAsync("a")).Phase);
        Assert.Equal([container], harness.Engine.Running);
        harness.Drop("utils/function.yaml", "policy: guess\n");
        await harness.StatusAsync(s => s.Problems.Any(p => p.Contains("tracking, rules, fixed", StringComparison.Ordinal)), "the wrong name is told");
        Assert.Equal("rules", Assert.Single(harness.Scaler.All).Policy);
    }

    [Fact]
    public async Task Drop_ScriptThatFails_IsTriedThreeTimesThenGivenUp()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Engine.Script = (_, _) => Task.FromResult(7);
        harness.Drop("input/a");

        var task = await harness.EndedAsync("a");

        Assert.Equal(TaskPhase.Failed, task.Phase);
        Assert.Equal([7, 7, 7], task.Attempts.Select(a => a.ExitStatus));
        Assert.True(harness.Has("failed/a"));
        Assert.False(harness.Has("input/a"));
        Assert.Equal(1, (await harness.StatusAsync(s => s.Failed == 1, "counted")).Failed);
    }

    [Fact]
    public async Task Drop_ScriptThatRunsTooLong_IsKilledAndTheSlotGoesOn()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "wall_time: 1s\nmax_attempts: 1\n");
        harness.Engine.Script = (files, killed) => files.TaskFileName == "b" ? Task.FromResult(0) : ScriptedTasks.Never(killed);
        harness.Drop("input/a");

        Assert.Equal(AttemptOutcome.TimedOut, (await harness.EndedAsync("a")).Attempts.Single().Outcome);
        harness.Drop("input/b");
        var second = await harness.EndedAsync("b");

        Assert.Equal(TaskPhase.Succeeded, second.Phase);
        Assert.Single(harness.Engine.Started);
    }

    [Fact]
    public async Task Drop_ScriptKilledForMemory_SaysSoWithTheLimit()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "memory: 64MiB\nmax_attempts: 1\n");
        harness.Engine.Script = (files, _) =>
        {
            harness.Scaler.Use(harness.Engine.Running.Single(), files.Slot, outOfMemoryKills: 1);
            return Task.FromResult(137);
        };
        harness.Drop("input/a");

        var attempt = (await harness.EndedAsync("a")).Attempts.Single();

        Assert.Equal(AttemptOutcome.OutOfMemory, attempt.Outcome);
        Assert.Equal("killed by the kernel: memory limit 64 MiB", attempt.Reason);
        Assert.Equal(64 << 20, harness.Scaler.Registrations.Single().MemoryLimitBytes);
    }

    [Fact]
    public async Task End_ProcessesLeftInTheSlot_AreKilledBeforeTheNextTask()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Engine.Script = (files, _) =>
        {
            harness.Scaler.Use(harness.Engine.Running.Single(), files.Slot, processes: files.TaskFileName == "a" ? 3 : 1);
            return Task.FromResult(0);
        };
        harness.Drop("input/a");
        await harness.EndedAsync("a");
        harness.Drop("input/b");

        Assert.Equal(TaskPhase.Succeeded, (await harness.EndedAsync("b")).Phase);
        Assert.Single(harness.Scaler.KilledSlots);
    }

    [Fact]
    public async Task Drop_ScriptThatKillsItsRunner_CountsAsItsOwnFailure()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "max_attempts: 1\n");
        harness.Engine.Script = (files, killed) =>
        {
            harness.Engine.KillSlot(harness.Engine.Running.Single(), files.Slot);
            return ScriptedTasks.Never(killed);
        };
        harness.Drop("input/a");

        var attempt = (await harness.EndedAsync("a")).Attempts.Single();

        Assert.Equal((AttemptOutcome.ScriptFailed, null), (attempt.Outcome, attempt.ExitStatus));
        Assert.Contains("runner", attempt.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drop_WhileThePredecessorRuns_IsAnotherTask()
    {
        await using var harness = await ManagerHarness.StartAsync();
        var release = new TaskCompletionSource();
        var seen = new System.Collections.Concurrent.ConcurrentQueue<string>();
        harness.Engine.Script = async (files, _) =>
        {
            seen.Enqueue(await File.ReadAllTextAsync(files.TaskFile, CancellationToken.None));
            await release.Task;
            return seen.Count == 1 ? 1 : 0;
        };
        harness.Drop("input/a", "old");
        await Eventually.HoldsAsync(() => !seen.IsEmpty);

        harness.Drop("input/a", "new");
        release.SetResult();

        await Eventually.HoldsAsync(async () => (await harness.Client.ListTasksAsync(ManagerHarness.Function)).Count(t => t.Phase == TaskPhase.Succeeded) == 2);
        Assert.Equal(["old", "old", "new"], seen);
    }

    [Fact]
    public async Task Stop_ByTheOperator_ReturnsTheTaskUncounted()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Engine.Script = (_, killed) => ScriptedTasks.Never(killed);
        harness.Drop("input/a");
        await harness.StatusAsync(s => s.Running.Count == 1, "a runs");
        await harness.Client.RegisterFunctionAsync(ManagerHarness.Function, new FunctionRegistration("user0", Active: false));

        await harness.Client.StopContainerAsync(ManagerHarness.Function);

        var task = await harness.TaskAsync("a", t => t.Phase == TaskPhase.Pending);
        Assert.Equal(AttemptOutcome.Interrupted, task.Attempts.Single().Outcome);
        await harness.StatusAsync(s => s is { Container: null, Waiting: 1, WaitingFor: "the function is not active: ask the operator" }, "it waits");
        Assert.True(harness.Has("input/a"));
    }

    [Fact]
    public async Task Slots_Three_RunThreeTasksAtATime()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "slots: 3\n");
        var release = new TaskCompletionSource();
        harness.Engine.Script = async (_, _) =>
        {
            await release.Task;
            return 0;
        };
        foreach (var task in new[] { "a", "b", "c", "d" })
        {
            harness.Drop("input/" + task);
        }

        var status = await harness.StatusAsync(s => s.Running.Count == 3, "three run");
        release.SetResult();
        await harness.EndedAsync("d");

        Assert.Equal([0, 1, 2], status.Running.Select(r => r.Slot).Order());
        Assert.Equal(["a", "b", "c"], status.Running.Select(r => r.Task).Order());
        Assert.Single(harness.Engine.Started);
    }

    [Fact]
    public async Task Slots_OneTaskAtATime_NeedsOneRunner()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "slots: 3\n");
        foreach (var task in new[] { "a", "b" })
        {
            harness.Drop("input/" + task);
            await harness.EndedAsync(task);
        }

        Assert.Equal(1, harness.Engine.Attached);
    }

    [Fact]
    public async Task Slot_ThatFailsUnexpectedly_IsRecoveredWithoutARestart()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Engine.Script = (_, _) => harness.Engine.Started.Count == 1 ? throw new InvalidOperationException("nobody thought of this") : Task.FromResult(0);
        harness.Drop("input/a");

        var task = await harness.EndedAsync("a");

        Assert.Equal([AttemptOutcome.Interrupted, AttemptOutcome.Succeeded], task.Attempts.Select(a => a.Outcome));
    }
}
