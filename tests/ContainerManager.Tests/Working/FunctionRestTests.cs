using ContainerManager.Core.KeepWarm;
using ContainerManager.Functions;
using Testing;

namespace ContainerManager.Tests.Working;

public sealed class FunctionRestTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly FunctionRest _rest;

    public FunctionRestTests() => _rest = new FunctionRest(_time);

    [Fact]
    public void Begin_AWhileAgo_CountsFromThen()
    {
        Assert.Equal((null, null), (_rest.Since, _rest.For));

        _rest.Begin(TimeSpan.FromSeconds(3));
        _time.Advance(TimeSpan.FromSeconds(4));
        _rest.Begin(TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromSeconds(7), _rest.For);
        Assert.Equal(_time.GetUtcNow() - TimeSpan.FromSeconds(7), _rest.Since);
    }

    [Fact]
    public void For_WallClockSetMeanwhile_IsWhatHasPassed()
    {
        _rest.Begin(TimeSpan.Zero);
        _time.SetWallClock(_time.GetUtcNow() + TimeSpan.FromDays(1));
        _time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(TimeSpan.FromSeconds(4), _rest.For);
    }

    [Fact]
    public void End_OncePerRest_IsRemembered()
    {
        _rest.End();
        Assert.False(_rest.HasUnsaved);
        foreach (var seconds in new[] { 5, 6 })
        {
            _rest.Begin(TimeSpan.FromSeconds(1));
            _time.Advance(TimeSpan.FromSeconds(seconds));
            _rest.End();
            _rest.End();
        }

        Assert.Null(_rest.For);
        Assert.Equal([TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(7)], _rest.TakeUnsaved());
        Assert.False(_rest.HasUnsaved);
        _rest.PutBack(1);
        Assert.Equal([TimeSpan.FromSeconds(7)], _rest.TakeUnsaved());
    }

    [Fact]
    public void Load_FormerTimes_AreKnownAndNotGivenAgain()
    {
        var rule = new WorthRule(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(60));

        _rest.Load([.. Enumerable.Repeat(TimeSpan.FromHours(1), 20)]);

        Assert.False(_rest.HasUnsaved);
        Assert.True(_rest.Window(rule).Covers(TimeSpan.FromHours(1)));
        Assert.Equal(WarmWindow.For(TimeSpan.FromSeconds(60)), new FunctionRest(_time).Window(rule));
    }

    [Fact]
    public void TakeUnsaved_MoreThanIsRemembered_GivesWhatIs()
    {
        for (var i = 0; i <= IdleHistory.Most; i++)
        {
            _rest.Begin(TimeSpan.FromSeconds(i));
            _rest.End();
        }

        Assert.Equal((IdleHistory.Most, TimeSpan.FromSeconds(1)), _rest.TakeUnsaved() is var times ? (times.Count, times[0]) : default);
    }
}
