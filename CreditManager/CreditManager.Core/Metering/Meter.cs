using CreditManager.Core.Money;

namespace CreditManager.Core.Metering;

/// <summary>Which counter of a container is billed; chosen when its first reading arrives and kept for its life.</summary>
public enum MeterBasis
{
    /// <summary>CPU time really used.</summary>
    Used,

    /// <summary>The CPU limit over time.</summary>
    Allocated,
}

/// <summary>How far one container is billed.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="User">Who pays.</param>
/// <param name="Function">Which function it runs.</param>
/// <param name="Basis">Which counter is billed.</param>
/// <param name="Tariff">The price of what comes next.</param>
/// <param name="BaseMicroseconds">The counter at which <paramref name="Tariff"/> took hold: prices count from here.</param>
/// <param name="BilledMicroseconds">The counter up to which everything is charged.</param>
/// <param name="Charged">The sum of all its charges.</param>
/// <param name="Final">Whether the final reading is billed.</param>
public sealed record Meter(
    string ContainerId,
    string User,
    string Function,
    MeterBasis Basis,
    TariffVersion Tariff,
    long BaseMicroseconds,
    long BilledMicroseconds,
    GrcAmount Charged,
    bool Final)
{
    /// <summary>The meter of a container that was never billed.</summary>
    public static Meter Start(string containerId, string user, string function, MeterBasis basis, TariffVersion tariff) =>
        new(containerId, user, function, basis, tariff, 0, 0, GrcAmount.Zero, false);
}

/// <summary>A charge for the usage between two counter values of one container.</summary>
/// <param name="Meter">The meter before the charge; names container, user, function and tariff.</param>
/// <param name="BeforeMicroseconds">Counter up to which had been billed.</param>
/// <param name="AfterMicroseconds">Counter up to which is billed now.</param>
/// <param name="Amount">At least 0.</param>
public sealed record UsageCharge(Meter Meter, long BeforeMicroseconds, long AfterMicroseconds, GrcAmount Amount);

/// <summary>What a reading did to a meter.</summary>
/// <param name="Meter">The meter from now on.</param>
/// <param name="Charge">What to book; null where nothing is due yet.</param>
/// <param name="Refusal">Why the reading was not billed; null where all is well. The meter is then unchanged.</param>
public sealed record MeterStep(Meter Meter, UsageCharge? Charge, string? Refusal);
