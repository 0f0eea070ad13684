using CreditManager.Core.Metering;
using CreditManager.Core.Money;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class MeterRulesTests
{
    private static readonly TariffVersion Tariff = new("default", 1, 600);
    private static readonly Meter Fresh = Meter.Start("c1", "alice", "work", MeterBasis.Used, Tariff, DateTimeOffset.UnixEpoch);

    /// <summary>Steps forward, repeats and steps back, with tariff changes among them.</summary>
    private static readonly Arbitrary<(long Step, int Tariff)[]> Readings = Seeded.Between(-50_000, 3_000_000)
        .SelectMany(_ => Gen.Choose(1, 4), (step, tariff) => (step, tariff)).ArrayOf().ToArbitrary();

    [Fact]
    public void Advance_MemoryHasAPrice_BothCountersAreCharged()
    {
        var tariff = new TariffVersion("default", 2, 600, GibSecondsPerGrc: 1000);
        var meter = Fresh with { Tariff = tariff };

        var first = MeterRules.Advance(meter, new MeterReading(6_000_000, 10L << 30, DateTimeOffset.UnixEpoch), false, tariff);
        var memoryOnly = MeterRules.Advance(first.Meter, new MeterReading(6_000_000, 11L << 30, DateTimeOffset.UnixEpoch), false, tariff);

        Assert.Equal(1_000_000 + 1_000_000, first.Charge!.Amount.Halfords);
        Assert.Equal(100_000, memoryOnly.Charge!.Amount.Halfords);
    }

    [Fact]
    public void Advance_MemoryGetsAPrice_WhatWasUsedBeforeStaysFree()
    {
        var priced = new TariffVersion("default", 2, 600, GibSecondsPerGrc: 1);
        var before = MeterRules.Advance(Fresh, new MeterReading(0, 5L << 30, DateTimeOffset.UnixEpoch), false, priced);
        var after = MeterRules.Advance(before.Meter, new MeterReading(0, 6L << 30, DateTimeOffset.UnixEpoch), false, priced);

        Assert.Equal(GrcAmount.Zero, before.Charge!.Amount);
        Assert.Equal(GrcAmount.HalfordsPerGrc, after.Charge!.Amount.Halfords);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(9)]
    [InlineData(long.MaxValue)]
    public void Advance_ImpossibleMemoryCounter_IsRefused(long memory)
    {
        var meter = Fresh with { Billed = new MeterReading(0, 10, DateTimeOffset.UnixEpoch) };
        var step = MeterRules.Advance(meter, new MeterReading(5, memory, DateTimeOffset.UnixEpoch), false, Tariff);
        Assert.Contains("memory counter", step.Refusal, StringComparison.Ordinal);
        Assert.Equal(meter, step.Meter);
    }

    [Fact]
    public void Advance_PriceThatBeganLate_RoundsFromWhereItBegan()
    {
        // 7 µs are 1.16 halfords, 13 µs are 2.16: counted from zero the step would cost 1.
        var meter = Fresh with { Base = new MeterReading(7, 11, DateTimeOffset.UnixEpoch), Billed = new MeterReading(7, 11, DateTimeOffset.UnixEpoch) };
        Assert.Null(MeterRules.Advance(meter, Cpu(12, 11), false, Tariff).Charge);
        Assert.Equal(1, MeterRules.Advance(meter, Cpu(13, 11), false, Tariff).Charge!.Amount.Halfords);
        var priced = Tariff with { GibSecondsPerGrc = 1 };
        Assert.Null(MeterRules.Advance(meter with { Tariff = priced }, Cpu(7, 21), false, priced).Charge);
        Assert.Equal(1, MeterRules.Advance(meter with { Tariff = priced }, Cpu(7, 22), false, priced).Charge!.Amount.Halfords);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(1_000_000_000L, true)]
    public void Advance_FinalMemoryWorthNothing_IsWrittenDownOnlyWhereMemoryHasAPrice(long? price, bool charged)
    {
        var tariff = Tariff with { GibSecondsPerGrc = price };
        var step = MeterRules.Advance(Fresh with { Tariff = tariff }, Cpu(0, 1), true, tariff);
        Assert.Equal(charged, step.Charge is not null);
        Assert.Null(MeterRules.Advance(step.Meter, Cpu(0, step.Meter.Billed.MemoryByteSeconds), true, tariff).Charge);
        Assert.True(step.Meter.Final);
    }

    [Fact]
    public void Advance_LargestCounters_AreTaken()
    {
        var step = MeterRules.Advance(Fresh, Cpu(MeterRules.LargestCounter, MeterRules.LargestMemoryCounter), false, Tariff);
        Assert.Null(step.Refusal);
        Assert.NotNull(MeterRules.Advance(Fresh, Cpu(0, MeterRules.LargestMemoryCounter + 1), false, Tariff).Refusal);
    }

    [Fact]
    public void Advance_Refusals_NameCounterAndUnit()
    {
        var meter = Fresh with { Billed = Cpu(10, 20) };
        Assert.Equal("container c1: its CPU counter went back from 10 to 9 µs.", MeterRules.Advance(meter, Cpu(9, 20), false, Tariff).Refusal);
        Assert.Equal("container c1: its memory counter went back from 20 to 19 byte-seconds.", MeterRules.Advance(meter, Cpu(10, 19), false, Tariff).Refusal);
        Assert.Equal(
            $"container c1: a CPU counter of -1 µs is impossible; allowed: 0 to {MeterRules.LargestCounter}.", MeterRules.Advance(meter, Cpu(-1, 20), false, Tariff).Refusal);
    }

    [Fact]
    public void Start_NewMeter_IsNotFinal() => Assert.Equal((false, GrcAmount.Zero), (Fresh.Final, Fresh.Charged));

    [Fact]
    public void Advance_OlderVersionByAClockSetBack_KeepsTheNewerPrice()
    {
        var newer = new TariffVersion("default", 2, 1200);
        var meter = Fresh with { Tariff = newer };
        Assert.Equal(newer, MeterRules.Advance(meter, Cpu(5_000_000), false, Tariff).Meter.Tariff);
        Assert.Equal(newer with { RefundsPlatformFaults = true }, MeterRules.Advance(meter, Cpu(5), false, newer with { RefundsPlatformFaults = true }).Meter.Tariff);
        Assert.Equal("other", MeterRules.Advance(meter, Cpu(5_000_000), false, new TariffVersion("other", 1, 5)).Meter.Tariff.Name);
    }

    [Fact]
    public void Advance_SameCounterTwice_ChargesNothingTwice()
    {
        var first = MeterRules.Advance(Fresh, Cpu(30_000_000), false, Tariff);
        var second = MeterRules.Advance(first.Meter, Cpu(30_000_000), false, Tariff);

        Assert.Equal(5_000_000, first.Charge!.Amount.Halfords);
        Assert.Null(second.Charge);
        Assert.Equal(first.Meter, second.Meter);
    }

    [Fact]
    public void Advance_UsageBelowOneHalford_WaitsUntilItIsWorthOneOrFinal()
    {
        var waiting = MeterRules.Advance(Fresh, Cpu(5), false, Tariff);
        Assert.Null(waiting.Charge);
        Assert.Equal(0, waiting.Meter.Billed.Microseconds);

        var final = MeterRules.Advance(waiting.Meter, Cpu(5), true, Tariff);
        Assert.Equal(0, final.Charge!.Amount.Halfords);
        Assert.Equal(5, final.Meter.Billed.Microseconds);
        Assert.True(final.Meter.Final);
    }

    [Fact]
    public void Advance_FinalWithoutUsage_IsFinalWithoutACharge()
    {
        var final = MeterRules.Advance(Fresh, Cpu(0), true, Tariff);
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
        var meter = Fresh with { Billed = Cpu(100) };
        var step = MeterRules.Advance(meter, Cpu(counter), true, Tariff);
        Assert.Contains("c1", step.Refusal, StringComparison.Ordinal);
        Assert.Null(step.Charge);
        Assert.Equal(meter, step.Meter);
    }

    [Fact]
    public void Advance_TariffChanged_UsageSoFarKeepsItsPrice()
    {
        var dear = new TariffVersion("default", 2, 1);
        var before = MeterRules.Advance(Fresh, Cpu(60_000_000), false, dear);
        var after = MeterRules.Advance(before.Meter, Cpu(61_000_000), false, dear);

        Assert.Equal(10_000_000, before.Charge!.Amount.Halfords);
        Assert.Equal(100_000_000, after.Charge!.Amount.Halfords);
        Assert.Equal(60_000_000, after.Meter.Base.Microseconds);
    }

    [Fact]
    public void Advance_AnyReadings_ConservesUsageAndNeverChargesTwiceOrNegative() => Prop.ForAll(Readings, readings =>
    {
        var (meter, counter, highest, covered, sum, owed) = (Fresh, 0L, 0L, 0L, 0L, (Int128)0);
        foreach (var (step, tariff) in readings.Append((Step: 1_000_000L, Tariff: 1)))
        {
            counter = Math.Max(counter + step, 0);
            highest = Math.Max(highest, counter);
            var result = MeterRules.Advance(meter, Cpu(counter), false, new TariffVersion("default", tariff, 600 * tariff));
            if (result.Charge is { } charge)
            {
                // Charges join without gap or overlap.
                Assert.Equal(covered, charge.Meter.Billed.Microseconds);
                Assert.True(charge.Amount.Halfords >= 0);
                covered = charge.After.Microseconds;
                sum += charge.Amount.Halfords;
                owed += (Int128)(charge.After.Microseconds - charge.Meter.Billed.Microseconds) * 10_000 / charge.Meter.Tariff.VcoreSecondsPerGrc;
            }

            meter = result.Meter;
        }

        var last = MeterRules.Advance(meter, Cpu(highest), true, meter.Tariff);
        sum += last.Charge?.Amount.Halfords ?? 0;
        owed += (Int128)((last.Charge?.After.Microseconds ?? 0) - (last.Charge?.Meter.Billed.Microseconds ?? 0)) * 10_000 / meter.Tariff.VcoreSecondsPerGrc;
        // Every tariff change may round once, by less than one halford, in the user's favour; a charge itself never does.
        var difference = (owed / 100) - sum;
        return last.Meter.Billed.Microseconds == highest && last.Meter.Charged.Halfords == sum && difference >= -1 && difference <= readings.Length + 1;
    }).Check(Seeded.Config);

    [Fact]
    public void Advance_OneTariff_SumIsThePriceOfTheCounter() => Prop.ForAll(Readings, readings =>
    {
        var (meter, counter, sum) = (Fresh, 0L, 0L);
        foreach (var (step, _) in readings)
        {
            counter += Math.Abs(step);
            var result = MeterRules.Advance(meter, Cpu(counter), false, Tariff);
            sum += result.Charge?.Amount.Halfords ?? 0;
            meter = result.Meter;
        }

        return sum == Pricing.Of(counter, Tariff.VcoreSecondsPerGrc).Halfords && meter.Charged.Halfords == sum;
    }).Check(Seeded.Config);

    private static MeterReading Cpu(long microseconds, long memoryByteSeconds = 0) => new(microseconds, memoryByteSeconds, DateTimeOffset.UnixEpoch);
}
