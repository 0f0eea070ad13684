using ContainerManager.Core.Dispatching;
using ContainerManager.Core.KeepWarm;
using ContainerManager.Core.Status;

namespace ContainerManager.Core.Tests;

public sealed class WarmTests
{
    private static readonly TimeSpan Fixed = TimeSpan.FromSeconds(60);
    private static readonly WarmWindow Ahead = new(Minutes(50), Minutes(70));
    private static readonly WarmFacts Plain = new(IsWanted: false, MayStart: true, MayStartAhead: false, Fixed, Window: null, Rested: null);
    private static readonly WarmFacts Wanted = Plain with { IsWanted = true };
    private static readonly WarmFacts Expecting = Plain with { MayStartAhead = true, Window = Ahead, Rested = Minutes(60) };

    [Fact]
    public void WhyStart_Wanted_OnlyWhereOneMayStart()
    {
        Assert.Equal(WarmReason.Wanted, WarmRules.WhyStart(Wanted));
        Assert.Null(WarmRules.WhyStart(Wanted with { MayStart = false }));
        Assert.Null(WarmRules.WhyStart(Plain));
        Assert.Null(WarmRules.WhyStart(Plain with { Rested = Minutes(60) }));
    }

    [Theory]
    [InlineData(49.99, false)]
    [InlineData(50, true)]
    [InlineData(69.99, true)]
    [InlineData(70, false)]
    public void WhyStart_Expected_WithinTheWindowOnly(double restedMinutes, bool expected)
    {
        var facts = Expecting with { Rested = TimeSpan.FromMinutes(restedMinutes) };

        Assert.Equal(expected ? WarmReason.Expected : null, WarmRules.WhyStart(facts));
        Assert.Null(WarmRules.WhyStart(facts with { MayStartAhead = false }));
        Assert.Null(WarmRules.WhyStart(facts with { MayStart = false }));
        Assert.Null(WarmRules.WhyStart(facts with { Rested = null }));
    }

    [Fact]
    public void WhyStart_WindowFromTheBeginning_IsNoReason() =>
        Assert.Null(WarmRules.WhyStart(Expecting with { Window = WarmWindow.For(Minutes(70)) }));

    [Fact]
    public void StartsAt_BeforeTheWindow_TellsItsBeginning()
    {
        var before = Expecting with { Rested = Minutes(49) };

        Assert.Equal(Ahead.From, WarmRules.StartsAt(before));
        Assert.Null(WarmRules.StartsAt(before with { Rested = Ahead.From }));
        Assert.Null(WarmRules.StartsAt(before with { Rested = null }));
        Assert.Null(WarmRules.StartsAt(before with { MayStartAhead = false }));
        Assert.Null(WarmRules.StartsAt(before with { IsWanted = true }));
        Assert.Null(WarmRules.StartsAt(before with { Window = null }));
        Assert.Null(WarmRules.StartsAt(before with { Window = WarmWindow.For(Minutes(70)) }));
    }

    [Fact]
    public void EndsAt_InTheWindow_TellsItsEnd()
    {
        Assert.Equal(Ahead.Until, WarmRules.EndsAt(Expecting));
        Assert.Equal(Ahead.Until, WarmRules.EndsAt(Expecting with { Rested = Ahead.From }));
        Assert.Null(WarmRules.EndsAt(Expecting with { Rested = Ahead.From - TimeSpan.FromTicks(1) }));
        Assert.Null(WarmRules.EndsAt(Expecting with { Rested = null }));
        Assert.Null(WarmRules.EndsAt(Expecting with { MayStartAhead = false }));
        Assert.Null(WarmRules.EndsAt(Expecting with { IsWanted = true }));
        Assert.Null(WarmRules.EndsAt(Expecting with { Window = null }));
        Assert.Null(WarmRules.EndsAt(Expecting with { Window = WarmWindow.For(Minutes(70)) }));
    }

    [Fact]
    public void Hold_Plain_IsTheFixedTimeoutAndNeedsNoRoom()
    {
        Assert.Equal(new WarmHold(Fixed, false), WarmRules.Hold(Plain, Seconds(0), wasNeeded: true));
        Assert.Equal(new WarmHold(Fixed, false), WarmRules.Hold(Plain, Seconds(60), wasNeeded: true));
        Assert.Equal(new WarmHold(Fixed, false), WarmRules.Hold(Plain, Seconds(59), wasNeeded: false));
    }

    [Fact]
    public void Hold_Wanted_HasNoEndAndNeedsRoomBeyondTheFixedTimeout()
    {
        Assert.Equal(new WarmHold(TimeSpan.MaxValue, false), WarmRules.Hold(Wanted, Seconds(59), wasNeeded: true));
        Assert.Equal(new WarmHold(TimeSpan.MaxValue, true), WarmRules.Hold(Wanted, Seconds(60), wasNeeded: true));
        Assert.Equal(new WarmHold(TimeSpan.MaxValue, true), WarmRules.Hold(Wanted, Seconds(0), wasNeeded: false));
        Assert.Equal(TimeSpan.MaxValue, WarmRules.Hold(Wanted with { MayStart = false }, Seconds(0), wasNeeded: true).IdleTimeout);
    }

