using CreditManager.Core.Ledger;
using CreditManager.Core.Records;

namespace CreditManager.Core.Verification;

/// <summary>How a charge follows from the one before of the same container: nothing is charged twice and nothing left out.</summary>
internal static class ContainerContinuity
{
    private const string Place = "details.";

    /// <summary>A container's counters begin at zero.</summary>
    public static string? CheckFirst(ChargeRecord charge)
    {
        const string because = ": it is the container's first charge";
        return Expect.Equal(Place + "before_microseconds", charge.Before, 0, because)
            ?? (charge.Memory is { } memory ? Expect.Equal(Place + "memory_before_byte_seconds", memory.Before, 0, because) : null);
    }

    public static string? CheckNext(ContainerState state, ChargeRecord charge)
    {
        var last = state.Last;
        return Expect.Equal(Place + "user", charge.User, last.User, $", whose container {charge.Container} is")
            ?? Expect.Equal(Place + "function", charge.Function, last.Function, $", which container {charge.Container} runs")
            ?? Expect.Equal(Place + "basis", Word(charge), Word(last), $", as for container {charge.Container} before")
            ?? Expect.Equal(Place + "before_microseconds", charge.Before, last.After, $", up to which container {charge.Container} was charged before")
            ?? CheckFrom(last, charge)
            ?? CheckBase(last, charge)
            ?? (charge.Memory is { } memory ? CheckMemory(state, charge, memory) : null);
    }

    private static string? CheckFrom(ChargeRecord last, ChargeRecord charge) => (last.To, charge.From) switch
    {
        ({ } to, { } from) when to == from => null,
        ({ } to, { } from) => Expect.Equal(
            Place + "from", LedgerChain.FormatTime(from), LedgerChain.FormatTime(to), $", up to which container {charge.Container} was charged before"),
        ({ } to, null) => $"{Place}from is missing; it should be {LedgerChain.FormatTime(to)}.",
        _ => null,
    };

    /// <summary>
    /// A price counts from where it took hold: for the same price where it did before, for another one where the last charge ended.
    /// A price that went and came back without a charge between took hold there, too.
    /// </summary>
    private static string? CheckBase(ChargeRecord last, ChargeRecord charge)
    {
        var (now, before) = (charge.Tariff, last.Tariff);
        if (now.Name == before.Name && now.Version < before.Version)
        {
            return Expect.Between(Place + "tariff_version", now.Version, before.Version, int.MaxValue);
        }

        return charge.Base == charge.Before || (now == before && charge.Base == last.Base)
            ? null
            : Expect.Equal(
                Place + "base_microseconds", charge.Base, now == before ? last.Base : charge.Before, $", where the price took hold in container {charge.Container}");
    }

    private static string? CheckMemory(ContainerState state, ChargeRecord charge, MemoryInterval memory)
    {
        if (state.Last.Memory is { } last)
        {
            var samePrice = charge.Base == state.Last.Base && charge.Tariff == state.Last.Tariff;
            return Expect.Equal(Place + "memory_before_byte_seconds", memory.Before, last.After, $", up to which container {charge.Container} was charged before")
                ?? (memory.Base == memory.Before || (samePrice && memory.Base == last.Base)
                    ? null
                    : Expect.Equal(
                        Place + "memory_base_byte_seconds", memory.Base, samePrice ? last.Base : memory.Before, $", where the price took hold in container {charge.Container}"));
        }

        // While memory cost nothing its counter was not said: it may have gone on, but not back.
        return Expect.Between(Place + "memory_before_byte_seconds", memory.Before, state.MemoryAfter, long.MaxValue)
            ?? Expect.Equal(Place + "memory_base_byte_seconds", memory.Base, memory.Before, $", where the price took hold in container {charge.Container}");
    }

    private static string Word(ChargeRecord charge) => charge.Basis.ToString();
}
