using CreditManager.Core.Money;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class PricingTests
{
    private static readonly Arbitrary<(long, long)> CounterAndRate = Seeded.Between(0, 1_000_000_000_000).SelectMany(
        _ => Seeded.Between(1, 1_000_000), (us, rate) => (us, rate)).ToArbitrary();

    [Theory]
    [InlineData(0, 600, 0)]
    [InlineData(30_000_000, 600, 5_000_000)]
    [InlineData(600_000_000, 600, 100_000_000)]
    [InlineData(1, 600, 0)]
    [InlineData(6, 600, 1)]
    [InlineData(11, 600, 1)]
    [InlineData(1, 1, 100)]
    public void Of_Counter_IsRoundedDownToHalfords(long microseconds, long rate, long halfords) =>
        Assert.Equal(halfords, Pricing.Of(microseconds, rate).Halfords);

    [Fact]
    public void Of_CountersOfYears_DoesNotOverflow()
    {
        Assert.Equal(10_000_000_000_000_000L * 100, Pricing.Of(10_000_000_000_000_000, 1).Halfords);
        Assert.Throws<OverflowException>(() => Pricing.Of(long.MaxValue, 1));
    }

    [Theory]
    [InlineData(-1, 600)]
    [InlineData(1, 0)]
    [InlineData(1, -600)]
    public void Of_ImpossibleInput_Throws(long microseconds, long rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Pricing.Of(microseconds, rate));

    [Fact]
    public void Affordable_Balance_IsTheMostUsageThatItPays() => Prop.ForAll(CounterAndRate, pair =>
    {
        var (halfords, rate) = pair;
        var bought = Pricing.Affordable(new GrcAmount(halfords), rate);
        // One halford may buy several microseconds, so what is paid for in full is priced at no more than the balance.
        return Pricing.Of(bought, rate).Halfords <= halfords && Pricing.Of(bought + 1, rate).Halfords >= halfords;
    }).Check(Seeded.Config);

    [Fact]
    public void Affordable_InDebt_IsNothing()
    {
        Assert.Equal(0, Pricing.Affordable(new GrcAmount(-5), 600));
        Assert.Equal(600_000_000, Pricing.Affordable(new GrcAmount(GrcAmount.HalfordsPerGrc), 600));
        Assert.Equal(long.MaxValue, Pricing.Affordable(new GrcAmount(long.MaxValue), 1_000_000_000));
    }

    [Theory]
    [InlineData(1L << 30, 1L, 100_000_000)]
    [InlineData(1L << 30, 1000L, 100_000)]
    [InlineData(3L << 29, 3L, 50_000_000)]
    [InlineData(10, 1L, 0)]
    [InlineData(11, 1L, 1)]
    [InlineData(1L << 40, null, 0)]
    [InlineData(0, 5L, 0)]
    public void OfMemory_Counter_IsRoundedDownToHalfords(long byteSeconds, long? gibSecondsPerGrc, long halfords) =>
        Assert.Equal(halfords, Pricing.OfMemory(byteSeconds, gibSecondsPerGrc).Halfords);

    [Theory]
    [InlineData(-1, 1L)]
    [InlineData(-1, null)]
    [InlineData(1, 0L)]
    public void OfMemory_ImpossibleInput_Throws(long byteSeconds, long? gibSecondsPerGrc) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Pricing.OfMemory(byteSeconds, gibSecondsPerGrc));

    [Fact]
    public void OfMemory_CountersOfACentury_DoesNotOverflow() =>
        Assert.Equal((long)((Int128)long.MaxValue * 100_000_000 / (1L << 30)), Pricing.OfMemory(long.MaxValue, 1).Halfords);

    [Fact]
    public void Affordable_ImpossiblePrice_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Pricing.Affordable(new GrcAmount(1), 0));
}
