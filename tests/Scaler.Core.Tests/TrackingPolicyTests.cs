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

        Assert.Equal(new PolicyDecision(80, 80), decision);
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
        Assert.InRange(limits[^1], 125, 140);
    }

    [Fact]
    public void Decide_BurstsBelowTheMeanLimit_LearnsTheHeadroomTheyNeed()
    {
        // 40 shares on average, but all of it in a part of each period: held back at every limit below 100.
        var container = new BurstyContainer(mean: 40, needed: 100);
        container.Run(TimeSpan.FromSeconds(30));

        var throttled = container.Run(TimeSpan.FromSeconds(30));

        Assert.Equal(0, throttled);
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
            var container = new SimulatedContainer(new TrackingPolicy(), course.Bounds, course.Bounds.Clamp(course.StartShares), Cycle).Look();
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
            var container = new SimulatedContainer(new TrackingPolicy(), course.Bounds, course.StartShares, Cycle).Look();
            foreach (var demand in course.Demands)
            {
                container.Run(demand, TimeSpan.FromSeconds(20));
                var limits = container.Run(demand, TimeSpan.FromSeconds(20));
                Assert.Single(limits.Distinct());
                Assert.InRange(limits[0], demand + (course.Bounds.BoundaryShares / 2), demand + (2 * course.Bounds.BoundaryShares));
            }
        });

    private static SimulatedContainer Start(int limitShares) =>
        new SimulatedContainer(new TrackingPolicy(), Bounds, limitShares, Cycle).Look();

    /// <summary>Uses the same on average at every limit, but is held back wherever the limit is below what its bursts need.</summary>
    private sealed class BurstyContainer(int mean, int needed)
    {
        private readonly TrackingPolicy _policy = new();
        private CpuSample _sample = new(TimeSpan.Zero, 0, 0, 0);
        private PolicyState? _state;
        private int _limit = 50;

        /// <summary>Runs for a while; how often it was held back.</summary>
        public int Run(TimeSpan time)
        {
            var throttled = 0;
            for (var end = _sample.At + time; _sample.At < end;)
            {
                var held = _limit < needed;
                throttled += held ? 1 : 0;
                _sample = new CpuSample(
                    _sample.At + Cycle, _sample.UsageMicroseconds + (mean * 2000), _sample.ThrottledMicroseconds, _sample.ThrottledPeriods + (held ? 1 : 0));
                var (decision, state) = _policy.Decide(_sample, new CurrentLimit(Bounds, _limit, _limit), _state, _sample.At);
                (_limit, _state) = (decision.WantedShares, state);
            }

            return throttled;
        }
    }
}
