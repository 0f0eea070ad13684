using Scaler.Core.Containers;
using Scaler.Core.Policies;

namespace Scaler.Core.Tests;

public sealed class ContainerRecordTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ContainerSpec Spec = new("user0", "stress", 2, new ScalingBounds(10, 400, 25), null, 64L << 20, 64, "tracking");
    private static readonly ContainerRecord Registered = ContainerRecord.Register("c1", Spec, At(100), Noon);

    [Fact]
    public void Count_LimitOverTime_IsIntegratedExactly()
    {
        var record = Registered.WithLimit(150, At(100)).Count(Reading(5), At(102), Noon).WithLimit(50, At(104)).Count(Reading(9), At(105), Noon);

        // 1.5 cores for 4 s and half a core for 1 s.
        Assert.Equal(6_500_000, record.AllocatedMicroseconds);
        Assert.Equal(9, record.Counters.UsageMicroseconds.Total);
    }

    [Fact]
    public void Count_InManySmallSteps_IntegratesTheSameAsInOne() => Properties.Hold(
        Properties.Between(1, 997),
        milliseconds =>
        {
            var record = Registered.WithLimit(137, At(100));
            for (var i = 1; i <= 50; i++)
            {
                record = record.Count(Reading(i), At(100) + TimeSpan.FromMilliseconds(i * milliseconds), Noon);
            }

            Assert.Equal(137L * 50 * milliseconds * 1000 / 100, record.AllocatedMicroseconds);
        });

    [Fact]
    public void Count_ClockGoesBack_AllocationStands()
    {
        var record = Registered.WithLimit(100, At(100)).Count(Reading(1), At(110), Noon);

        Assert.Equal(record.AllocatedMicroseconds, record.Count(Reading(2), At(50), Noon).AllocatedMicroseconds);
    }

    [Fact]
    public void WithPolicy_Another_LeavesTheLimitButForFixed()
    {
        var running = Registered.WithLimit(120, At(100)) with { WantedShares = 120 };

        var rules = running.WithPolicy("rules");
        var fixedAtMaximum = rules.WithPolicy("fixed");

        Assert.Equal(("rules", 120), (rules.Policy, rules.WantedShares));
        Assert.Equal(("fixed", 400), (fixedAtMaximum.Policy, fixedAtMaximum.WantedShares));
        Assert.Equal(("tracking", null), (fixedAtMaximum.WithPolicy("tracking").Policy, fixedAtMaximum.WithPolicy("tracking").ChosenPolicy));
        Assert.Empty(Spec.DifferencesFrom(rules.Spec));
        Assert.Same(rules, rules.WithPolicy("rules"));
    }

    [Theory]
    [InlineData("tracking", true, null, 250)]
    [InlineData("tracking", false, null, 70)]
    [InlineData("tracking", true, 50, 70)]
    [InlineData("fixed", true, null, 70)]
    public void GoOn_LimitMovedSinceItWasWritten_IsWantedByPoliciesThatScale(string policy, bool guarded, int? restriction, int wanted)
    {
        var written = Registered.WithLimit(60, At(100)) with { WantedShares = 70, ChosenPolicy = policy, Guarded = guarded, RestrictionShares = restriction };

        var gone = written.GoOn(250, 20L << 20);

        Assert.Equal((250, wanted, 20L << 20), (gone.LimitShares, gone.WantedShares, gone.Memory.Bytes));
        Assert.Equal(64L << 20, written.GoOn(250, null).Memory.Bytes);
        Assert.Equal(64L << 20, written.GoOn(250, 1L << 40).Memory.Bytes);
    }

    [Fact]
    public void IsLater_TimeAlonePassed_IsTrueUntilAnythingHappens()
    {
        var held = Reading(5) with { MemoryBytes = 4096, Slots = [new SlotReading(1, 0), new SlotReading(2, 0)] };
        var before = Registered.WithLimit(60, At(100)).Count(held, At(101), Noon);
        var later = before.Count(held, At(109), Noon.AddSeconds(8));

        Assert.True(later.IsLater(before));
        Assert.False(later.WithLimit(61, At(109)).IsLater(before));
        Assert.False(before.Count(held with { UsageMicroseconds = 6 }, At(109), Noon).IsLater(before));
        Assert.False(before.Count(held with { MemoryBytes = 8192 }, At(109), Noon).IsLater(before));
        Assert.False(before.Count(held with { Slots = [new SlotReading(1, 0), new SlotReading(3, 0)] }, At(109), Noon).IsLater(before));
        Assert.False((later with { Frozen = true }).IsLater(before));
    }

    [Fact]
    public void Register_WithoutLimit_WantsTheMaximumAndHasTheLeast()
    {
        Assert.Equal((400, 1, true, false), (Registered.WantedShares, Registered.LimitShares, Registered.Guarded, Registered.Frozen));
        Assert.Equal((ContainerPhase.Open, 0, 2), (Registered.Phase, Registered.AllocatedMicroseconds, Registered.Counters.Slots.Count));
        Assert.Equal(70, ContainerRecord.Register("c1", Spec with { LimitShares = 70 }, At(100), Noon).WantedShares);
    }

    [Fact]
    public void IsScaled_GuardedAndNeitherFrozenNorRestricted_IsTrue()
    {
        Assert.True(Registered.IsScaled);
        Assert.False((Registered with { Guarded = false }).IsScaled);
        Assert.False((Registered with { Frozen = true }).IsScaled);
        Assert.False((Registered with { RestrictionShares = 50 }).IsScaled);
    }

    [Fact]
    public void NeededUnscaledShares_Frozen_IsTheFloor()
    {
        Assert.Equal(400, Registered.NeededUnscaledShares);
        Assert.Equal(10, (Registered with { Frozen = true }).NeededUnscaledShares);
    }

    [Fact]
    public void IsFinal_ClosedOrAcknowledged_IsTrue()
    {
        Assert.False(Registered.IsFinal);
        Assert.False(Registered.BeginClosing().IsFinal);
        Assert.True(Registered.Close().IsFinal);
        Assert.True(Registered.Close().Acknowledge(Noon).IsFinal);
    }

    [Fact]
    public void Close_Frozen_IsFrozenNoLonger() => Assert.False((Registered with { Frozen = true }).Close().Frozen);

    [Fact]
    public void Memory_LimitOutsideItsBounds_IsWithinThem()
    {
        var record = Registered with { Spec = Spec with { MemoryMinBytes = 20L << 20 } };

        Assert.Equal(new Scaler.Core.Memory.MemoryLimit(20L << 20, 64L << 20, 64L << 20), record.Memory);
        Assert.Equal(20L << 20, (record with { MemoryLimitBytes = 1 }).Memory.Bytes);
        Assert.Equal(30L << 20, (record with { MemoryLimitBytes = 30L << 20 }).Memory.Bytes);
        Assert.Equal(20L << 20, record.GoOn(50, 1).MemoryLimitBytes);
    }

    [Fact]
    public void Count_EndedContainer_IsStillCountedWhileItCloses() =>
        Assert.Equal(7, Registered.BeginClosing().Count(Reading(7), At(101), Noon).Counters.UsageMicroseconds.Total);

    [Fact]
    public void Count_OtherFigures_NeverGoBackAndKeepWhatWasNotRead()
    {
        var first = Registered.Count(new KernelReading(10, 20, 3, 2, [new SlotReading(4, 1), new SlotReading(6, 0)]), At(101), Noon);
        var second = first.Count(new KernelReading(12, 5, 3, 1, [new SlotReading(5, 0), null]), At(102), Noon.AddSeconds(1)).Counters;

        Assert.Equal((12, 20, 2), (second.UsageMicroseconds.Total, second.ThrottledMicroseconds, second.OutOfMemoryKills));
        Assert.Equal([(5L, 1L), (6L, 0L)], second.Slots.Select(s => (s.UsageMicroseconds.Total, s.OutOfMemoryKills)));
        Assert.Equal((30, 9), (
            first.Count(new KernelReading(12, 30, 3, 9), At(102), Noon).Counters.ThrottledMicroseconds,
            first.Count(new KernelReading(12, 30, 3, 9), At(102), Noon).Counters.OutOfMemoryKills));
        Assert.Equal(first.Counters.Slots, first.Count(Reading(12), At(102), Noon).Counters.Slots);
    }

    [Fact]
    public void Count_Closed_Throws() =>
        Assert.Throws<InvalidOperationException>(() => Registered.Close().Count(Reading(1), At(101), Noon));

    [Fact]
    public void Phases_InOrder_AreReachedOnceAndStay()
    {
        var closing = Registered.BeginClosing();
        var closed = closing.Close();
        var acknowledged = closed.Acknowledge(Noon);

        Assert.Equal(
            [ContainerPhase.Closing, ContainerPhase.Closed, ContainerPhase.Acknowledged],
            [closing.BeginClosing().Phase, closed.Close().Phase, acknowledged.Acknowledge(Noon.AddHours(1)).Phase]);
        Assert.Equal(Noon, acknowledged.Acknowledge(Noon.AddHours(1)).AcknowledgedAt);
    }

    [Fact]
    public void Phases_OutOfOrder_Throw()
    {
        Assert.Throws<InvalidOperationException>(() => Registered.Acknowledge(Noon));
        Assert.Throws<InvalidOperationException>(() => Registered.Close().BeginClosing());
        Assert.Throws<InvalidOperationException>(() => Registered.Close().Acknowledge(Noon).Close());
    }

    [Fact]
    public void ToClaim_Restricted_IsFixed()
    {
        var claim = (Registered with { RestrictionShares = 60 }).ToClaim(400);

        Assert.Equal((60, 60, 60), (claim.FloorShares, claim.NeededShares, claim.WantedShares));
    }

    [Theory]
    [InlineData(5, 10)]
    [InlineData(60, 60)]
    [InlineData(300, 120)]
    public void ToClaim_Needed_IsBetweenFloorAndWanted(int needed, int expected)
    {
        var claim = (Registered with { WantedShares = 120, Spec = Spec with { Weight = 7 } }).ToClaim(needed);

        Assert.Equal(new Scaler.Core.Allocation.Claim("c1", "user0", 10, expected, 120, 7), claim);
    }

    [Fact]
    public void WithBounds_Lower_PullsTheLimitAndTheRestrictionDown()
    {
        var record = (Registered with { RestrictionShares = 300 }).WithBounds(new ScalingBounds(0, 200, 25), null);

        Assert.Equal((200, 200), (record.WantedShares, record.RestrictionShares));
    }

    [Fact]
    public void WithBounds_WithinThem_LeavesWhatIsThereOrTakesTheLimitAsked()
    {
        var record = Registered with { WantedShares = 120, RestrictionShares = 60 };
        var bounds = new ScalingBounds(0, 200, 25);

        Assert.Equal((bounds, 120, 60), (record.WithBounds(bounds, null).Bounds, record.WithBounds(bounds, null).WantedShares, record.WithBounds(bounds, null).RestrictionShares));
        Assert.Equal(70, record.WithBounds(bounds, 70).WantedShares);
        Assert.Null(Registered.WithBounds(bounds, null).RestrictionShares);
    }

    [Fact]
    public void Advance_CounterStartsAnew_TotalGoesOn()
    {
        var counter = CumulativeCounter.Zero.Advance(5_000_000).Advance(1_000);

        Assert.Equal(5_001_000, counter.Total);
        Assert.Equal(5_003_000, counter.Advance(3_000).Total);
    }

    [Fact]
    public void Advance_CounterFallsALittle_NothingIsCountedTwice()
    {
        var counter = CumulativeCounter.Zero.Advance(5_000_000).Advance(4_999_990).Advance(5_000_010);

        Assert.Equal(5_000_010, counter.Total);
    }

    [Theory]
    [InlineData(4_900_000, 5_000_000)]
    [InlineData(4_899_999, 9_899_999)]
    public void Advance_FallOfATenthOfASecond_IsTheGreatestThatIsPassedOver(long raw, long total) =>
        Assert.Equal(total, CumulativeCounter.Zero.Advance(5_000_000).Advance(raw).Total);

    [Fact]
    public void Advance_Negative_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => CumulativeCounter.Zero.Advance(-1));

    [Fact]
    public void Advance_AnyReadings_NeverGoesBack() => Properties.Hold(
        FsCheck.Fluent.Gen.ListOf(Properties.Between(0, 1_000_000)),
        readings =>
        {
            var counter = CumulativeCounter.Zero;
            foreach (var reading in readings)
            {
                var next = counter.Advance(reading);
                Assert.True(next.Total >= counter.Total);
                counter = next;
            }
        });

    [Fact]
    public void Count_MemoryOverTime_EachFigureCountsUntilTheNext()
    {
        var record = Registered
            .Count(Reading(1, memoryBytes: 3 << 20), At(110), Noon)
            .Count(Reading(2), At(111), Noon) // not read: the last figure goes on
            .WithLimit(50, At(112))
            .Count(Reading(3, memoryBytes: 1 << 20), At(113), Noon)
            .Count(Reading(4, memoryBytes: 0), At(115), Noon)
            .Count(Reading(5, memoryBytes: 7), At(200), Noon);

        // Nothing before the first figure, 3 MiB for 3 s, 1 MiB for 2 s, nothing for 85 s.
        Assert.Equal(11L << 20, record.Counters.MemoryByteSeconds);
        Assert.Equal(7, record.Counters.Memory!.Bytes);
    }

    [Fact]
    public void Count_MemoryInManySmallSteps_IntegratesTheSameAsInOne() => Properties.Hold(
        Properties.Between(1, 997),
        microseconds =>
        {
            var record = Registered.Count(Reading(1, memoryBytes: 333_333), At(100), Noon);
            for (var i = 1; i <= 50; i++)
            {
                record = record.Count(Reading(i, memoryBytes: 333_333), At(100) + TimeSpan.FromMicroseconds(i * microseconds), Noon);
            }

            Assert.Equal(333_333L * 50 * microseconds / 1_000_000, record.Counters.MemoryByteSeconds);
            Assert.Equal(333_333L * 50 * microseconds % 1_000_000, record.Counters.Memory!.ByteMicroseconds);
        });

    [Fact]
    public void Count_ClockGoesBack_MemoryStands()
    {
        var record = Registered.Count(Reading(1, memoryBytes: 1000), At(110), Noon).Count(Reading(2, memoryBytes: 1000), At(111), Noon);

        Assert.Equal(1000, record.Count(Reading(3, memoryBytes: 9000), At(50), Noon).Counters.MemoryByteSeconds);
        Assert.Equal(1000 + 9000, record.Count(Reading(3, memoryBytes: 9000), At(50), Noon).Count(Reading(4), At(51), Noon).Counters.MemoryByteSeconds);
    }

    [Fact]
    public void Count_RecordWithoutMemory_BeginsAtZero()
    {
        var old = Registered with { Counters = Registered.Counters with { Memory = null } };

        Assert.Equal(0, old.Counters.MemoryByteSeconds);
        Assert.Equal(2000, old.Count(Reading(1, memoryBytes: 1000), At(101), Noon).Count(Reading(2), At(103), Noon).Counters.MemoryByteSeconds);
    }

    [Fact]
    public void MemoryMeter_Figures_BeyondWhatFitsOrBelowZero_StayWithinBounds()
    {
        var full = new MemoryMeter(long.MaxValue - 5, 0, 10).Integrate(1_000_000);

        Assert.Equal(long.MaxValue, full.ByteSeconds);
        Assert.Equal(long.MaxValue, full.Integrate(1_000_000).ByteSeconds);
        Assert.Equal(0, MemoryMeter.Zero.Read(-1).Bytes);
        Assert.Equal(1L << 50, MemoryMeter.Zero.Read(1L << 50).Integrate(1_000_000).ByteSeconds);
        Assert.Throws<ArgumentOutOfRangeException>(() => MemoryMeter.Zero.Integrate(-1));
    }

    [Fact]
    public void Register_Always_KeepsWhen() => Assert.Equal(Noon, Registered.Count(Reading(1), At(101), Noon.AddHours(1)).RegisteredAt);

    private static KernelReading Reading(long usageMicroseconds, long? memoryBytes = null) =>
        new(usageMicroseconds, 0, 0, 0, null, memoryBytes);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