    [Fact]
    public void Hold_WindowFromTheBeginning_IsItsEnd()
    {
        var facts = Plain with { Window = WarmWindow.For(Minutes(5)) };

        Assert.Equal(new WarmHold(Minutes(5), false), WarmRules.Hold(facts, Seconds(59), wasNeeded: true));
        Assert.Equal(new WarmHold(Minutes(5), true), WarmRules.Hold(facts, Seconds(60), wasNeeded: true));
        Assert.Equal(new WarmHold(Minutes(5), true), WarmRules.Hold(facts, Seconds(0), wasNeeded: false));
        Assert.Equal(new WarmHold(Minutes(5), false), WarmRules.Hold(facts, Minutes(5), wasNeeded: true));
        Assert.Equal(new WarmHold(TimeSpan.Zero, false), WarmRules.Hold(facts with { Window = WarmWindow.Never }, Seconds(0), wasNeeded: true));
    }

    [Fact]
    public void Hold_WindowAhead_StopsAtOnceAndLaterAtItsEnd()
    {
        Assert.Equal(TimeSpan.Zero, WarmRules.Hold(Expecting with { Rested = Seconds(1) }, Seconds(1), wasNeeded: true).IdleTimeout);
        // Started ahead a minute ago, ten minutes before the window's end.
        Assert.Equal(new WarmHold(Minutes(11), true), WarmRules.Hold(Expecting, Minutes(1), wasNeeded: false));
        Assert.Equal(Minutes(21), WarmRules.Hold(Expecting with { Rested = Ahead.From }, Minutes(1), wasNeeded: true).IdleTimeout);
        Assert.Equal(Minutes(1), WarmRules.Hold(Expecting with { Rested = Ahead.Until }, Minutes(1), wasNeeded: false).IdleTimeout);
    }

    [Fact]
    public void Hold_WindowAheadThatNobodyMayStartIn_IsTheFixedTimeout()
    {
        Assert.Equal(Fixed, WarmRules.Hold(Expecting with { MayStartAhead = false }, Seconds(1), wasNeeded: true).IdleTimeout);
        Assert.Equal(Fixed, WarmRules.Hold(Expecting with { Rested = null }, Seconds(1), wasNeeded: true).IdleTimeout);
    }

    [Theory]
    [InlineData(10, 0, 10, null)]
    [InlineData(11, 0, 10, "the function's memory limit is larger than the node's warm budget")]
    [InlineData(4, 6, 10, null)]
    [InlineData(5, 6, 10, "the node's warm budget is used")]
    [InlineData(1, 0, 0, "the function's memory limit is larger than the node's warm budget")]
    public void WhyCold_Budget_IsNeverExceeded(long memory, long warm, long budget, string? expected) =>
        Assert.Equal(expected, WarmBudget.WhyCold(memory, warm, budget));

    [Theory]
    [InlineData(10, 10, false, null)]
    [InlineData(11, 10, false, "the node is full")]
    [InlineData(1, 10, true, "others wait for room on the node")]
    public void WhyNotStarted_Node_GivesWhatNobodyElseWants(long memory, long free, bool othersWait, string? expected) =>
        Assert.Equal(expected, WarmBudget.WhyNotStarted(memory, free, othersWait));

    [Fact]
    public void History_TooMany_ForgetsTheOldest()
    {
        var history = new IdleHistory();
        for (var i = 0; i < IdleHistory.Most; i++)
        {
            history.Add(Seconds(i));
        }

        Assert.Equal((IdleHistory.Most, Seconds(0)), (history.Times.Count, history.Times[0]));
        history.Add(Seconds(1000));

        Assert.Equal((IdleHistory.Most, Seconds(1), Seconds(1000)), (history.Times.Count, history.Times[0], history.Times[^1]));
    }

    [Fact]
    public void History_Window_IsWhatTheRuleSaysOfTheNewest()
    {
        var history = new IdleHistory();
        var rule = new WorthRule(Minutes(10), Fixed);
        Assert.Equal(WarmWindow.For(Fixed), history.Window(rule));
        for (var i = 0; i < IdleHistory.Most; i++)
        {
            history.Add(Seconds(20));
        }

        var near = history.Window(rule);
        Assert.Equal((TimeSpan.Zero, true), (near.From, near.Covers(Seconds(20))));
        Assert.NotEqual(near, history.Window(new PercentileRule(Fixed)));
        for (var i = 0; i < IdleHistory.Most; i++)
        {
            history.Add(TimeSpan.FromHours(1));
        }

        var far = history.Window(rule);
        Assert.True(far.From > Minutes(45) && far.Covers(TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Words_Moments_AreToldInUtc()
    {
        var moment = new DateTimeOffset(2026, 1, 31, 13, 5, 9, TimeSpan.FromHours(1));

        Assert.Equal("kept cold: the node is full", WarmWords.Cold("the node is full"));
        Assert.Equal("idle: stops at 2026-01-31T12:05:09Z", WarmWords.Stops(moment));
        Assert.Equal("started ahead of an expected task: stops at 2026-01-31T12:05:09Z", WarmWords.Ahead(moment));
        Assert.Equal("expected: starts again at 2026-01-31T12:05:09Z", WarmWords.Expected(moment));
        Assert.Equal("failed 1 time in a row: starts again at 2026-01-31T12:05:09Z", WarmWords.BackingOff(1, moment));
        Assert.Equal("failed 2 times in a row: starts again at 2026-01-31T12:05:09Z", WarmWords.BackingOff(2, moment));
    }

    [Fact]
    public void Sentence_Warm_IsToldWhileNothingRuns()
    {
        Assert.Equal("The container is ready; kept warm.", StatusSentence.Of(new StatusFacts([], 0, 0, null, "ready", Frozen: false, Warm: WarmWords.Kept)));
        Assert.Equal("1 task runs.", StatusSentence.Of(new StatusFacts([], 1, 0, null, "ready", Frozen: false, Warm: WarmWords.Kept)));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);
}
