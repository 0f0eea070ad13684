using System.Globalization;
using CreditManager.Core.Money;

namespace CreditManager.Core.Metering;

/// <summary>Turns counter readings into charges: reading a counter twice charges nothing twice, and no microsecond is lost.</summary>
public static class MeterRules
{
    /// <summary>Counters beyond this (317 years of one core) are no usage but a fault.</summary>
    public const long LargestCounter = 10_000_000_000_000_000;

    /// <summary>Bills up to <paramref name="counter"/>.</summary>
    /// <param name="meter">How far the container is billed.</param>
    /// <param name="counter">The cumulative counter, in microseconds.</param>
    /// <param name="final">Whether the counter will not change any more.</param>
    /// <param name="inForce">
    /// The tariff for new usage. The usage up to this reading keeps the price that it was used at: a change takes hold at the
    /// first reading after it and never touches what came before.
    /// </param>
    public static MeterStep Advance(Meter meter, long counter, bool final, TariffVersion inForce)
    {
        ArgumentNullException.ThrowIfNull(meter);
        ArgumentNullException.ThrowIfNull(inForce);
        if (Refuse(meter, counter) is { } refusal)
        {
            return new MeterStep(meter, null, refusal);
        }

        var due = PriceAt(meter, counter) - PriceAt(meter, meter.BilledMicroseconds);
        var tariffChanges = meter.Tariff != inForce;
        var closes = (final || tariffChanges) && counter > meter.BilledMicroseconds;
        // Usage worth less than a halford waits for more, unless this is the last chance to price it at this tariff.
        var charge = due > GrcAmount.Zero || closes ? new UsageCharge(meter, meter.BilledMicroseconds, counter, due) : null;
        var next = charge is null ? meter : meter with { BilledMicroseconds = counter, Charged = meter.Charged + due };
        if (tariffChanges)
        {
            next = next with { Tariff = inForce, BaseMicroseconds = next.BilledMicroseconds };
        }

        return new MeterStep(next with { Final = next.Final || final }, charge, null);
    }

    private static string? Refuse(Meter meter, long counter)
    {
        if (counter is < 0 or > LargestCounter)
        {
            return string.Create(CultureInfo.InvariantCulture, $"container {meter.ContainerId}: a counter of {counter} µs is impossible; allowed: 0 to {LargestCounter}.");
        }

        return counter < meter.BilledMicroseconds
            ? string.Create(CultureInfo.InvariantCulture, $"container {meter.ContainerId}: its counter went back from {meter.BilledMicroseconds} to {counter} µs.")
            : null;
    }

    private static GrcAmount PriceAt(Meter meter, long counter) =>
        Pricing.Of(counter - meter.BaseMicroseconds, meter.Tariff.VcoreSecondsPerGrc);
}
