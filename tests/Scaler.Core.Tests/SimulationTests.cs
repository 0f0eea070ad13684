using FsCheck.Fluent;
using Scaler.Core.Simulation;
using static Scaler.Core.Tests.Simulations;

namespace Scaler.Core.Tests;

public sealed class SimulationTests
{
    /// <summary>
    /// Worked by hand: a limit of 50 shares is 50 ms in each period of 100 ms. The scheduler looks every 4 ms, so the thread runs for 52 ms, owes 2
    /// from then on, and is held back for the rest: in every later period it runs for about 50 ms.
    /// </summary>
    [Fact]
    public void Busy_HalfACoreAllowed_TakesTwiceAsLongAndIsHeldBackInEveryPeriod()
    {
        var node = new NodeSimulation(1);
        var container = node.Add("c1", Spec("fixed", limit: 50, max: 50), [LoadPhase.Busy(1, Seconds(5))]);

        node.Run(Seconds(2));

        Assert.InRange(container.UsageMicroseconds, 998_000, 1_004_000);
        Assert.InRange(container.ThrottledMicroseconds, 940_000, 1_000_000);
        Assert.True(node.RunToEnd(Seconds(60)));
        Assert.InRange(container.EndedAt!.Value, Seconds(9.9), Seconds(10));
        Assert.Equal(5_000_000, container.UsageMicroseconds);
    }

    [Fact]
    public void Busy_TwoThreadsHeldBack_CountTheTimeOfBothRunQueues()
    {
        var node = new NodeSimulation(2);
        var container = node.Add("c1", Spec("fixed", limit: 100, max: 100), [LoadPhase.Busy(2, Seconds(60))]);

        node.Run(Seconds(10));

        Assert.InRange(container.UsageMicroseconds, 9_990_000, 10_010_000);
        Assert.InRange(container.ThrottledMicroseconds, 9_800_000, 10_050_000);
    }

    [Fact]
    public void Busy_LimitJustAboveTheDemand_IsNotHeldBack()
    {
        var node = new NodeSimulation(2);
        var container = node.Add("c1", Spec("fixed", limit: 102), [LoadPhase.Busy(1, Seconds(10))]);

        Assert.True(node.RunToEnd(Seconds(20)));

        Assert.Equal((Seconds(10), 0), (container.EndedAt, container.ThrottledMicroseconds));
    }

    [Fact]
    public void Pulses_BelowTheLimitOnAverageOnly_AreHeldBackWithinPeriods()
    {
        // 60 ms of every 200 ms are 30 shares, and 60 ms in one period.
        var load = LoadPhase.Pulses(1, TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(140), 20);

        Assert.Equal(30, load.DemandShares);
        Assert.True(Run("fixed", [load], limit: 40).Course.Points[^1].ThrottledMicroseconds > 0);
        Assert.Equal(0, Run("fixed", [load], limit: 70).Course.Points[^1].ThrottledMicroseconds);
    }

    [Fact]
    public void Burst_SavedUpBefore_CarriesAPulseOverItsPeriod()
    {
        var load = LoadPhase.Pulses(1, TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(140), 20);
        var node = new NodeSimulation(1, kernel: new KernelModel { BurstMicroseconds = 40_000 });
        var container = node.Add("c1", Spec("fixed", limit: 40, max: 40), [load]);

        Assert.True(node.RunToEnd(Seconds(10)));

        // The first pulse finds nothing saved, and is held back for the 60 ms that are left of its period.
        Assert.Equal((TimeSpan.FromMilliseconds(4060), 60_000), (container.EndedAt, container.ThrottledMicroseconds));
    }

