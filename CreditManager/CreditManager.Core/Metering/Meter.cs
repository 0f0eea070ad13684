using CreditManager.Core.Money;

namespace CreditManager.Core.Metering;

/// <summary>Which CPU counter of a container is billed; chosen when its first reading arrives and kept for its life.</summary>
public enum MeterBasis
{
    /// <summary>CPU time really used.</summary>
    Used,

    /// <summary>The CPU limit over time.</summary>
    Allocated,
}

/// <summary>Cumulative counters of a container at one moment.</summary>
/// <param name="Microseconds">The CPU counter that is billed.</param>
/// <param name="MemoryByteSeconds">Memory integrated over time.</param>
/// <param name="At">When they were read.</param>
public sealed record MeterReading(long Microseconds, long MemoryByteSeconds, DateTimeOffset At);

/// <summary>How far one container is billed.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="User">Who pays.</param>
/// <param name="Function">Which function it runs.</param>
/// <param name="Basis">Which counter is billed.</param>
/// <param name="Tariff">The price of what comes next.</param>
/// <param name="Base">The counters at which <paramref name="Tariff"/> took hold: prices count from here.</param>
/// <param name="Billed">The counters up to which everything is charged.</param>
/// <param name="Charged">The sum of all its charges.</param>
/// <param name="Final">Whether the final reading is billed.</param>
public sealed record Meter(
    string ContainerId,
    string User,
    string Function,
    MeterBasis Basis,
    TariffVersion Tariff,
    MeterReading Base,
    MeterReading Billed,
    GrcAmount Charged,
    bool Final)
{
    /// <summary>The meter of a container that was never billed.</summary>
    /// <param name="containerId">The container.</param>
    /// <param name="user">Who pays.</param>
    /// <param name="function">Which function it runs.</param>
    /// <param name="basis">Which counter is billed.</param>
    /// <param name="tariff">The price.</param>
    /// <param name="since">When counting began.</param>
    public static Meter Start(string containerId, string user, string function, MeterBasis basis, TariffVersion tariff, DateTimeOffset since)
    {
        var zero = new MeterReading(0, 0, since);
        return new(containerId, user, function, basis, tariff, zero, zero, GrcAmount.Zero, false);
    }
}

/// <summary>A charge for the usage between two readings of one container.</summary>
/// <param name="Meter">The meter before the charge; names container, user, function, tariff and the reading up to which was billed.</param>
/// <param name="After">The reading up to which is billed now.</param>
/// <param name="Amount">At least 0.</param>
public sealed record UsageCharge(Meter Meter, MeterReading After, GrcAmount Amount);

/// <summary>What a reading did to a meter.</summary>
/// <param name="Meter">The meter from now on.</param>
/// <param name="Charge">What to book; null where nothing is due yet.</param>
/// <param name="Refusal">Why the reading was not billed; null where all is well. The meter is then unchanged.</param>
public sealed record MeterStep(Meter Meter, UsageCharge? Charge, string? Refusal);
