using Scaler.Core.Policies;

namespace Scaler.Core.Tests;

public sealed class TrackingPolicyTests
{
    private static readonly TimeSpan Cycle = TimeSpan.FromMilliseconds(200);
    private static readonly ScalingBounds Bounds = new(0, 1600, 25);

    [Theory]
    [InlineData(100)]
    [InlineData(400)]
    [InlineData(1500)]
    public void Decide_DemandAppears_IsServedWithinHalfASecond(int demand)
    {
        var container = Start(1);
        container.Run(0, TimeSpan.FromSeconds(10));

        container.Run(demand, TimeSpan.FromMilliseconds(400));

        Assert.InRange(container.LimitShares, demand, 1600);
    }

    [Fact]
    public void Decide_WithheldTimeNotYetCounted_DoublesWhileThrottled()
    {
        // A container at the least limit overdraws it and is then held back for several periods, whose time is counted at their end.
        var policy = new TrackingPolicy();
        var (_, state) = policy.Decide(new CpuSample(TimeSpan.Zero, 0, 0, 0), new CurrentLimit(Bounds, 40, 40), null, TimeSpan.Zero);

        var (decision, _) = policy.Decide(new CpuSample(Cycle, 5_000, 0, 2), new CurrentLimit(Bounds, 40, 40), state, Cycle);

        Assert.Equal(80, decision.NeededShares);
        Assert.InRange(decision.WantedShares, 80, 80 + Bounds.BoundaryShares);
    }

    [Fact]
    public void Decide_ShortDip_KeepsTheLimit()
    {
        var container = Start(225);
        container.Run(200, TimeSpan.FromSeconds(10));
        var before = container.LimitShares;

        var dip = container.Run(0, TimeSpan.FromSeconds(2));

        Assert.All(dip, limit => Assert.Equal(before, limit));
    }

    [Fact]
    public void Decide_DemandFallsForGood_LowersInSmallStepsWithoutTurningBack()
    {
        var container = Start(1000);
        container.Run(950, TimeSpan.FromSeconds(5));

        var limits = container.Run(100, TimeSpan.FromSeconds(30));

        Assert.All(limits.Zip(limits.Skip(1)), pair => Assert.InRange(pair.Second, pair.First * 0.85, pair.First));
        Assert.InRange(limits[^1], 101, 104);
    }

    [Fact]
    public void Decide_CountersOfAnotherTime_StartsAnew()
    {
        var policy = new TrackingPolicy();
        var limit = new CurrentLimit(Bounds, 100, 100);
        var (_, state) = policy.Decide(new CpuSample(TimeSpan.FromSeconds(50), 0, 0, 0), limit, null, TimeSpan.FromSeconds(50));

        var (decision, _) = policy.Decide(new CpuSample(TimeSpan.FromSeconds(1), 0, 0, 0), limit, state, TimeSpan.FromSeconds(1));

        Assert.Equal(100, decision.WantedShares);
    }

    [Fact]
    public void Decide_AnyChange_SaysWhyAndOnlyThen() => Properties.Hold(
        Courses.Random,
        course =>
        {
            var container = new IdealContainer(new TrackingPolicy(), course.Bounds, course.Bounds.Clamp(course.StartShares), Cycle).Look();
            foreach (var demand in course.Demands)
            {
                for (var i = 0; i < 20; i++)
                {
                    var before = container.LimitShares;
                    Assert.Equal(container.Step(demand) == before, container.Decision!.Reason.Length == 0);
                }
            }
        });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Decide_NoBoundary_StillFollowsTheDemand(int boundary)
    {
        var container = new IdealContainer(new TrackingPolicy(), Bounds with { BoundaryShares = boundary }, 10, Cycle).Look();

        container.Run(150, TimeSpan.FromSeconds(5));
        Assert.InRange(container.LimitShares, 149, 153);
        container.Run(30, TimeSpan.FromSeconds(20));
        Assert.InRange(container.LimitShares, 29, 32);
    }

    [Fact]
    public void Decide_CountersThatWentBack_AreNoDemand()
    {
        var policy = new TrackingPolicy();
        var limit = new CurrentLimit(Bounds, 100, 100);
        var (_, state) = policy.Decide(new CpuSample(TimeSpan.Zero, 900_000, 500_000, 50), limit, null, TimeSpan.Zero);

        var (decision, _) = policy.Decide(new CpuSample(Cycle, 1_000, 0, 0), limit, state, Cycle);

        Assert.Equal(new PolicyDecision(1, 100), decision);
    }

    [Fact]
    public void Decide_NarrowedBounds_SaysSo()
    {
        var policy = new TrackingPolicy();
        var (_, state) = policy.Decide(new CpuSample(TimeSpan.Zero, 0, 0, 0), new CurrentLimit(Bounds, 100, 100), null, TimeSpan.Zero);

        var (decision, _) = policy.Decide(
            new CpuSample(Cycle, 0, 0, 0), new CurrentLimit(Bounds with { MaxShares = 60 }, 100, 100), state, Cycle);

        Assert.Equal((60, "bounds changed"), (decision.WantedShares, decision.Reason));
    }

    [Fact]
    public void Decide_TwoLooksAtOnce_SecondChangesNothing()
    {
        var container = Start(100);
        container.Step(300);

        var before = container.LimitShares;

        Assert.Equal(before, container.Look().LimitShares);
    }

    [Fact]
    public void Decide_AnyDemand_StaysWithinBounds() => Properties.Hold(
        Courses.Random,
        course =>
        {
            var container = new IdealContainer(new TrackingPolicy(), course.Bounds, course.Bounds.Clamp(course.StartShares), Cycle).Look();
            foreach (var _ in course.Demands.SelectMany(d => container.Run(d, TimeSpan.FromSeconds(4))))
            {
                Assert.InRange(container.LimitShares, course.Bounds.FloorShares, course.Bounds.CeilingShares);
                Assert.InRange(container.Decision!.NeededShares, course.Bounds.FloorShares, container.Decision.WantedShares);
            }
        });

    [Fact]
    public void Decide_ConstantDemand_ConvergesJustAboveItAndRests() => Properties.Hold(
        Courses.Satisfiable,
        course =>
        {
            var container = new IdealContainer(new TrackingPolicy(), course.Bounds, course.StartShares, Cycle).Look();
            foreach (var demand in course.Demands)
            {
                container.Run(demand, TimeSpan.FromSeconds(20));
                var limits = container.Run(demand, TimeSpan.FromSeconds(20));
                Assert.Single(limits.Distinct());
                Assert.InRange(limits[0], demand, Math.Max(demand * 1.05, demand + course.Bounds.BoundaryShares) + 1);
            }
        });

    private static IdealContainer Start(int limitShares) =>
        new IdealContainer(new TrackingPolicy(), Bounds, limitShares, Cycle).Look();
}
