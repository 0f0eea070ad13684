using System.Text.Json;
using ContainerManager.Contracts;
using Testing;

namespace EndToEnd.Tests;

public sealed class TaskTests
{
    [Fact]
    public async Task Drop_GoodScript_TaskSucceedsWithResultLogAndReceiptAndIsBilledAsTheKernelCounts()
    {
        await using var platform = await Platform.StartAsync();
        var bucket = await platform.AddFunctionAsync("copy", Scripts.Copy, await TestImages.WithBashAsync());
        bucket.Drop("input/100.a task's \"file\".txt", "hello");

        var task = await bucket.EndedAsync("100.a task's \"file\".txt");

        Assert.Equal(TaskPhase.Succeeded, task.Phase);
        await Eventually.HoldsAsync(() => bucket.Has("output/100.a task's \"file\".txt"));
        Assert.False(bucket.Has("input/100.a task's \"file\".txt"));
        Assert.Equal("hello", await bucket.ReadAsync("results/100.a task's \"file\".txt/copy"));
        Assert.Equal("started 100.a task's \"file\".txt\n", await bucket.ReadAsync("logs/100.a task's \"file\".txt.log"));
        using var receipt = JsonDocument.Parse(await bucket.ReadAsync("receipts/100.a task's \"file\".txt.json"));
        Assert.Equal(task.Attempts[0].UsageMicroseconds, receipt.RootElement.GetProperty("usage_microseconds").GetInt64());
        await platform.AssertBilledAsKernelCountsAsync(task.Attempts[0].ContainerId, "copy");
        await platform.AssertWalletAgreesAsync(10);
    }

    [Fact]
    public async Task Drop_FailingScript_IsRetriedThenGoesToFailed()
    {
        await using var platform = await Platform.StartAsync();
        var bucket = await platform.AddFunctionAsync("poison", Scripts.Fail, await TestImages.WithBashAsync());
        bucket.Drop("utils/function.yaml", "max_attempts: 2\n");
        bucket.Drop("input/poison.txt", "x");
        bucket.Drop("input/second.txt", "x");

        var task = await bucket.EndedAsync("poison.txt");
        var second = await bucket.EndedAsync("second.txt");

        Assert.Equal(TaskPhase.Failed, task.Phase);
        Assert.Equal(TaskPhase.Failed, second.Phase);
        Assert.Equal([3, 3], task.Attempts.Select(a => a.ExitStatus));
        await Eventually.HoldsAsync(() => bucket.Has("failed/poison.txt") && !bucket.Has("input/poison.txt"));
        Assert.Contains("cannot do poison.txt", await bucket.ReadAsync("logs/poison.txt.log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drop_ScriptThatNeverEnds_IsKilledAtItsWallTime()
    {
        await using var platform = await Platform.StartAsync();
        var bucket = await platform.AddFunctionAsync("endless", "trap '' TERM; sleep 1000 & while true; do wait; done", await TestImages.WithBashAsync());
        bucket.Drop("utils/function.yaml", "max_attempts: 1\nwall_time: 2s\n");
        bucket.Drop("input/a", "");

        var task = await bucket.EndedAsync("a");

        Assert.Equal(AttemptOutcome.TimedOut, Assert.Single(task.Attempts).Outcome);
        bucket.Drop("utils/process_task.sh", Scripts.Copy);
        bucket.Drop("input/b", "still works");
        Assert.Equal(TaskPhase.Succeeded, (await bucket.EndedAsync("b")).Phase);
    }

    [Fact]
    public async Task Drop_ScriptThatEatsMemory_IsReportedAsOutOfMemory()
    {
        await using var platform = await Platform.StartAsync();
        var bucket = await platform.AddFunctionAsync("hungry", Scripts.EatMemory, await TestImages.WithBashAsync());
        bucket.Drop("utils/function.yaml", "max_attempts: 1\nmemory: 64MiB\n");
        bucket.Drop("input/a", "");

        var attempt = Assert.Single((await bucket.EndedAsync("a")).Attempts);

        Assert.Equal(AttemptOutcome.OutOfMemory, attempt.Outcome);
        Assert.Contains("64 MiB", attempt.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MinWarm_BeforeTheFirstTask_ContainerIsUpAndTheTaskRunsInItAndItStays()
    {
        await using var platform = await Platform.StartAsync();
        var bucket = await platform.AddFunctionAsync("warm", Scripts.Copy, await TestImages.WithBashAsync());
        bucket.Drop("utils/function.yaml", "min_warm: 1\nidle_timeout: 0s\n");
        var warm = await bucket.StatusAsync(s => s is { Container.Phase: ContainerPhase.Running, Warm: "kept warm" }, "the container is up without a task");

        bucket.Drop("input/a", "1");
        var task = await bucket.EndedAsync("a");

        Assert.Equal((TaskPhase.Succeeded, warm.Container!.ContainerId), (task.Phase, Assert.Single(task.Attempts).ContainerId));
        var after = await bucket.StatusAsync(s => s is { Succeeded: 1, Running.Count: 0, Warm: "kept warm" }, "it stays");
        Assert.Equal(warm.Container.ContainerId, after.Container?.ContainerId);
    }

    [Fact]
    public async Task Idle_LongerThanTimeout_StopsTheContainerAndTheNextTaskStartsAnother()
    {
        await using var platform = await Platform.StartAsync();
        var bucket = await platform.AddFunctionAsync("sleepy", Scripts.Copy, await TestImages.WithBashAsync());
        bucket.Drop("utils/timeout.txt", "1\n");
        bucket.Drop("input/a", "1");
        var first = await bucket.EndedAsync("a");

        await bucket.StatusAsync(s => s.Container is null, "the idle container is stopped");
        bucket.Drop("input/b", "2");
        var second = await bucket.EndedAsync("b");

        Assert.NotEqual(first.Attempts[0].ContainerId, second.Attempts[0].ContainerId);
    }
}