    [Fact]
    public void Unlimited_MoreThreadsThanCores_ContainersShareFairly()
    {
        var node = new NodeSimulation(1);
        var one = node.Add("one", Spec("fixed"), [LoadPhase.Busy(1, Seconds(60))], unlimited: true);
        var three = node.Add("three", Spec("fixed"), [LoadPhase.Busy(3, Seconds(60))], unlimited: true);

        node.Run(Seconds(10));

        Assert.InRange(one.UsageMicroseconds, 4_900_000, 5_100_000);
        Assert.Equal(10_000_000, one.UsageMicroseconds + three.UsageMicroseconds);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.1)]
    [InlineData(140, 14)]
    [InlineData(200, 20)]
    public void Demand_AnyShares_UsesThatMuch(int shares, double seconds)
    {
        var load = LoadPhase.Demand(shares, Seconds(10), TimeSpan.FromMilliseconds(10));
        var node = new NodeSimulation(2);
        var container = node.Add("c1", Spec("fixed"), [load], unlimited: true);

        Assert.True(node.RunToEnd(Seconds(30)));

        Assert.Equal((shares, Seconds(seconds), Seconds(10)), (load.DemandShares, load.Work, container.EndedAt));
        Assert.Equal(Seconds(seconds), TimeSpan.FromMicroseconds(container.UsageMicroseconds));
    }

    [Fact]
    public void Run_SameSetUp_IsTheSameToTheMicrosecond()
    {
        static IReadOnlyList<LimitPoint> Once() => Run("tracking", Repeat(5, LoadPhase.Busy(2, Seconds(1.3)), LoadPhase.Idle(Seconds(0.7))), 37).Course.Points;

        Assert.Equal(Once(), Once());
    }

    [Fact]
    public void Run_AnyLoads_SumOfLimitsStaysWithinTheCoresAndNothingIsUsedBeyondThem() => Properties.Hold(
        Properties.Between(1, 300).ArrayOf(12),
        parts =>
        {
            var node = new NodeSimulation(2);
            var containers = parts.Select((part, i) => node.Add(
                $"c{i}", Spec(max: part, limit: 1, user: $"user{i % 4}", weight: part), Repeat(3, LoadPhase.Busy(1 + (part % 3), Seconds(part / 100.0)), LoadPhase.Idle(Seconds(0.4))))).ToList();
            for (var i = 0; i < 40; i++)
            {
                node.Run(Seconds(0.2));
                Assert.InRange(node.AllocatedShares, containers.Count, 200);
            }

            Assert.InRange(containers.Sum(c => c.UsageMicroseconds), 0, 2 * 8_000_000);
        },
        15);

    [Fact]
    public void Run_FortyMinutes_LeapsOverWhatIsIdle()
    {
        var node = new NodeSimulation(2);
        var container = node.Add("c1", Spec(), Repeat(24, LoadPhase.Busy(1, Seconds(20)), LoadPhase.Idle(Seconds(80))));

        Assert.True(node.RunToEnd(Seconds(2500)));

        Assert.Equal(480_000_000, container.UsageMicroseconds);
        Assert.InRange(container.EndedAt!.Value, Seconds(2400), Seconds(2412));
    }

    [Fact]
    public void Run_TenThousandContainers_IsDoneAndEachHasTheLeast()
    {
        var node = new NodeSimulation(4);
        var containers = Enumerable.Range(0, 10_000).Select(i => node.Add($"c{i}", Spec(user: $"user{i % 100}"), i == 0 ? [LoadPhase.Busy(1, Seconds(1))] : [])).ToList();

        node.Run(Seconds(1));

        Assert.Equal(10_000, node.AllocatedShares);
        Assert.All(containers, c => Assert.Equal(1, c.Record.LimitShares));
        Assert.InRange(containers[0].UsageMicroseconds, 8_000, 16_000);
    }

    [Theory]
    [InlineData("c 1", 10)]
    [InlineData("c1", 0)]
    public void Add_WhatWouldBeRefused_IsRefused(string id, int max) =>
        Assert.Throws<ArgumentException>(() => new NodeSimulation(1).Add(id, Spec(max: max), []));

    [Fact]
    public void Add_MaximumBelowMinimum_IsRefused() =>
        Assert.Contains("max_shares", Assert.Throws<ArgumentException>(() => new NodeSimulation(1).Add("c1", Spec(min: 50, max: 40, limit: 40), [])).Message, StringComparison.Ordinal);

    [Fact]
    public void Add_SameIdTwice_IsRefused()
    {
        var node = new NodeSimulation(1);
        node.Add("c1", Spec(), []);

        Assert.Throws<ArgumentException>(() => node.Add("c1", Spec(), []));
    }

    [Fact]
    public void StartTask_TwoSlots_CountsEachAndTheWhole()
    {
        var node = new NodeSimulation(2);
        var container = node.Add("c1", Spec(limit: 200) with { Slots = 2 }, []);
        node.StartTask(container, 0, [new ThreadWork(Seconds(3), TimeSpan.Zero, 1)]);
        node.StartTask(container, 1, [new ThreadWork(Seconds(100), TimeSpan.Zero, 1)]);

        node.Run(Seconds(60), () => node.HasEnded(container, 0));
        Assert.InRange(node.Now, Seconds(2.9), Seconds(3.2));
        Assert.False(node.HasEnded(container, 1));
        container.StopTask(1);
        var used = container.SlotMicroseconds.ToList();
        node.Run(Seconds(5));

        Assert.Equal(3_000_000, used[0]);
        Assert.InRange(used[1], 2_500_000, 3_200_000);
        Assert.Equal(used, container.SlotMicroseconds);
        Assert.Equal(used.Sum(), container.UsageMicroseconds);
        Assert.Equal(used, node.Read(container).Counters.Slots.Select(s => s.UsageMicroseconds.Total));
    }

    [Fact]
    public void Freeze_BusyContainer_UsesNothingUntilItIsThawed()
    {
        var node = new NodeSimulation(1);
        var container = node.Add("c1", Spec(limit: 100), [LoadPhase.Busy(1, Seconds(4))]);
        node.Run(Seconds(2));

        container.Freeze(true);
        var used = container.UsageMicroseconds;
        node.Run(Seconds(10));
        Assert.Equal(used, container.UsageMicroseconds);
        container.Freeze(false);

        Assert.True(node.RunToEnd(Seconds(4)));
        Assert.Equal(4_000_000, container.UsageMicroseconds);
    }

    [Fact]
    public void Remove_BusyContainer_GivesTheFinalReadingAndLeavesTheNodeToOthers()
    {
        var node = new NodeSimulation(1);
        var first = node.Add("c1", Spec(limit: 100), [LoadPhase.Busy(1, Seconds(100))]);
        var second = node.Add("c2", Spec(limit: 100, user: "user1"), [LoadPhase.Busy(1, Seconds(100))]);
        node.Run(Seconds(4));

        var final = node.Remove(first);
        var before = second.UsageMicroseconds;
        node.Run(Seconds(10));

        Assert.True(final.IsFinal);
        Assert.Equal(first.UsageMicroseconds, final.Counters.UsageMicroseconds.Total);
        Assert.InRange(final.AllocatedMicroseconds, final.Counters.UsageMicroseconds.Total - 100_000, 4_000_000);
        Assert.InRange(second.UsageMicroseconds - before, 9_000_000, 10_000_000);
        Assert.Equal(100, node.AllocatedShares);
    }
}
