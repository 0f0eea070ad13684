using ContainerManager.Contracts;
using ContainerManager.Stores;
using ContainerManager.Tests.Doubles;
using Testing;

namespace ContainerManager.Tests.Service;

/// <summary>Tasks that come by themselves: by a schedule, or out of another task's results.</summary>
public sealed class TriggerTests
{
    [Fact]
    public async Task OnSuccess_Results_BecomeTasksOfTheOtherFunction()
    {
        await using var harness = await TwoStagesAsync("on_success: second/from-\n");
        harness.Drop("input/a.txt");

        var first = await harness.EndedAsync("a.txt");

        var names = new[] { "one.png", "deep/two.png" }.Select(file => $"from-a.txt.{first.TaskId[..8]}/{file}").ToArray();
        foreach (var name in names)
        {
            Assert.Equal(TaskPhase.Succeeded, (await harness.EndedAsync(name, "second")).Phase);
            Assert.Equal("result", harness.Store.Read("second", "output/" + name));
        }

        Assert.True(harness.Has("results/a.txt/one.png"));
        Assert.Equal("second/from-", (await harness.StatusAsync(s => s.OnSuccess is not null, "it is shown")).OnSuccess);
    }

    [Fact]
    public async Task OnSuccess_TaskThatFails_HandsNothingOn()
    {
        await using var harness = await TwoStagesAsync("on_success: second\nmax_attempts: 1\n", exitStatus: 1);
        harness.Drop("input/a");

        Assert.Equal(TaskPhase.Failed, (await harness.EndedAsync("a")).Phase);

        Assert.Empty(await harness.Client.ListTasksAsync("second"));
        Assert.Empty(harness.Store.Keys("second", "input/"));
    }

    [Fact]
    public async Task OnSuccess_SameTaskAgain_HandsOnAgain()
    {
        await using var harness = await TwoStagesAsync("on_success: second\n");
        harness.Drop("input/a");
        var first = await harness.EndedAsync("a");
        harness.Drop("input/a");
        var second = await harness.TaskAsync("a", t => t.TaskId != first.TaskId && t.Phase == TaskPhase.Succeeded);

        await harness.EndedAsync($"a.{first.TaskId[..8]}/one.png", "second");
        await harness.EndedAsync($"a.{second.TaskId[..8]}/one.png", "second");
    }

    [Theory]
    [InlineData("on_success: work\n", null, "work → work")]
    [InlineData("on_success: second/x\n", "on_success: work\n", "work → second → work")]
    public async Task OnSuccess_Loop_IsRefusedByName(string settings, string? secondSettings, string loop)
    {
        await using var harness = await TwoStagesAsync(settings, secondSettings);
        harness.Drop("input/a");

        var status = await harness.StatusAsync(s => s.Problems.Any(p => p.Contains(loop, StringComparison.Ordinal)), "the loop is named");

        Assert.Equal("its results cannot go on: see problems", (await harness.StatusAsync(s => s.WaitingFor is not null, "it waits")).WaitingFor);
        Assert.Empty(status.Running);
    }

    [Fact]
    public async Task OnSuccess_BucketOfSomebodyElse_IsRefused()
    {
        await using var harness = await TwoStagesAsync("on_success: second\n", user: "eve");
        harness.Drop("input/a");

        await harness.StatusAsync(
            s => s.Problems.Any(p => p.StartsWith("on_success: user user0 has no function with the bucket \"second\"; allowed: ", StringComparison.Ordinal)), "it is told");
        Assert.True(harness.Has("input/a"));
    }

    [Fact]
    public async Task OnSuccess_ServiceKilledWhilePublishing_HandsOnOnce()
    {
        await using var harness = await TwoStagesAsync("on_success: second\n");
        // What comes behind the handing on fails for as long as the service lives.
        harness.Store.Failing = (call, key) =>
            call == "put" && key.StartsWith("receipts/", StringComparison.Ordinal) ? new ObjectStoreException(StoreFailure.Unavailable, "no receipts today") : null;
        harness.Drop("input/a");
        var task = await harness.TaskAsync("a", _ => true);
        var handedOn = $"a.{task.TaskId[..8]}/one.png";
        await Eventually.HoldsAsync(() => harness.Store.Has("second", "processing/" + handedOn) || harness.Store.Has("second", "input/" + handedOn), what: "it is handed on");
        await harness.StopServiceAsync();
        harness.Store.Failing = null;

        await harness.StartServiceAsync();
        await harness.EndedAsync("a");
        await harness.EndedAsync(handedOn, "second");

        Assert.Single(await harness.Client.ListTasksAsync("second"), t => t.Task == handedOn);
    }

    [Fact]
    public async Task Schedule_InFunctionYaml_IsPlannedAndShown()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "schedule: 0 * * * *\n");

        var schedule = (await harness.StatusAsync(s => s.Schedule is not null, "it is planned")).Schedule!;

        Assert.Equal(("0 * * * *", 0, 0), (schedule.Expression, schedule.NextAt.Minute, schedule.NextAt.Second));
        harness.Drop("utils/function.yaml", "slots: 1\n");
        await harness.StatusAsync(s => s.Schedule is null, "it is forgotten");
    }

    [Fact]
    public async Task Schedule_ThatCannotBe_IsToldAndNothingStarts()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "schedule: '* * * * * *'\n");
        harness.Drop("input/a");

        await harness.StatusAsync(s => s.WaitingFor == "function.yaml has errors" && s.Problems.Any(p => p.Contains("schedule: \"* * * * * *\"", StringComparison.Ordinal)), "it is told");
    }

    private static async Task<ManagerHarness> TwoStagesAsync(string settings, string? secondSettings = null, int exitStatus = 0, string user = ScriptedCredit.User)
    {
        var harness = await ManagerHarness.StartAsync();
        await harness.AddFunctionAsync("second", user);
        harness.Engine.Script = (files, _) =>
        {
            if (!files.TaskFile.Contains("one.png", StringComparison.Ordinal) && !files.TaskFile.Contains("two.png", StringComparison.Ordinal))
            {
                Directory.CreateDirectory(Path.Combine(files.OutputDirectory, "deep"));
                File.WriteAllText(Path.Combine(files.OutputDirectory, "one.png"), "result");
                File.WriteAllText(Path.Combine(files.OutputDirectory, "deep", "two.png"), "result");
            }

            return Task.FromResult(exitStatus);
        };
        harness.Store.Put("second", "utils/function.yaml", secondSettings ?? "slots: 1\n");
        harness.Drop("utils/function.yaml", settings);
        return harness;
    }
}
