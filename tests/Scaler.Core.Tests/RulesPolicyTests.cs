using Scaler.Core.Policies;

namespace Scaler.Core.Tests;

public sealed class RulesPolicyTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly ScalingBounds Stress = new(MinShares: 0, MaxShares: 400, BoundaryShares: 25, StepShares: 75);

    /// <summary>
    /// Worked by hand. Limit 100, demand 300: windows ending at 10 and 15 s, seen at 20 and 25 s, show 100 &gt; upper 75: two ups, 175 at
    /// 25 s. The windows seen at 30 and 35 s still show 100, now below lower 125: two downs. At 45 and 50 s 175 &gt; upper 150: two ups
    /// against two downs, 250. At 55 and 60 s 175 &lt; lower 200: two downs, four with those of 30 and 35 s. At 70 s 250 &gt; upper 225, at
    /// 75 s again, but three downs are not yet forgotten; at 80 s two are left: 325. There usage 300 is not above upper 300.
    /// </summary>
    [Fact]
    public void Decide_DemandRises_LimitRisesAtTheHandWorkedMoments()
    {
        var container = Start(100);

        var changes = Changes(container, 300, 200);

        Assert.Equal([(25, 175), (50, 250), (80, 325)], changes);
    }

    /// <summary>
    /// From there demand falls to 100 at 200 s: the windows seen at 215 (half of it), 220, … 240 s show less than lower 275: six downs, and
    /// the limit becomes 100 + 1.5 × 25 = 137.5, rounded up. 100 lies between lower 88 and upper 113 then.
    /// </summary>
    [Fact]
    public void Decide_DemandFalls_LimitFallsOnceToUsageAndOneAndAHalfBoundaries()
    {
        var container = Start(100);
        Changes(container, 300, 200);

        var changes = Changes(container, 100, 200);

        Assert.Equal([(240, 138)], changes);
    }

    [Fact]
    public void Decide_Changes_SayWhichEvents()
    {
        var container = Start(100);
        var reasons = new List<string>();
        for (var i = 0; i < 400; i++)
        {
            container.Step(i < 200 ? 300 : 100);
            reasons.Add(container.Decision!.Reason);
        }

        Assert.Equal(["2 up events", "2 up events", "2 up events", "6 down events"], reasons.Where(r => r.Length > 0));
    }

    [Fact]
    public void Decide_UpWouldPassTheMaximum_IsTrimmedToIt()
    {
        var container = Start(350);

        Assert.Equal([(25, 400)], Changes(container, 600, 120));
    }

    [Fact]
    public void Decide_DownWouldPushLowerBelowTheMinimum_IsTrimmed()
    {
        var container = Start(300, Stress with { MinShares = 40 });

        // 10 + 37.5 would put lower at -2.5; with limit 90 lower is 40, the minimum.
        Assert.Equal([(45, 90)], Changes(container, 10, 200));
    }

    [Fact]
    public void Decide_Idle_StaysBecauseNoUsageIsNoEvent() => Assert.Empty(Changes(Start(300), 0, 200));

    [Fact]
    public void Decide_BurstTooShortForItsWindow_Stays()
    {
        var container = Start(100);
        Changes(container, 60, 40);
        // A window with 3 s at 100 and 7 s at 60 shows 72, not above upper 75.
        Changes(container, 100, 3);

        Assert.Empty(Changes(container, 60, 60));
    }

    [Fact]
    public void Decide_AnyDemand_StaysWithinBounds() => Properties.Hold(
        Courses.Random,
        course =>
        {
            var container = new IdealContainer(new RulesPolicy(), course.Bounds, course.Bounds.Clamp(course.StartShares), Second).Look();
            Assert.All(course.Demands.SelectMany(d => container.Run(d, TimeSpan.FromSeconds(45))), limit =>
                Assert.InRange(limit, course.Bounds.FloorShares, course.Bounds.CeilingShares));
        });

    private static IdealContainer Start(int limitShares, ScalingBounds? bounds = null) =>
        new IdealContainer(new RulesPolicy(), bounds ?? Stress, limitShares, Second).Look();

    private static List<(int At, int Shares)> Changes(IdealContainer container, double demandShares, int seconds)
    {
        var changes = new List<(int, int)>();
        for (var i = 0; i < seconds; i++)
        {
            var before = container.LimitShares;
            if (container.Step(demandShares) != before)
            {
                changes.Add(((int)container.Now.TotalSeconds, container.LimitShares));
            }
        }

        return changes;
    }
}
