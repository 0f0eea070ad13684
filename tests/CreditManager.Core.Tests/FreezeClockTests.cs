using CreditManager.Core.Standings;

namespace CreditManager.Core.Tests;

public sealed class FreezeClockTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Tick_AtTheDebtLimit_StartsAtZeroAndAddsUp()
    {
        var first = FreezeClock.Tick(null, CreditStanding.Exhausted, Second);
        var second = FreezeClock.Tick(first, CreditStanding.Exhausted, Second);
        Assert.Equal(TimeSpan.Zero, first);
        Assert.Equal(Second, second);
    }

    [Theory]
    [InlineData(CreditStanding.Normal)]
    [InlineData(CreditStanding.Low)]
    [InlineData(CreditStanding.Indebted)]
    public void Tick_Recovered_StartsAnewTheNextTime(CreditStanding standing) =>
        Assert.Null(FreezeClock.Tick(TimeSpan.FromMinutes(1), standing, Second));

    [Fact]
    public void MustAbort_Grace_CountsAndZeroIsOverAtOnce()
    {
        Assert.True(FreezeClock.MustAbort(CreditStanding.Exhausted, null, TimeSpan.Zero));
        Assert.False(FreezeClock.MustAbort(CreditStanding.Exhausted, Second, 2 * Second));
        Assert.True(FreezeClock.MustAbort(CreditStanding.Exhausted, 2 * Second, 2 * Second));
        Assert.False(FreezeClock.MustAbort(CreditStanding.Indebted, 9 * Second, TimeSpan.Zero));
    }
}
