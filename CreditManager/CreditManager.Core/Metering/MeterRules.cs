using System.Globalization;
using CreditManager.Core.Money;

namespace CreditManager.Core.Metering;

/// <summary>Turns counter readings into charges: reading a counter twice charges nothing twice, and no microsecond is lost.</summary>
public static class MeterRules
{
    /// <summary>CPU counters beyond this (317 years of one core) are no usage but a fault.</summary>
    public const long LargestCounter = 10_000_000_000_000_000;

    /// <summary>Memory counters beyond this (1 GiB for 118 years, 1 TiB for 42 days) are no usage but a fault.</summary>
    public const long LargestMemoryCounter = 4_000_000_000_000_000_000;

    /// <summary>Bills up to <paramref name="reading"/>.</summary>
    /// <param name="meter">How far the container is billed.</param>
    /// <param name="reading">The counters now.</param>
    /// <param name="final">Whether the counters will not change any more.</param>
    /// <param name="inForce">
    /// The tariff for new usage. The usage up to this reading keeps the price that it was used at: a change takes hold at the
    /// first reading after it and never touches what came before. A clock that was set back brings no older version back.
    /// </param>
    public static MeterStep Advance(Meter meter, MeterReading reading, bool final, TariffVersion inForce)
    {
        ArgumentNullException.ThrowIfNull(meter);
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(inForce);
        if (Refuse(meter, reading) is { } refusal)
        {
            return new MeterStep(meter, null, refusal);
        }

        var due = PriceAt(meter, reading) - PriceAt(meter, meter.Billed);
        var tariffChanges = meter.Tariff != inForce && !IsOlder(inForce, meter.Tariff);
        // Usage worth less than a halford waits for more, unless this is the last chance to price it at this tariff.
        var closes = (final || tariffChanges) && IsMore(reading, meter.Billed, withMemory: tariffChanges || meter.Tariff.GibSecondsPerGrc is not null);
        var charge = due > GrcAmount.Zero || closes ? new UsageCharge(meter, reading, due) : null;
        var next = charge is null ? meter : meter with { Billed = reading, Charged = meter.Charged + due };
        if (tariffChanges)
        {
            next = next with { Tariff = inForce, Base = next.Billed };
        }

        return new MeterStep(next with { Final = next.Final || final }, charge, null);
    }

    /// <summary>What a meter's counters cost since its tariff took hold.</summary>
    private static GrcAmount PriceAt(Meter meter, MeterReading reading) =>
        Pricing.Of(reading.Microseconds - meter.Base.Microseconds, meter.Tariff.VcoreSecondsPerGrc)
        + Pricing.OfMemory(reading.MemoryByteSeconds - meter.Base.MemoryByteSeconds, meter.Tariff.GibSecondsPerGrc);

    private static bool IsMore(MeterReading now, MeterReading before, bool withMemory) =>
        now.Microseconds > before.Microseconds || (withMemory && now.MemoryByteSeconds > before.MemoryByteSeconds);

    private static bool IsOlder(TariffVersion tariff, TariffVersion other) => tariff.Name == other.Name && tariff.Version < other.Version;

    private static string? Refuse(Meter meter, MeterReading reading) =>
        Refuse(meter.ContainerId, "CPU", "µs", reading.Microseconds, meter.Billed.Microseconds, LargestCounter)
        ?? Refuse(meter.ContainerId, "memory", "byte-seconds", reading.MemoryByteSeconds, meter.Billed.MemoryByteSeconds, LargestMemoryCounter);

    private static string? Refuse(string container, string counter, string unit, long now, long billed, long largest)
    {
        if (now < 0 || now > largest)
        {
            return string.Create(CultureInfo.InvariantCulture, $"container {container}: a {counter} counter of {now} {unit} is impossible; allowed: 0 to {largest}.");
        }

        return now < billed
            ? string.Create(CultureInfo.InvariantCulture, $"container {container}: its {counter} counter went back from {billed} to {now} {unit}.")
            : null;
    }
}
