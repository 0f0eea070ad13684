using ContainerManager.Contracts;
using ContainerManager.Stores;
using ContainerManager.Tests.Doubles;
using Testing;

namespace ContainerManager.Tests.Service;

/// <summary>The service is stopped, or loses a neighbour, at any moment and started again.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Restart_WhileATaskRuns_AdoptsTheContainerAndTheTaskEndsOnce()
    {
        await using var harness = await ManagerHarness.StartAsync();
        var runs = 0;
        var release = new TaskCompletionSource();
        harness.Engine.Script = async (_, _) =>
        {
            Interlocked.Increment(ref runs);
            await release.Task;
            return 0;
        };
        harness.Drop("input/a");
        var container = (await harness.StatusAsync(s => s.Running.Count == 1, "a runs")).Container!.ContainerId;

        await harness.RestartAsync();
        var adopted = await harness.StatusAsync(s => s.Container is not null, "the container is taken over");
        release.SetResult();
        var task = await harness.EndedAsync("a");

        Assert.Equal(container, adopted.Container!.ContainerId);
        Assert.Equal(1, runs);
        Assert.Equal(AttemptOutcome.Succeeded, task.Attempts.Single().Outcome);
        Assert.True(harness.Has("output/a"));
        harness.Drop("input/b");
        Assert.Equal(container, (await harness.EndedAsync("b")).Attempts.Single().ContainerId);
    }

    [Fact]
    public async Task Restart_TaskEndedMeanwhile_IsPublishedOnce()
    {
        await using var harness = await ManagerHarness.StartAsync();
        var release = new TaskCompletionSource();
        harness.Engine.Script = async (files, _) =>
        {
            await release.Task;
            await File.WriteAllTextAsync(Path.Combine(files.OutputDirectory, "result"), "42", CancellationToken.None);
            return 0;
        };
        harness.Drop("input/a");
        await harness.StatusAsync(s => s.Running.Count == 1, "a runs");
        await harness.StopServiceAsync();
        release.SetResult();

        await harness.StartServiceAsync();

        Assert.Equal(TaskPhase.Succeeded, (await harness.EndedAsync("a")).Phase);
        Assert.Equal("42", harness.Store.Read("work", "results/a/result"));
    }

    [Fact]
    public async Task Restart_ContainerGoneMeanwhile_RunsTheTaskAgain()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Engine.Script = (_, killed) => harness.Engine.Started.Count == 1 ? ScriptedTasks.Never(killed) : Task.FromResult(0);
        harness.Drop("input/a");
        await harness.StatusAsync(s => s.Running.Count == 1, "a runs");
        await harness.StopServiceAsync();
        harness.Engine.Kill(harness.Engine.Running.Single());

        await harness.StartServiceAsync();

        var task = await harness.EndedAsync("a");
        Assert.Equal([AttemptOutcome.Interrupted, AttemptOutcome.Succeeded], task.Attempts.Select(a => a.Outcome));
        Assert.All(harness.Scaler.All.Where(c => c.ContainerId == task.Attempts[0].ContainerId), c => Assert.True(c.Closed));
    }

    [Fact]
    public async Task Restart_WhilePublishing_PublishesTheRest()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Store.Failing = (call, key) => call == "put" && key.StartsWith("receipts/", StringComparison.Ordinal)
            ? new ObjectStoreException(StoreFailure.Unavailable, "away")
            : null;
        harness.Drop("input/a");
        await harness.StatusAsync(s => s.Running.Count == 0 && s.Problems.Any(p => p.Contains("store does not answer", StringComparison.Ordinal)), "the end is known and cannot be published");
        Assert.Equal(TaskPhase.Running, (await harness.Client.ListTasksAsync(ManagerHarness.Function)).Single().Phase);
        await harness.StopServiceAsync();
        harness.Store.Failing = null;

        await harness.StartServiceAsync();
        await harness.EndedAsync("a");

        Assert.True(harness.Has("output/a"));
        Assert.True(harness.Has("receipts/a.json"));
        Assert.Equal(1, (await harness.StatusAsync(s => s.Running.Count == 0, "nothing runs")).Succeeded);
    }

    [Fact]
    public async Task Restart_ObjectInProcessingWithoutAnAttempt_RunsAndNothingElseRunsTwice()
    {
        await using var harness = await ManagerHarness.StartAsync();
        var runs = 0;
        var release = new TaskCompletionSource();
        harness.Engine.Script = async (_, _) =>
        {
            Interlocked.Increment(ref runs);
            await release.Task;
            return 0;
        };
        harness.Drop("processing/stray", "found without an attempt");
        harness.Drop("input/a");
        await harness.StatusAsync(s => s.Running.Count == 1, "a runs");
        await harness.StopServiceAsync();
        var attached = harness.Engine.Attached;
        var attachedAtTheLook = new List<int>();
        harness.Store.Failing = (call, prefix) =>
        {
            if ((call, prefix) == ("list", "processing/"))
            {
                attachedAtTheLook.Add(harness.Engine.Attached);
            }

            return null;
        };

        await harness.StartServiceAsync();
        release.SetResult();
        await harness.EndedAsync("a");
        await harness.EndedAsync("stray");

        Assert.Equal(2, runs);
        // A container put to work before the look would have taken its next task to where strays are looked for.
        Assert.Equal([attached], attachedAtTheLook);
        Assert.Empty(harness.Store.Keys("work", "processing/"));
    }

    [Fact]
    public async Task Start_ContainersNobodyKnows_AreEnded()
    {
        await using var harness = new ManagerHarness();
        await harness.Scaler.RegisterAsync("stranger-0000000000", new Scaler.Contracts.ContainerRegistration("u", "f", 1, new Scaler.Contracts.ContainerLimits(0, 100, 25), 1 << 26, 16));
        harness.Engine.Add("stranger-0000000000");

        await harness.StartServiceAsync();

        await Eventually.HoldsAsync(() => harness.Scaler.All.Single().Closed && harness.Engine.Running.Count == 0);
    }

    [Fact]
    public async Task Store_AwayForAWhile_EverythingGoesOnAfter()
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
        harness.Store.Failing = (_, _) => new ObjectStoreException(StoreFailure.Unavailable, "no answer");
        release.SetResult();

        await harness.StatusAsync(s => s.Problems.Any(p => p.Contains("store does not answer", StringComparison.Ordinal)), "the problem is told");
        harness.Store.Failing = null;

        Assert.Equal(TaskPhase.Succeeded, (await harness.EndedAsync("a")).Phase);
        await harness.StatusAsync(s => s.Problems.Count == 0, "all is well");
    }

    [Fact]
    public async Task Bucket_ThatVanishes_IsReportedAndWorksAgainWhenItIsBack()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("input/a");
        await harness.EndedAsync("a");

        harness.Store.RemoveBucket("work");
        await harness.StatusAsync(s => s.Problems.Any(p => p.Contains("does not exist", StringComparison.Ordinal)), "the problem is told");
        await harness.Store.EnsureBucketAsync("work", CancellationToken.None);
        harness.Drop("utils/image.sif", "image");
        harness.Drop("utils/process_task.sh", "script");
        harness.Drop("input/b");

        Assert.Equal(TaskPhase.Succeeded, (await harness.EndedAsync("b")).Phase);
    }

    [Fact]
    public async Task Restart_CopyLeftInInputByACrashedMove_IsNotRunTwice()
    {
        await using var harness = await ManagerHarness.StartAsync();
        var runs = 0;
        var release = new TaskCompletionSource();
        harness.Engine.Script = async (_, _) =>
        {
            Interlocked.Increment(ref runs);
            await release.Task;
            return 0;
        };
        harness.Store.KeepsMovedSources = true;
        harness.Drop("input/a");
        await harness.StatusAsync(s => s.Running.Count == 1, "a runs");
        Assert.True(harness.Has("input/a") && harness.Has("processing/a"));
        await harness.StopServiceAsync();
        harness.Store.KeepsMovedSources = false;

        await harness.StartServiceAsync();
        release.SetResult();
        await harness.EndedAsync("a");
        await harness.StatusAsync(s => s is { Waiting: 0, Running.Count: 0 }, "nothing is left to do");

        Assert.Equal(1, runs);
        Assert.False(harness.Has("input/a"));
    }
}
