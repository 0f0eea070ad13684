using System.Globalization;
using CreditManager.Core.Ledger;
using CreditManager.Core.Metering;
using CreditManager.Core.Money;
using CreditManager.Core.Records;

namespace CreditManager.Core.Verification;

/// <summary>Every charge is the difference of prices of its counters, and goes on where the container's last one ended.</summary>
internal sealed class ChargeRules(PriceBook prices)
{
    private const string Place = "details.";

    private readonly Dictionary<string, ContainerState> _containers = new(StringComparer.Ordinal);

    public string? Check(LedgerDraft draft, ChargeRecord charge)
    {
        var state = _containers.GetValueOrDefault(charge.Container);
        var fault = Expect.Accounts(draft, LedgerAccounts.Owed(charge.User), LedgerAccounts.Claims)
            ?? prices.Check(charge.Tariff, withMemory: true, Place)
            ?? CheckCounters(charge)
            ?? CheckAmount(draft, charge)
            ?? (state is null ? ContainerContinuity.CheckFirst(charge) : ContainerContinuity.CheckNext(state, charge));
        _containers[charge.Container] = ContainerState.After(state, charge);
        return fault;
    }

    private static string? CheckCounters(ChargeRecord charge) =>
        Expect.Between(Place + "base_microseconds", charge.Base, 0, MeterRules.LargestCounter)
        ?? Expect.Between(Place + "before_microseconds", charge.Before, charge.Base, MeterRules.LargestCounter)
        ?? Expect.Between(Place + "after_microseconds", charge.After, charge.Before, MeterRules.LargestCounter)
        ?? (charge.Memory is { } memory ? CheckCounters(memory) : null);

    private static string? CheckCounters(MemoryInterval memory) =>
        Expect.Between(Place + "memory_base_byte_seconds", memory.Base, 0, MeterRules.LargestMemoryCounter)
        ?? Expect.Between(Place + "memory_before_byte_seconds", memory.Before, memory.Base, MeterRules.LargestMemoryCounter)
        ?? Expect.Between(Place + "memory_after_byte_seconds", memory.After, memory.Before, MeterRules.LargestMemoryCounter);

    private static string? CheckAmount(LedgerDraft draft, ChargeRecord charge)
    {
        var tariff = charge.Tariff;
        return Expect.Equal(
            "amount_halfords",
            draft.Amount.Halfords,
            charge.PriceAt(tariff.VcoreSecondsPerGrc, tariff.GibSecondsPerGrc).Halfords,
            $", the price of {charge.After - charge.Before} µs from {charge.Before} to {charge.After} at {Describe(tariff)}");
    }

    private static string Describe(TariffVersion tariff) => tariff.GibSecondsPerGrc is { } perGib
        ? string.Create(CultureInfo.InvariantCulture, $"{tariff.VcoreSecondsPerGrc} vcore-seconds and {perGib} GiB-seconds per GRC")
        : string.Create(CultureInfo.InvariantCulture, $"{tariff.VcoreSecondsPerGrc} vcore-seconds per GRC");
}
