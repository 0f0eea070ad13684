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

    [Fact]
    public void WithBounds_Lower_PullsTheLimitAndTheRestrictionDown()
    {
        var record = (Registered with { RestrictionShares = 300 }).WithBounds(new ScalingBounds(0, 200, 25), null);

        Assert.Equal((200, 200), (record.WantedShares, record.RestrictionShares));
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

    private static KernelReading Reading(long usageMicroseconds) => new(usageMicroseconds, 0, 0, 0);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
