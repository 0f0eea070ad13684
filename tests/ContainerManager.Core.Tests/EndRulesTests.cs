using ContainerManager.Core.Containers;
using ContainerManager.Core.Tasks;

namespace ContainerManager.Core.Tests;

public sealed class EndRulesTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly EndFacts Working = new(StopAsked: false, MustAbort: false, Died: false, Broken: false, Draining: false, null, Timeout);

    [Fact]
    public void WhyEnd_WorkingContainer_RunsOn() => Assert.Null(EndRules.WhyEnd(Working, NotAsked));

    [Fact]
    public void WhyEnd_SeveralReasons_GivesTheStrongest()
    {
        var all = Working with { StopAsked = true, MustAbort = true, Died = true, Broken = true, Draining = true };
        Assert.Equal(StopReason.Asked, EndRules.WhyEnd(all, NotAsked));
        Assert.Equal(StopReason.Debt, EndRules.WhyEnd(all with { StopAsked = false }, NotAsked));
        Assert.Equal(StopReason.Crashed, EndRules.WhyEnd(all with { StopAsked = false, MustAbort = false }, NotAsked));
        Assert.Equal(StopReason.Broken, EndRules.WhyEnd(Working with { Broken = true, Draining = true }, NotAsked));
        Assert.Equal(StopReason.NotNeeded, EndRules.WhyEnd(Working with { Draining = true }, NotAsked));
    }

    [Theory]
    [InlineData(59, false, null)]
    [InlineData(60, false, StopReason.NotNeeded)]
    [InlineData(61, true, null)]
    public void WhyEnd_IdleContainer_EndsAfterTheTimeoutUnlessATaskMayStart(int idleSeconds, bool mayTakeNext, StopReason? expected) =>
        Assert.Equal(expected, EndRules.WhyEnd(Working with { IdleFor = TimeSpan.FromSeconds(idleSeconds) }, () => mayTakeNext));

    [Theory]
    [InlineData(StopReason.Crashed, true, AttemptEnding.OutOfMemory)]
    [InlineData(StopReason.Crashed, false, AttemptEnding.ContainerDied)]
    [InlineData(StopReason.Broken, true, AttemptEnding.Interrupted)]
    [InlineData(StopReason.Broken, false, AttemptEnding.Interrupted)]
    [InlineData(StopReason.Debt, true, AttemptEnding.AbortedForDebt)]
    [InlineData(StopReason.Debt, false, AttemptEnding.AbortedForDebt)]
    [InlineData(StopReason.Asked, false, AttemptEnding.Interrupted)]
    [InlineData(StopReason.NotNeeded, true, AttemptEnding.Interrupted)]
    [InlineData(null, false, AttemptEnding.Interrupted)]
    public void WhenContainerEnds_Reason_SaysWhatThatMakesOfTheAttempt(StopReason? reason, bool ranOutOfMemory, AttemptEnding expected) =>
        Assert.Equal(expected, AttemptRules.WhenContainerEnds(reason, ranOutOfMemory));

    private static bool NotAsked() => throw new InvalidOperationException("Nobody should have asked what waits.");
}
