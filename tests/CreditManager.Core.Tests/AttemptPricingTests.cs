using CreditManager.Core.Attempts;
using CreditManager.Core.Money;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class AttemptPricingTests
{
    private static readonly TariffVersion First = new("default", 1, 600);
    private static readonly TariffVersion Second = new("default", 2, 7);
    private static readonly PriceSegment[] TwoPrices = [new(First, 0), new(Second, 1_000_000)];

    [Fact]
    public void Split_AcrossAPriceChange_PricesEachSideAsItWas()
    {
        var parts = AttemptPricing.Split(400_000, 1_700_000, TwoPrices);

        Assert.Equal(
            [
                new AttemptPart(First, 0, 400_000, 1_000_000, new GrcAmount(166_666 - 66_666)),
                new AttemptPart(Second, 1_000_000, 1_000_000, 1_700_000, new GrcAmount(10_000_000)),
            ],
            parts);
        Assert.Equal(10_100_000, AttemptPricing.Total(parts).Halfords);
    }

    [Theory]
    [InlineData(0, 500_000, 1)]
    [InlineData(999_999, 1_000_000, 1)]
    [InlineData(1_000_000, 1_000_001, 2)]
    [InlineData(5_000_000, 6_000_000, 2)]
    public void Split_WithinOnePrice_IsOnePart(long before, long after, int version) =>
        Assert.Equal(version, Assert.Single(AttemptPricing.Split(before, after, TwoPrices)).Tariff.Version);

    [Fact]
    public void Split_NothingUsed_IsOneEmptyPartAtTheLastPrice()
    {
        var part = Assert.Single(AttemptPricing.Split(5, 5, TwoPrices));
        Assert.Equal((Second, GrcAmount.Zero), (part.Tariff, part.Amount));
    }

    [Fact]
    public void Split_FirstPriceTookHoldLate_HoldsForWhatCameBefore()
    {
        var part = Assert.Single(AttemptPricing.Split(0, 2_000_000, [new PriceSegment(First, 500_000)]));
        Assert.Equal((0, 333_333), (part.BaseMicroseconds, part.Amount.Halfords));
    }

    [Fact]
    public void Split_AttemptsOfASlot_AddUpToTheCounter() => Prop.ForAll(Seeded.Between(0, 700_000).ArrayOf().ToArbitrary(), steps =>
    {
        var (counter, sum) = (0L, GrcAmount.Zero);
        foreach (var step in steps)
        {
            sum += AttemptPricing.Total(AttemptPricing.Split(counter, counter + step, TwoPrices));
            counter += step;
        }

        return sum == AttemptPricing.Total(AttemptPricing.Split(0, counter, TwoPrices));
    }).Check(Seeded.Config);

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(6, 5)]
    public void Split_ImpossibleCounters_Throws(long before, long after) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AttemptPricing.Split(before, after, TwoPrices));

    [Fact]
    public void Split_NoPrices_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => AttemptPricing.Split(0, 1, []));

    [Fact]
    public void Refund_OfAnOutcomeThatIsNone_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RefundRules.Refund((AttemptOutcome)99, GrcAmount.Zero, First, 0));

    [Theory]
    [InlineData(AttemptOutcome.PlatformFault, true, 0, 5)]
    [InlineData(AttemptOutcome.PlatformFault, true, RefundRules.MostPerTask - 1, 5)]
    [InlineData(AttemptOutcome.PlatformFault, true, RefundRules.MostPerTask, 0)]
    [InlineData(AttemptOutcome.PlatformFault, false, 0, 0)]
    [InlineData(AttemptOutcome.Failed, true, 0, 0)]
    [InlineData(AttemptOutcome.AbortedForDebt, true, 0, 0)]
    [InlineData(AttemptOutcome.Capped, true, 0, 0)]
    [InlineData(AttemptOutcome.Succeeded, true, 0, 0)]
    public void Refund_PaysBackOnlyThePlatformsFaults(AttemptOutcome outcome, bool refunds, int before, long expected) =>
        Assert.Equal(expected, RefundRules.Refund(outcome, new GrcAmount(5), First with { RefundsPlatformFaults = refunds }, before).Halfords);
}
