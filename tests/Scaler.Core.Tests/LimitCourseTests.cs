using Scaler.Core.Simulation;
using static Scaler.Core.Tests.Simulations;

namespace Scaler.Core.Tests;

public sealed class LimitCourseTests
{
    /// <summary>1 s at 50 shares, all used; 1 s at 100, half used; 1 s at 100, nothing used.</summary>
    private static readonly LimitCourse Course = new(
        [Point(0, 0, 50), Point(1, 500, 50), Point(2, 1000, 100), Point(3, 1000, 100)], [new PhaseStart(Seconds(0.4), 80), new PhaseStart(Seconds(2.5), 10)]);

    [Fact]
    public void Utilisation_IsUsedOfAllocated()
    {
        Assert.Equal(2_500_000, Course.AllocatedMicroseconds);
        Assert.Equal(0.4, Course.Utilisation);
    }

    [Fact]
    public void Utilisation_NothingAllocated_IsZero() => Assert.Equal(0, new LimitCourse([], []).Utilisation);

    [Fact]
    public void Reactions_RiseAboveTheLimit_LastsUntilTheLimitIsNoLongerBelow() => Assert.Equal([Seconds(0.6)], Course.Reactions(200));

    [Fact]
    public void Reactions_MoreThanTheNodeHas_CountsWhatCanBeHad() => Assert.Empty(Course.Reactions(52));

    [Theory]
    [InlineData(52, false)]
    [InlineData(54, true)]
    public void Reactions_DemandJustAboveTheLimit_CountsFromFivePercentOn(int demand, bool counts) =>
        Assert.Equal(counts, (Course with { Phases = [new PhaseStart(Seconds(0.4), demand)] }).Reactions(200).Count > 0);

    [Fact]
    public void Reactions_NeverServed_LastsToTheEnd() =>
        Assert.Equal([Seconds(2.6)], (Course with { Phases = [new PhaseStart(Seconds(0.4), 150), new PhaseStart(Seconds(2.5), 10)] }).Reactions(200));

    [Fact]
    public void Reactions_SecondRiseBeforeTheFirstIsServed_CountsOnlyWhereItIsHigher()
    {
        PhaseStart[] same = [new(Seconds(0.2), 80), new(Seconds(0.5), 0), new(Seconds(0.7), 80)];
        PhaseStart[] higher = [new(Seconds(0.2), 80), new(Seconds(0.5), 0), new(Seconds(0.7), 90)];

        Assert.Equal([Seconds(0.8)], (Course with { Phases = same }).Reactions(200));
        Assert.Equal([Seconds(0.8), Seconds(0.3)], (Course with { Phases = higher }).Reactions(200));
    }

    [Fact]
    public void ChangesPerMinute_OneInTwoSeconds_IsThirty()
    {
        Assert.Equal(30, Course.ChangesPerMinute(Seconds(1), Seconds(3)));
        Assert.Equal(0, Course.ChangesPerMinute(Seconds(2), Seconds(3)));
        Assert.Equal(0, Course.ChangesPerMinute(Seconds(5), Seconds(9)));
    }

    private static LimitPoint Point(double at, long usedMilliseconds, int limit) => new(Seconds(at), usedMilliseconds * 1000, 0, limit);
}
