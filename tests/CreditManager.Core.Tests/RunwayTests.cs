using CreditManager.Core.Money;
using CreditManager.Core.Spending;

namespace CreditManager.Core.Tests;

public sealed class RunwayTests
{
    [Theory]
    [InlineData(100, 3600L, 100L)]
    [InlineData(100, 7200L, 50L)]
    [InlineData(1, 3601L, 0L)]
    [InlineData(0, 3600L, 0L)]
    [InlineData(-5, 3600L, 0L)]
    [InlineData(-5, null, 0L)]
    [InlineData(0, null, 0L)]
    [InlineData(5, null, null)]
    [InlineData(5, 0L, null)]
    [InlineData(long.MaxValue, 1L, long.MaxValue)]
    public void Seconds_BalanceByRate(long balance, long? perHour, long? expected) =>
        Assert.Equal(expected, Runway.Seconds(new GrcAmount(balance), perHour is { } rate ? new GrcAmount(rate) : null));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(119, "119 s")]
    [InlineData(120, "2 min")]
    [InlineData(899, "14 min")]
    [InlineData(7_199, "119 min")]
    [InlineData(7_200, "2 h")]
    [InlineData(172_799, "47 h")]
    [InlineData(172_800, "2 days")]
    [InlineData(863_913_600, "9999 days")]
    [InlineData(863_913_601, "more than 9999 days")]
    [InlineData(long.MaxValue, "more than 9999 days")]
    public void Words_EachUnit(long seconds, string expected) => Assert.Equal(expected, Runway.Words(seconds));

    [Fact]
    public void Words_Negative_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Runway.Words(-1));
}
