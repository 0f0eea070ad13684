using ContainerManager.Core.Tasks;

namespace ContainerManager.Core.Tests;

public sealed class TaskLifeTests
{
    [Theory]
    [InlineData(TaskState.Pending, TaskEvent.Leased, TaskState.Running)]
    [InlineData(TaskState.Pending, TaskEvent.Removed, TaskState.Failed)]
    [InlineData(TaskState.Running, TaskEvent.Returned, TaskState.Pending)]
    [InlineData(TaskState.Running, TaskEvent.Done, TaskState.Succeeded)]
    [InlineData(TaskState.Running, TaskEvent.GivenUp, TaskState.Failed)]
    public void Next_PossibleEvent_MovesOn(TaskState state, TaskEvent happened, TaskState expected) =>
        Assert.Equal(expected, TaskLife.Next(state, happened));

    [Theory]
    [InlineData(TaskState.Succeeded)]
    [InlineData(TaskState.Failed)]
    public void Next_AfterTheEnd_NothingCanHappen(TaskState state) =>
        Assert.All(Enum.GetValues<TaskEvent>(), happened => Assert.Throws<InvalidOperationException>(() => TaskLife.Next(state, happened)));

    [Theory]
    [InlineData(AttemptEnding.Succeeded, 0, 1, TaskEvent.Done)]
    [InlineData(AttemptEnding.Succeeded, 5, 3, TaskEvent.Done)]
    [InlineData(AttemptEnding.ScriptFailed, 0, 3, TaskEvent.Returned)]
    [InlineData(AttemptEnding.ScriptFailed, 1, 3, TaskEvent.Returned)]
    [InlineData(AttemptEnding.ScriptFailed, 2, 3, TaskEvent.GivenUp)]
    [InlineData(AttemptEnding.TimedOut, 0, 1, TaskEvent.GivenUp)]
    [InlineData(AttemptEnding.OutOfMemory, 0, 1, TaskEvent.GivenUp)]
    [InlineData(AttemptEnding.Capped, 0, 3, TaskEvent.GivenUp)]
    [InlineData(AttemptEnding.Capped, 2, 3, TaskEvent.GivenUp)]
    [InlineData(AttemptEnding.AbortedForDebt, 2, 3, TaskEvent.Returned)]
    [InlineData(AttemptEnding.Interrupted, 9, 1, TaskEvent.Returned)]
    [InlineData(AttemptEnding.ContainerDied, 0, 1, TaskEvent.Returned)]
    [InlineData(AttemptEnding.ContainerDied, 1, 1, TaskEvent.GivenUp)]
    [InlineData(AttemptEnding.ContainerDied, 0, 2, TaskEvent.Returned)]
    [InlineData(AttemptEnding.ContainerDied, 1, 2, TaskEvent.GivenUp)]
    [InlineData(AttemptEnding.ContainerDied, 1, 3, TaskEvent.Returned)]
    [InlineData(AttemptEnding.ContainerDied, 2, 3, TaskEvent.GivenUp)]
    public void Decide_Ending_GivesTheTasksEvent(AttemptEnding ending, int countedBefore, int maxAttempts, TaskEvent expected) =>
        Assert.Equal(expected, AttemptRules.Decide(ending, countedBefore, maxAttempts));

    [Fact]
    public void Decide_AnyCourse_UsesUpMaxAttemptsAndNoMore()
    {
        var random = new Random(4711);
        var endings = Enum.GetValues<AttemptEnding>().Where(e => e is not (AttemptEnding.Succeeded or AttemptEnding.Capped)).ToArray();
        for (var course = 0; course < 1000; course++)
        {
            var (state, counted, max) = (TaskState.Pending, 0, random.Next(1, 6));
            while (state == TaskState.Pending)
            {
                var ending = endings[random.Next(endings.Length)];
                state = TaskLife.Next(TaskLife.Next(state, TaskEvent.Leased), AttemptRules.Decide(ending, counted, max));
                counted += AttemptRules.Counts(ending) ? 1 : 0;
            }

            // One death of the container gives nobody up, so that a task that gets one attempt may have another after it.
            Assert.Equal(TaskState.Failed, state);
            Assert.InRange(counted, max, Math.Max(2, max));
        }
    }

    [Theory]
    [InlineData(AttemptEnding.Succeeded, true)]
    [InlineData(AttemptEnding.ScriptFailed, true)]
    [InlineData(AttemptEnding.TimedOut, true)]
    [InlineData(AttemptEnding.OutOfMemory, true)]
    [InlineData(AttemptEnding.OutOfDisk, true)]
    [InlineData(AttemptEnding.Capped, true)]
    [InlineData(AttemptEnding.ContainerDied, true)]
    [InlineData(AttemptEnding.AbortedForDebt, false)]
    [InlineData(AttemptEnding.Interrupted, false)]
    public void Counts_Ending_OnlyWhereThePlatformDidNotDoIt(AttemptEnding ending, bool expected) => Assert.Equal(expected, AttemptRules.Counts(ending));

    [Fact]
    public void Died_GivenUpOrNot_SaysWhatHappensNext()
    {
        Assert.Equal(
            "a: its container died under it: killed by the script itself or from outside; that counts as an attempt; the task is tried again.",
            AttemptWords.Died("a", 1, isGivenUp: false));
        Assert.Equal(
            "a: its container died under it: killed by the script itself or from outside; given up on after 3 attempts that count: it is in failed/.",
            AttemptWords.Died("a", 3, isGivenUp: true));
    }

    [Theory]
    [InlineData(0, "done")]
    [InlineData(3, "the script ended with exit status 3")]
    [InlineData(128, "the script ended with exit status 128")]
    [InlineData(129, "ended by signal 1 (exit status 129)")]
    [InlineData(137, "ended by signal 9 (exit status 137)")]
    [InlineData(192, "ended by signal 64 (exit status 192)")]
    [InlineData(193, "the script ended with exit status 193")]
    [InlineData(255, "the script ended with exit status 255")]
    public void Exit_Status_IsToldInWords(int status, string expected) => Assert.Equal(expected, AttemptWords.Exit(status));

    [Fact]
    public void Exit_CommandNotFound_NamesBash() => Assert.Contains("bash", AttemptWords.Exit(127), StringComparison.Ordinal);

    [Fact]
    public void Words_LimitThatWasReached_IsNamed()
    {
        Assert.Equal("killed by the kernel: memory limit 512 MiB", AttemptWords.OutOfMemory(512L << 20));
        Assert.Equal("stopped: its files reached the function's disk limit of 1 GiB", AttemptWords.OutOfDisk(1L << 30));
        Assert.Equal("stopped after 1.5 s: the function's wall_time", AttemptWords.TimedOut(TimeSpan.FromSeconds(1.5)));
    }
}
