using ContainerManager.Contracts;
using ContainerManager.Core.Tasks;
using ContainerManager.Tests.Doubles;

namespace ContainerManager.Tests.Service;

/// <summary>Containers that die under their tasks.</summary>
public sealed class ContainerDeathTests
{
    [Fact]
    public async Task Crash_ContainerUnderATask_TheTaskRunsAgainAndEndsOnceWhateverMaxAttemptsSays()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "max_attempts: 1\n");
        harness.Engine.Script = (_, killed) => harness.Engine.Started.Count == 1 ? ScriptedTasks.Never(killed) : Task.FromResult(0);
        harness.Drop("input/a");
        await harness.TaskAsync("a", t => t.Phase == TaskPhase.Running);
        await harness.StatusAsync(s => s.Running.Count == 1, "a runs");

        harness.Engine.Kill(harness.Engine.Running.Single());
        await harness.StatusAsync(s => s.Problems.Contains(AttemptWords.Died("a", 1, isGivenUp: false)), "the death is told");

        var task = await harness.EndedAsync("a");
        Assert.Equal([AttemptOutcome.ContainerDied, AttemptOutcome.Succeeded], task.Attempts.Select(a => a.Outcome));
        await harness.StatusAsync(s => s is { Problems.Count: 0, Succeeded: 1, Failed: 0 }, "all is well");
    }

    [Fact]
    public async Task Crash_ContainerUnderEveryAttempt_TheTaskIsGivenUpAfterMaxAttemptsAndItIsSaid()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "max_attempts: 2\n");
        harness.Engine.Script = (_, killed) =>
        {
            harness.Engine.Kill(harness.Engine.Running.Single());
            return ScriptedTasks.Never(killed);
        };
        harness.Drop("input/poison");

        var task = await harness.EndedAsync("poison");

        Assert.Equal(TaskPhase.Failed, task.Phase);
        Assert.Equal([AttemptOutcome.ContainerDied, AttemptOutcome.ContainerDied], task.Attempts.Select(a => a.Outcome));
        Assert.All(task.Attempts, a => Assert.Equal(AttemptWords.ContainerDied, a.Reason));
        Assert.True(harness.Has("failed/poison"));
        await harness.StatusAsync(s => s.Problems.Contains(AttemptWords.Died("poison", 2, isGivenUp: true)), "it is told why");
    }

    [Fact]
    public async Task Crash_TwoTasksInTheContainer_EachRunsAloneAfterwardsAndOnlyTheOneThatDidItIsGivenUp()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "slots: 2\nmax_attempts: 2\n");
        var (running, together) = (0, 0);
        var both = new TaskCompletionSource();
        harness.Engine.Script = async (files, killed) =>
        {
            if (Interlocked.Increment(ref running) == 2)
            {
                together++;
                both.TrySetResult();
            }

            try
            {
                await both.Task;
                if (files.TaskFileName == "a-poison")
                {
                    harness.Engine.Kill(harness.Engine.Running.Single());
                }

                return harness.Engine.Started.Count == 1 || files.TaskFileName == "a-poison" ? await ScriptedTasks.Never(killed) : 0;
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        };
        harness.Drop("input/a-poison");
        harness.Drop("input/b");

        var poison = await harness.EndedAsync("a-poison");
        var other = await harness.EndedAsync("b");

        Assert.Equal((TaskPhase.Failed, 2), (poison.Phase, poison.Attempts.Count));
        Assert.Equal([AttemptOutcome.ContainerDied, AttemptOutcome.Succeeded], other.Attempts.Select(a => a.Outcome));
        Assert.Equal(1, together);
    }

    [Fact]
    public async Task Crash_ContainerForWantOfMemory_CountsAgainstTheTaskThatCausedIt()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "max_attempts: 1\n");
        harness.Engine.Script = (_, killed) => ScriptedTasks.Never(killed);
        harness.Drop("input/a");
        await harness.StatusAsync(s => s.Running.Count == 1, "a runs");

        harness.Scaler.Use(harness.Engine.Running.Single(), slot: 0, outOfMemoryKills: 1);
        harness.Engine.Kill(harness.Engine.Running.Single());

        var task = await harness.EndedAsync("a");
        Assert.Equal(TaskPhase.Failed, task.Phase);
        Assert.Equal(AttemptOutcome.OutOfMemory, Assert.Single(task.Attempts).Outcome);
    }
}
