using System.Text.Json;
using ContainerManager.Contracts;
using ContainerManager.Tests.Doubles;
using Testing;

namespace ContainerManager.Tests.Service;

/// <summary>What a task may cost. At the scripted price 6 s of CPU time cost 0.01 GRC.</summary>
public sealed class CapTests
{
    private const long CentiGrcMicroseconds = 6_000_000;

    [Theory]
    [InlineData("max_grc: 0.01\n", null)]
    [InlineData("max_grc: 0.5\n", "0.01\n")]
    [InlineData("max_grc: 0.01\n", "0.5")]
    [InlineData(null, "0.01")]
    public async Task Cap_Reached_StopsTheTaskForGood(string? settings, string? beside)
    {
        await using var harness = await StartAsync(settings, beside);
        var container = (await harness.StatusAsync(s => s.Running.Count == 1, "a runs")).Container!.ContainerId;
        Assert.Equal(0.01m, (await harness.StatusAsync(s => s.Running.Count == 1, "a runs")).Running.Single().CapGrc);

        harness.Scaler.Use(container, 0, CentiGrcMicroseconds + 60_000);

        var task = await harness.EndedAsync("a");
        var attempt = task.Attempts.Single();
        Assert.Equal((TaskPhase.Failed, AttemptOutcome.Capped, 6_060_000L), (task.Phase, attempt.Outcome, attempt.UsageMicroseconds));
        Assert.Equal("stopped: cost 0.0101 GRC reached its cap of 0.01 GRC", attempt.Reason);
        Assert.Equal([(container, 0)], harness.Scaler.KilledSlots);
        Assert.True(harness.Has("failed/a"));
        Assert.Equal((beside, null), (harness.Store.Read("work", "failed/a.cap"), harness.Store.Read("work", "input/a.cap")));
        using var receipt = JsonDocument.Parse(harness.Store.Read("work", "receipts/a.json")!);
        Assert.Equal(0.01m, receipt.RootElement.GetProperty("cap_grc").GetDecimal());
        await Eventually.HoldsAsync(() => harness.Credit.Reports.Any(r => r.End?.Ending == CreditManager.Contracts.AttemptEnding.Capped), what: "it is told");
    }

    [Fact]
    public async Task Cap_NotReached_LetsTheTaskEndAndTheSlotGoesOn()
    {
        await using var harness = await StartAsync("max_grc: 0.01\n", "0.01");
        var container = (await harness.StatusAsync(s => s.Running.Count == 1, "a runs")).Container!.ContainerId;
        harness.Scaler.Use(container, 0, CentiGrcMicroseconds - 1);
        await Eventually.HoldsAsync(() => harness.Scaler.Finds > 20, what: "it is looked at");
        Assert.Empty(harness.Scaler.KilledSlots);

        harness.Scaler.Use(container, 0, 1);

        Assert.Equal(AttemptOutcome.Capped, (await harness.EndedAsync("a")).Attempts.Single().Outcome);
        // What the task before it used in this slot is not the next one's.
        harness.Drop("input/z");
        Assert.Equal(TaskPhase.Succeeded, (await harness.EndedAsync("z")).Phase);
        Assert.Single(harness.Engine.Started);
    }

    [Fact]
    public async Task Cap_OverSeveralAttempts_IsOfThemAll()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Engine.Script = (files, killed) =>
        {
            harness.Scaler.Use(harness.Engine.Running.Single(), files.Slot, (CentiGrcMicroseconds / 2) + 1);
            return files.AttemptId.EndsWith("-1", StringComparison.Ordinal) ? Task.FromResult(1) : ScriptedTasks.Never(killed);
        };
        harness.Drop("input/a.cap", "0.01");
        harness.Drop("input/a");

        var task = await harness.EndedAsync("a");

