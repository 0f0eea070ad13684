using System.Globalization;
using CreditManager.Core.Money;

namespace CreditManager.Core.Verification;

/// <summary>A version of a price list has one price, wherever it is named.</summary>
internal sealed class PriceBook
{
    private readonly Dictionary<(string Name, int Version), long> _cpu = [];

    /// <summary>Only charges say what memory costs.</summary>
    private readonly Dictionary<(string Name, int Version), long?> _memory = [];

    /// <summary>Null where the price is the one of all other entries.</summary>
    public string? Check(TariffVersion tariff, bool withMemory, string place)
    {
        var fault = Expect.Between(place + "vcore_seconds_per_grc", tariff.VcoreSecondsPerGrc, 1, TariffLimits.Most)
            ?? Expect.Between(place + "tariff_version", tariff.Version, 1, long.MaxValue)
            ?? (tariff.GibSecondsPerGrc is { } perGib ? Expect.Between(place + "gib_seconds_per_grc", perGib, 1, TariffLimits.Most) : null);
        if (fault is not null)
        {
            return fault;
        }

        var key = (tariff.Name, tariff.Version);
        if (_cpu.TryAdd(key, tariff.VcoreSecondsPerGrc) is false && _cpu[key] != tariff.VcoreSecondsPerGrc)
        {
            return Differs(place + "vcore_seconds_per_grc", tariff, tariff.VcoreSecondsPerGrc, _cpu[key]);
        }

        return withMemory && _memory.TryAdd(key, tariff.GibSecondsPerGrc) is false && _memory[key] != tariff.GibSecondsPerGrc
            ? Differs(place + "gib_seconds_per_grc", tariff, tariff.GibSecondsPerGrc, _memory[key])
            : null;
    }

    private static string Differs(string member, TariffVersion tariff, long? value, long? known) => string.Create(
        CultureInfo.InvariantCulture,
        $"{member} is {Show(value)}; it should be {Show(known)}, as version {tariff.Version} of tariff {tariff.Name} was before.");

    private static string Show(long? price) => price?.ToString(CultureInfo.InvariantCulture) ?? "not there";
}
