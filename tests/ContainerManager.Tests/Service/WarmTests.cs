using ContainerManager.Contracts;
using ContainerManager.Persistence;
using CreditManager.Contracts;
using Dapper;

namespace ContainerManager.Tests.Service;

/// <summary>Containers that are up though no task waits.</summary>
public sealed class WarmTests
{
    private const string Kept = "kept warm";

    [Fact]
    public async Task MinWarm_NoTask_TheContainerIsUpAndTheFirstTaskRunsInIt()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "min_warm: 1\nidle_timeout: 0s\n");
        var container = await WarmAsync(harness);

        harness.Drop("input/a");
        var task = await harness.EndedAsync("a");

        Assert.Equal(container, task.Attempts.Single().ContainerId);
        Assert.Equal(container, await WarmAsync(harness));
        Assert.Single(harness.Engine.Started);
        Assert.Equal("The container is ready; kept warm.", (await harness.Client.FindFunctionAsync(ManagerHarness.Function))!.Message);
    }

    [Fact]
    public async Task MinWarm_TakenBack_TheContainerEndsAfterItsIdleTimeoutAndWasNotReplaced()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "min_warm: 1\nidle_timeout: 0s\n");
        await WarmAsync(harness);

        harness.Drop("utils/function.yaml", "min_warm: 0\nidle_timeout: 0s\n");

        var status = await harness.StatusAsync(s => s.Container is null, "it is gone");
        Assert.Null(status.Warm);
        Assert.Single(harness.Engine.Started);
    }

    [Fact]
    public async Task MinWarm_OwnerInDebt_IsKeptColdAndSaysWhy()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "min_warm: 1\nidle_timeout: 0s\n");
        await WarmAsync(harness);

        harness.Credit.Set(Standing.Indebted, mayStart: false, needed: 31_000_000);
        await harness.StatusAsync(s => s is { Container: null, Warm: "kept cold: in debt: 0.31 GRC needed" }, "the idle container is gone");
        harness.Credit.Set(Standing.Normal, mayStart: true);

        await WarmAsync(harness);
    }

    [Fact]
    public async Task MinWarm_CreditManagerAway_WhatIsWarmStays()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "min_warm: 1\nidle_timeout: 0s\n");
        var container = await WarmAsync(harness);

        harness.Credit.Away = true;
        var dropped = 0;
        await harness.StatusAsync(
            s =>
            {
                harness.Drop($"input/{dropped++}");
                return s.WaitingFor == "billing not reachable";
            },
            "what is dropped waits");

        Assert.Equal(container, await WarmAsync(harness));
    }

    [Fact]
    public async Task Budget_RoomForOne_TheOtherIsKeptColdUntilThereIsRoom()
    {
        await using var harness = await ManagerHarness.StartAsync(("manager:warm_memory", "600MiB"));
        harness.Drop("utils/function.yaml", "min_warm: 1\nidle_timeout: 0s\n");
        await WarmAsync(harness);
        await harness.AddFunctionAsync("other");
        harness.Drop("utils/function.yaml", "min_warm: 1\nidle_timeout: 0s\n", "other");

        await harness.StatusAsync(s => s is { Container: null, Warm: "kept cold: the node's warm budget is used" }, "there is no room", "other");
        harness.Drop("input/a", function: "other");
        Assert.Equal(TaskPhase.Succeeded, (await harness.EndedAsync("a", "other")).Phase);
        await harness.StatusAsync(s => s is { Container: null, Warm: "kept cold: the node's warm budget is used" }, "it stays only while it is needed", "other");
        harness.Drop("utils/function.yaml", "min_warm: 0\nidle_timeout: 0s\n");

        await WarmAsync(harness, "other");
    }

    [Fact]
    public async Task Restart_WarmContainer_IsTakenOverAndKeepsItsPartOfTheBudget()
    {
        await using var harness = await ManagerHarness.StartAsync(("manager:warm_memory", "600MiB"));
        await harness.AddFunctionAsync("other");
        harness.Drop("utils/function.yaml", "min_warm: 1\n", "other");
        var container = await WarmAsync(harness, "other");
        await harness.RestartAsync();
        Assert.Equal(container, await WarmAsync(harness, "other"));

        harness.Drop("utils/function.yaml", "min_warm: 1\n");
        await harness.StatusAsync(s => s is { Container: null, Warm: "kept cold: the node's warm budget is used" }, "there is no room");

        Assert.Equal([container], harness.Engine.Running);
    }

    [Fact]
    public async Task Node_OthersTaskNeedsTheRoom_TheWarmContainerGivesWayAndComesBack()
    {
        await using var harness = await ManagerHarness.StartAsync(("manager:node_memory", "734003200"), ("manager:warm_memory", "700MiB"));
        harness.Drop("utils/function.yaml", "min_warm: 1\n");
        await WarmAsync(harness);
        await harness.AddFunctionAsync("other");
        harness.Drop("utils/function.yaml", "idle_timeout: 0s\n", "other");
        var release = new TaskCompletionSource();
        harness.Engine.Script = async (_, _) =>
        {
            await release.Task;
            return 0;
        };

        harness.Drop("input/a", function: "other");
        await harness.StatusAsync(s => s.Running.Count == 1, "a has the room", "other");
        await harness.StatusAsync(s => s is { Container: null, Warm: "kept cold: the node is full" }, "it says why it is cold");
        release.SetResult();

        await harness.EndedAsync("a", "other");
        await WarmAsync(harness);
    }

    [Fact]
    public async Task MinWarm_ThatNeverStarts_BacksOffAndSaysSo()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Engine.Failing = what => what == "start" ? "it will not start" : null;
        harness.Drop("utils/function.yaml", "min_warm: 1\n");

        var status = await harness.StatusAsync(s => s.Warm?.StartsWith("failed 2 times in a row: starts again at ", StringComparison.Ordinal) == true, "it backs off");

        Assert.Contains("it will not start", status.Problems);
        Assert.Equal(2, harness.Scaler.Registrations.Count);
    }

    [Fact]
    public async Task MinWarm_ThatDiesWheneverItIsUp_BacksOffAndSaysSo()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "min_warm: 1\n");
        for (var deaths = 1; deaths <= 2; deaths++)
        {
            await WarmAsync(harness);
            harness.Engine.Kill(harness.Engine.Running.Single());
            var words = $"failed {deaths} time{(deaths == 1 ? "" : "s")} in a row: starts again at ";
            await harness.StatusAsync(s => s.Warm?.StartsWith(words, StringComparison.Ordinal) == true, words);
        }

        Assert.Equal(2, harness.Engine.Started.Count);
    }

    [Fact]
    public async Task Auto_ShortPauses_TheContainerIsNotKeptForTheFixedTimeout()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "idle_timeout: auto\n");
        foreach (var task in new[] { "a", "b", "c", "d", "e" })
        {
            harness.Drop("input/" + task);
            await harness.EndedAsync(task);
        }

        await harness.StatusAsync(s => s.Container is null, "it ends before the fixed 60 s");

        Assert.Single(harness.Engine.Started);
        await harness.StopServiceAsync();
        Assert.Equal(4, await ReadAsync(harness, table => table.List(ManagerHarness.Function).Count));
    }

    [Fact]
    public async Task Auto_TaskExpectedNow_IsStartedAheadAfterARestart()
    {
        await using var harness = await LearnedAsync(TimeSpan.FromMinutes(62));
        await harness.StartServiceAsync();

        var status = await harness.StatusAsync(s => s.Container is { Phase: ContainerPhase.Running }, "it is started ahead");
        await harness.StatusAsync(s => s.Warm?.StartsWith("started ahead of an expected task: stops at ", StringComparison.Ordinal) == true, "it says why");
        harness.Drop("input/next");

        Assert.Equal(status.Container!.ContainerId, (await harness.EndedAsync("next")).Attempts.Single().ContainerId);
        await harness.StatusAsync(s => s.Container is null && s.Warm?.StartsWith("expected: starts again at ", StringComparison.Ordinal) == true, "it stops until the next");
    }

    [Fact]
    public async Task Auto_TaskExpectedLater_IsNotUpUntilThen()
    {
        await using var harness = await LearnedAsync(TimeSpan.FromMinutes(5));
        await harness.StartServiceAsync();

        await harness.StatusAsync(s => s is { Container: null } && s.Warm?.StartsWith("expected: starts again at ", StringComparison.Ordinal) == true, "it says when it starts");
        Assert.Single(harness.Engine.Started);
    }

    [Fact]
    public async Task Auto_OwnerNotNormal_NothingIsStartedAhead()
    {
        await using var harness = await LearnedAsync(TimeSpan.FromMinutes(62));
        harness.Credit.Set(Standing.Low, mayStart: true);
        await harness.StartServiceAsync();
        await harness.StatusAsync(s => s.Money?.Standing == "low", "the standing is known");

        harness.Drop("input/next");
        await harness.EndedAsync("next");

        var status = await harness.StatusAsync(s => s.Warm?.StartsWith("idle: stops at ", StringComparison.Ordinal) == true, "it waits for the fixed timeout");
        Assert.NotNull(status.Container);
        Assert.Equal(2, harness.Engine.Started.Count);
    }

    [Theory]
    [InlineData("min_warm: 2", "utils/function.yaml: min_warm: 2 is not allowed; allowed: 0 or 1, as a function has one container.")]
    [InlineData("idle_timeout: soon", "utils/function.yaml: idle_timeout: \"soon\" is not allowed; allowed: a duration such as 500ms, 60s, 5m, 2h or 1d, or auto.")]
    public async Task FunctionFile_WrongValue_SaysWhatIsAllowed(string line, string expected)
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", line + "\n");

        await harness.StatusAsync(s => s.Problems.SequenceEqual([expected]), expected);
    }

    [Fact]
    public void Options_WarmMemory_IsASizeOrNothing()
    {
        static IEnumerable<string> Errors(string? warmMemory) => new ManagerOptions { Database = "d", WorkDirectory = "w", WarmMemory = warmMemory }.Validate();

        Assert.Empty(Errors(null));
        Assert.Empty(Errors("0"));
        Assert.Empty(Errors("2GiB"));
        Assert.Equal(["warm_memory: \"lots\" is not allowed; allowed: 0, or a size such as 64MiB, 512MiB or 2GiB."], Errors("lots"));
        Assert.Single(Errors("-1"));
    }

    private static async Task<string> WarmAsync(ManagerHarness harness, string function = ManagerHarness.Function) => (await harness.StatusAsync(
        s => s is { Container.Phase: ContainerPhase.Running, Warm: Kept }, "the container is kept warm", function)).Container!.ContainerId;

    /// <summary>A service that is down, with a function whose tasks came once an hour, and whose last one ended so long ago.</summary>
    private static async Task<ManagerHarness> LearnedAsync(TimeSpan ago)
    {
        var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "idle_timeout: auto\n");
        harness.Drop("input/last");
        await harness.EndedAsync("last");
        await harness.StatusAsync(s => s.Succeeded == 1, "it is settled");
        var container = harness.Engine.Running.Single();
        await harness.StopServiceAsync();
        harness.Engine.Kill(container);
        await using var database = Database.Open(harness.DatabaseFile);
        await new IdleTable(database).AddAsync(ManagerHarness.Function, [.. Enumerable.Repeat(TimeSpan.FromHours(1), 20)]);
        await database.WriteAsync(c => c.Execute(
            "UPDATE attempts SET ended_at = @at", new { at = (TimeProvider.System.GetUtcNow() - ago).UtcTicks }));
        return harness;
    }

    private static async Task<T> ReadAsync<T>(ManagerHarness harness, Func<IdleTable, T> read)
    {
        await using var database = Database.Open(harness.DatabaseFile);
        return read(new IdleTable(database));
    }
}
