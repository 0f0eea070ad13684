namespace Scaler.Core.Tests;

public sealed class CpuQuotaTests
{
    [Theory]
    [InlineData(1, 1_000)]
    [InlineData(100, 100_000)]
    [InlineData(1600, 1_600_000)]
    public void ToQuotaMicroseconds_Shares_IsAThousandEach(int shares, long quota) => Assert.Equal(quota, CpuQuota.ToQuotaMicroseconds(shares));

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void ToQuotaMicroseconds_LessThanTheKernelKnows_Throws(int shares) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CpuQuota.ToQuotaMicroseconds(shares));

    [Theory]
    [InlineData(50_000, 100_000, 50)]
    [InlineData(25_000, 50_000, 50)]
    [InlineData(10_500, 100_000, 11)]
    [InlineData(1, 100_000, 1)]
    [InlineData(-1, 100_000, 1)]
    [InlineData(0, 100_000, 1)]
    [InlineData(long.MaxValue, 1, int.MaxValue)]
    public void ToShares_AnyPeriod_IsTheLimitRoundedUp(long quota, long period, int shares) => Assert.Equal(shares, CpuQuota.ToShares(quota, period));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void ToShares_NoPeriod_Throws(long period) => Assert.Throws<ArgumentOutOfRangeException>(() => CpuQuota.ToShares(50_000, period));

    [Fact]
    public void ToShares_OfAnyLimit_IsThatLimit() => Properties.Hold(
        Properties.Between(1, 100_000),
        shares => Assert.Equal(shares, CpuQuota.ToShares(CpuQuota.ToQuotaMicroseconds(shares), CpuQuota.PeriodMicroseconds)));
}
