using CreditManager.Core.Money;
using CreditManager.Core.Spending;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class SpendRatesTests
{
    private readonly SpendRates _rates = new();

    [Fact]
    public void PerHour_NothingObserved_IsUnknown() => Assert.Null(_rates.PerHour("alice"));

    [Fact]
    public void PerHour_FirstCyclesCharges_AreNoRate()
    {
        Observe(100, 1_000_000);
        Observe(110, 0);
        Assert.Equal(0, _rates.PerHour("alice")?.Halfords);
    }

    [Fact]
    public void PerHour_SteadySpending_IsKnownAfterFiveSecondsAndExact()
    {
        Observe(0, 0);
        for (var second = 1; second <= 300; second++)
        {
            Observe(second, 7);
            Assert.Equal(second < 5 ? null : 7 * 3600, _rates.PerHour("alice")?.Halfords);
        }
    }

    [Fact]
    public void PerHour_Stopped_FallsAndIsZeroAfterAMinute()
    {
        Observe(0, 0);
        Observe(10, 100);
        Assert.Equal(36_000, _rates.PerHour("alice")?.Halfords);
        Observe(40, 0);
        Assert.Equal(9_000, _rates.PerHour("alice")?.Halfords);
        Observe(69.9m, 0);
        Assert.Equal(5_150, _rates.PerHour("alice")?.Halfords);
        Observe(70, 0);
        Assert.Equal(0, _rates.PerHour("alice")?.Halfords);
    }

    [Fact]
    public void PerHour_StartsAfterALongRest_CountsFromTheStart()
    {
        Observe(0, 0);
        Observe(1000, 0);
        for (var second = 1001; second <= 1006; second++)
        {
            Observe(second, 5);
        }

        Assert.Equal(18_000, _rates.PerHour("alice")?.Halfords);
    }

    [Fact]
    public void PerHour_CyclesInTenthsOfASecond_IsTheSame()
    {
        Observe(0, 0);
        for (var tenth = 1; tenth <= 1200; tenth++)
        {
            Observe(tenth / 10m, 3);
        }

        Assert.Equal(30 * 3600, _rates.PerHour("alice")?.Halfords);
    }

    [Fact]
    public void PerHour_ChargesWithinASecond_AreForgottenTogether()
    {
        Observe(10, 0);
        Observe(10.5m, 5);
        Observe(11, 5);
        Observe(11.1m, 1);
        // The first second counts to its last moment, as one.
        Observe(70.9m, 0);
        Assert.Equal(11 * 36_000 / 609, _rates.PerHour("alice")?.Halfords);
        Observe(71, 0);
        Assert.Equal(36_000 / 600, _rates.PerHour("alice")?.Halfords);
    }

    [Fact]
    public void PerHour_UsersDiffer_AreKeptApart()
    {
        _rates.Observe(TimeSpan.Zero, []);
        _rates.Observe(TimeSpan.FromSeconds(10), Charges(("alice", 10), ("bob", 20), ("carol", 0)));
        Assert.Equal([3600L, 7200L, 0L, 0L], new[] { "alice", "bob", "carol", "dave" }.Select(u => _rates.PerHour(u)!.Value.Halfords));
    }

    [Fact]
    public void PerHour_AbsurdAmounts_StopAtTheLargest()
    {
        Observe(0, 0);
        Observe(5, long.MaxValue);
        Observe(6, long.MaxValue);
        Assert.Equal(long.MaxValue, _rates.PerHour("alice")?.Halfords);
    }

    [Fact]
    public void Observe_TimeGoesBack_Throws()
    {
        Observe(5, 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => Observe(4, 0));
    }

    [Fact]
    public void PerHour_AnyCycles_IsWhatWasChargedByTheTimeItTook() => Prop.ForAll(
        Seeded.Between(100, 15_000).ArrayOf().ToArbitrary(),
        steps =>
        {
            var rates = new SpendRates();
            rates.Observe(TimeSpan.Zero, []);
            var now = TimeSpan.Zero;
            foreach (var step in steps)
            {
                // A charge of one halford for each millisecond: whatever is forgotten is forgotten with its time.
                now += TimeSpan.FromMilliseconds(step);
                rates.Observe(now, Charges(("alice", step)));
            }

            return rates.PerHour("alice") is not { } rate || rate == GrcAmount.Zero || rate.Halfords == 3_600_000;
        }).Check(Seeded.Config);

    private void Observe(decimal seconds, long halfords) =>
        _rates.Observe(TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)), Charges(("alice", halfords)));

    private static Dictionary<string, GrcAmount> Charges(params (string User, long Halfords)[] charges) =>
        charges.ToDictionary(c => c.User, c => new GrcAmount(c.Halfords));
}
