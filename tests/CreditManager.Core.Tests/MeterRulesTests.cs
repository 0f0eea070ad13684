using CreditManager.Core.Metering;
using CreditManager.Core.Money;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class MeterRulesTests
{
    private static readonly TariffVersion Tariff = new("default", 1, 600);
    private static readonly Meter Fresh = Meter.Start("c1", "alice", "work", MeterBasis.Used, Tariff);

    /// <summary>Steps forward, repeats and steps back, with tariff changes among them.</summary>
    private static readonly Arbitrary<(long Step, int Tariff)[]> Readings = Seeded.Between(-50_000, 3_000_000)
        .SelectMany(_ => Gen.Choose(1, 4), (step, tariff) => (step, tariff)).ArrayOf().ToArbitrary();

    [Fact]
    public void Advance_SameCounterTwice_ChargesNothingTwice()
    {
        var first = MeterRules.Advance(Fresh, 30_000_000, false, Tariff);
        var second = MeterRules.Advance(first.Meter, 30_000_000, false, Tariff);

        Assert.Equal(5_000_000, first.Charge!.Amount.Halfords);
        Assert.Null(second.Charge);
        Assert.Equal(first.Meter, second.Meter);
    }

    [Fact]
    public void Advance_UsageBelowOneHalford_WaitsUntilItIsWorthOneOrFinal()
    {
        var waiting = MeterRules.Advance(Fresh, 5, false, Tariff);
        Assert.Null(waiting.Charge);
        Assert.Equal(0, waiting.Meter.BilledMicroseconds);

        var final = MeterRules.Advance(waiting.Meter, 5, true, Tariff);
        Assert.Equal(0, final.Charge!.Amount.Halfords);
        Assert.Equal(5, final.Meter.BilledMicroseconds);
        Assert.True(final.Meter.Final);
    }

    [Fact]
    public void Advance_FinalWithoutUsage_IsFinalWithoutACharge()
    {
        var final = MeterRules.Advance(Fresh, 0, true, Tariff);
        Assert.Null(final.Charge);
        Assert.True(final.Meter.Final);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(99)]
    [InlineData(MeterRules.LargestCounter + 1)]
    [InlineData(long.MaxValue)]
    public void Advance_ImpossibleCounter_IsRefusedAndChangesNothing(long counter)
    {
        var meter = Fresh with { BilledMicroseconds = 100 };
        var step = MeterRules.Advance(meter, counter, true, Tariff);
        Assert.Contains("c1", step.Refusal, StringComparison.Ordinal);
        Assert.Null(step.Charge);
        Assert.Equal(meter, step.Meter);
    }

    [Fact]
    public void Advance_TariffChanged_UsageSoFarKeepsItsPrice()
    {
        var dear = new TariffVersion("default", 2, 1);
        var before = MeterRules.Advance(Fresh, 60_000_000, false, dear);
        var after = MeterRules.Advance(before.Meter, 61_000_000, false, dear);

        Assert.Equal(10_000_000, before.Charge!.Amount.Halfords);
        Assert.Equal(100_000_000, after.Charge!.Amount.Halfords);
        Assert.Equal(60_000_000, after.Meter.BaseMicroseconds);
    }

    [Fact]
    public void Advance_AnyReadings_ConservesUsageAndNeverChargesTwiceOrNegative() => Prop.ForAll(Readings, readings =>
    {
        var (meter, counter, highest, covered, sum, owed) = (Fresh, 0L, 0L, 0L, 0L, (Int128)0);
        foreach (var (step, tariff) in readings.Append((Step: 1_000_000L, Tariff: 1)))
        {
            counter = Math.Max(counter + step, 0);
            highest = Math.Max(highest, counter);
            var result = MeterRules.Advance(meter, counter, false, new TariffVersion("default", tariff, 600 * tariff));
            if (result.Charge is { } charge)
            {
                // Charges join without gap or overlap.
                Assert.Equal(covered, charge.BeforeMicroseconds);
                Assert.True(charge.Amount.Halfords >= 0);
                covered = charge.AfterMicroseconds;
                sum += charge.Amount.Halfords;
                owed += (Int128)(charge.AfterMicroseconds - charge.BeforeMicroseconds) * 10_000 / charge.Meter.Tariff.VcoreSecondsPerGrc;
            }

            meter = result.Meter;
        }

        var last = MeterRules.Advance(meter, highest, true, meter.Tariff);
        sum += last.Charge?.Amount.Halfords ?? 0;
        owed += (Int128)((last.Charge?.AfterMicroseconds ?? 0) - (last.Charge?.BeforeMicroseconds ?? 0)) * 10_000 / meter.Tariff.VcoreSecondsPerGrc;
        // Every tariff change may round once, by less than one halford, in the user's favour; a charge itself never does.
        var difference = (owed / 100) - sum;
        return last.Meter.BilledMicroseconds == highest && last.Meter.Charged.Halfords == sum && difference >= -1 && difference <= readings.Length + 1;
    }).Check(Seeded.Config);

    [Fact]
    public void Advance_OneTariff_SumIsThePriceOfTheCounter() => Prop.ForAll(Readings, readings =>
    {
        var (meter, counter, sum) = (Fresh, 0L, 0L);
        foreach (var (step, _) in readings)
        {
            counter += Math.Abs(step);
            var result = MeterRules.Advance(meter, counter, false, Tariff);
            sum += result.Charge?.Amount.Halfords ?? 0;
            meter = result.Meter;
        }

        return sum == Pricing.Of(counter, Tariff.VcoreSecondsPerGrc).Halfords && meter.Charged.Halfords == sum;
    }).Check(Seeded.Config);
}