        Assert.Equal([AttemptOutcome.ScriptFailed, AttemptOutcome.Capped], task.Attempts.Select(a => a.Outcome));
        Assert.Contains("cost 0.01 GRC reached its cap of 0.01 GRC", task.Attempts[1].Reason, StringComparison.Ordinal);
        Assert.True(harness.Has("failed/a.cap"));
    }

    [Fact]
    public async Task Cap_AfterARestart_HoldsYetWithCreditManagerAway()
    {
        await using var harness = await StartAsync(null, "0.01");
        var container = (await harness.StatusAsync(s => s.Running.Count == 1, "a runs")).Container!.ContainerId;
        await harness.StopServiceAsync();
        harness.Credit.Away = true;
        harness.Drop("input/a.cap", "5");

        await harness.StartServiceAsync();
        Assert.Equal(0.01m, (await harness.StatusAsync(s => s is { Running.Count: 1, Container: not null }, "a runs")).Running.Single().CapGrc);
        harness.Scaler.Use(container, 0, CentiGrcMicroseconds);

        Assert.Equal(AttemptOutcome.Capped, (await harness.EndedAsync("a")).Attempts.Single().Outcome);
        // Written anew meanwhile: it is meant for the next task of that name.
        Assert.Equal("5", harness.Store.Read("work", "input/a.cap"));
    }

    [Fact]
    public async Task Cap_ScalerAwayForAWhile_HoldsWhenItIsBack()
    {
        await using var harness = await StartAsync(null, "0.01");
        var container = (await harness.StatusAsync(s => s.Running.Count == 1, "a runs")).Container!.ContainerId;
        harness.Scaler.Away = true;
        harness.Scaler.Use(container, 0, CentiGrcMicroseconds);
        await harness.StatusAsync(s => s.Problems.Any(p => p.Contains("Scaler", StringComparison.Ordinal)), "the absence is told");

        harness.Scaler.Away = false;

        Assert.Equal(AttemptOutcome.Capped, (await harness.EndedAsync("a")).Attempts.Single().Outcome);
    }

    [Fact]
    public async Task Caps_OfManyFunctions_AreLookedAtInOneCall()
    {
        await using var harness = await StartAsync("max_grc: 0.01\n", null);
        await harness.AddFunctionAsync("other");
        harness.Store.Put("other", "input/b.cap", "0.01");
        harness.Store.Put("other", "input/b", "");
        var first = (await harness.StatusAsync(s => s.Running.Count == 1, "a runs")).Container!.ContainerId;
        var second = (await harness.StatusAsync(s => s.Running.Count == 1, "b runs", "other")).Container!.ContainerId;
        await Eventually.HoldsAsync(() => harness.Scaler.Lists > 0, what: "both are looked at");

        harness.Scaler.Use(second, 0, CentiGrcMicroseconds);

        Assert.Equal(AttemptOutcome.Capped, (await harness.EndedAsync("b", "other")).Attempts.Single().Outcome);
        Assert.Equal([(second, 0)], harness.Scaler.KilledSlots);
        harness.Scaler.Use(first, 0, CentiGrcMicroseconds);
        Assert.Equal(AttemptOutcome.Capped, (await harness.EndedAsync("a")).Attempts.Single().Outcome);
    }

    [Theory]
    [InlineData("much", true)]
    [InlineData("much", false)]
    [InlineData("", true)]
    public async Task CapFile_ThatCannotBeRead_KeepsTheTaskWaitingUntilItIsCorrectedOrRemoved(string garbage, bool isCorrected)
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("input/a.cap", garbage);
        harness.Drop("input/a", "content");
        harness.Drop("input/b");

        var status = await harness.StatusAsync(s => s.Problems.Count == 1 && s.Succeeded == 1 && s.Waiting == 1, "a waits, and b is done");
        Assert.Equal(
            $"input/a.cap: \"{garbage}\" is no cap; allowed: one line with an amount above 0 and up to 1000000000 GRC with at most 8 decimals, such as 0.05; the task waits until it is corrected or removed.",
            status.Problems.Single());
        Assert.Equal("its cap cannot be read: see problems", status.WaitingFor);
        Assert.Equal("content", harness.Store.Read("work", "input/a"));
        Assert.Single(harness.Engine.Started);

        if (isCorrected)
        {
            harness.Drop("input/a.cap", "0.01");
        }
        else
        {
            await harness.Store.DeleteAsync("work", "input/a.cap", CancellationToken.None);
        }

        var task = await harness.EndedAsync("a");
        Assert.Equal((TaskPhase.Succeeded, 1), (task.Phase, task.Attempts.Count));
        await harness.StatusAsync(s => s.Problems.Count == 0, "all is well");
        Assert.Equal(isCorrected ? "0.01" : null, harness.Store.Read("work", "output/a.cap"));
        Assert.Empty(harness.Store.Keys("work", "input/"));
    }

    [Fact]
    public async Task CapFile_ThatCannotBeRead_IsRememberedAcrossARestart()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("input/a.cap", "much");
        harness.Drop("input/a");
        await harness.StatusAsync(s => s.Problems.Count == 1, "a waits");

        await harness.RestartAsync();

        await harness.StatusAsync(s => s is { Problems.Count: 1, Waiting: 1 }, "a waits yet");
        Assert.Empty((await harness.Client.ListTasksAsync(ManagerHarness.Function)).SelectMany(t => t.Attempts));
    }

    [Fact]
    public async Task CapFiles_ManyThatCannotBeRead_DoNotHoldUpWhatIsBehindThem()
    {
        await using var harness = await ManagerHarness.StartAsync(("manager:window", "128"));
        for (var i = 0; i < 150; i++)
        {
            harness.Drop($"input/{i:000}.cap", "?");
            harness.Drop($"input/{i:000}", "");
        }

        harness.Drop("input/z");

        Assert.Equal(TaskPhase.Succeeded, (await harness.EndedAsync("z")).Phase);
        var status = await harness.StatusAsync(
            s => s.Waiting == 150 && s.Problems.Contains("130 more tasks cannot start for such reasons."), "the others wait");
        Assert.Equal(21, status.Problems.Count);
    }

    [Fact]
    public async Task CapFile_WithoutATask_IsLeftAlone()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("input/nothing.cap", "much");
        harness.Drop("input/.cap", "1");
        harness.Drop("input/a.cap.cap", "1");
        harness.Drop("input/a");
        await harness.EndedAsync("a");

        var status = await harness.StatusAsync(s => s is { Waiting: 0, Running.Count: 0, Problems.Count: 0 }, "nothing waits");
        Assert.Equal(1, status.Succeeded);
        Assert.Equal(["input/.cap", "input/a.cap.cap", "input/nothing.cap"], harness.Store.Keys("work", "input/").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task CapFile_BesideANewerTaskOfThatName_Stays()
    {
        await using var harness = await StartAsync(null, "0.01");
        var container = (await harness.StatusAsync(s => s.Running.Count == 1, "a runs")).Container!.ContainerId;
        harness.Credit.Set(CreditManager.Contracts.Standing.Low, mayStart: false);
        await harness.StatusAsync(s => s.Money?.Standing == "low", "nothing starts");
        harness.Drop("input/a", "newer");

        harness.Scaler.Use(container, 0, CentiGrcMicroseconds);

        await harness.TaskAsync("a", t => t.Phase == TaskPhase.Failed);
        Assert.Equal(("0.01", null), (harness.Store.Read("work", "input/a.cap"), harness.Store.Read("work", "failed/a.cap")));
    }

    [Fact]
    public async Task MaxGrc_ChangedWhileAContainerRuns_HoldsForTheNextTaskInIt()
    {
        await using var harness = await StartAsync("max_grc: 5\n", null);
        var container = (await harness.StatusAsync(s => s.Running.Count == 1, "a runs")).Container!.ContainerId;
        harness.Drop("utils/function.yaml", "max_grc: 0.01\n");
        harness.Drop("input/b");
        harness.Scaler.Use(container, 0, CentiGrcMicroseconds * 500);
        Assert.Equal(0.01m, (await harness.StatusAsync(s => s.Running is [{ Task: "b" }], "b runs")).Running.Single().CapGrc);

        harness.Scaler.Use(container, 0, CentiGrcMicroseconds);

        await harness.EndedAsync("b");
        Assert.Single(harness.Engine.Started);
    }

    [Fact]
    public async Task MaxGrc_Wrong_IsNamedAndNothingStarts()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "max_grc: 0\n");
        harness.Drop("input/a");

        var status = await harness.StatusAsync(s => s.Problems.Count > 0 && s.Waiting == 1, "the error is told");

        Assert.StartsWith("utils/function.yaml: max_grc: 0 is not allowed; allowed:", status.Problems[0], StringComparison.Ordinal);
        Assert.Equal("function.yaml has errors", status.WaitingFor);
    }

    private static async Task<ManagerHarness> StartAsync(string? settings, string? beside)
    {
        var harness = await ManagerHarness.StartAsync();
        harness.Engine.Script = (files, killed) => files.TaskFileName == "z" ? Task.FromResult(0) : ScriptedTasks.Never(killed);
        if (settings is not null)
        {
            harness.Drop("utils/function.yaml", settings);
        }

        if (beside is not null)
        {
            harness.Drop("input/a.cap", beside);
        }

        harness.Drop("input/a");
        return harness;
    }
}
