using CreditManager.Contracts;
using CreditManager.Core;
using CreditManager.Core.Money;
using CreditManager.Storage;

namespace CreditManager.Api;

/// <summary>Price lists and their versions.</summary>
internal sealed class TariffBook(CreditDatabase database, TimeProvider time)
{
    /// <summary>Each price list's version in force.</summary>
    public IReadOnlyList<Tariff> List() => [.. database.Read(db => db.ListTariffs(time.GetUtcNow())).Select(View)];

    /// <summary>All versions of one, oldest first.</summary>
    public IReadOnlyList<Tariff> Versions(string name) => [.. database.Read(db => db.ListTariffVersions(name)).Select(View)];

    /// <summary>Everything that is wrong with a name and settings, one sentence each.</summary>
    public static IReadOnlyList<string> Validate(string name, TariffSettings settings) =>
    [
        .. Refusals.Require(Names.IsName(name), $"tariff: \"{name}\" is not allowed; allowed: {Names.Allowed}."),
        .. Refusals.Require(
            TariffLimits.Allows(settings.VcoreSecondsPerGrc),
            $"vcore_seconds_per_grc: {settings.VcoreSecondsPerGrc} is not allowed; allowed: {TariffLimits.Allowed}."),
        .. Refusals.Require(
            settings.GibSecondsPerGrc is not { } memory || TariffLimits.Allows(memory),
            $"gib_seconds_per_grc: {settings.GibSecondsPerGrc} is not allowed; allowed: {TariffLimits.AllowedMemory}."),
    ];

    /// <summary>Adds a version, unless the newest one says the same already; validate first.</summary>
    /// <returns>The version, or why it cannot be.</returns>
    public (Tariff? Tariff, string? Fault) Save(string name, TariffSettings settings) => database.Write(db =>
    {
        var now = time.GetUtcNow();
        var versions = db.ListTariffVersions(name);
        var newest = versions.Count > 0 ? versions[^1] : null;
        var next = new ScheduledTariff(
            new TariffVersion(name, versions.Count + 1, settings.VcoreSecondsPerGrc, settings.GibSecondsPerGrc, settings.RefundsPlatformFaults),
            settings.ValidFrom ?? now);
        if (newest is not null && newest.Tariff == next.Tariff with { Version = newest.Tariff.Version }
            && newest.ValidFrom == (settings.ValidFrom ?? newest.ValidFrom))
        {
            return (View(newest), null);
        }

        if (TariffSchedule.FindFault(versions, settings.ValidFrom, now) is { } fault)
        {
            return ((Tariff?)null, (string?)fault);
        }

        db.AddTariff(next);
        return (View(next), null);
    });

    /// <summary>A version as the contract has it.</summary>
    public static Tariff View(ScheduledTariff scheduled) => new(
        scheduled.Tariff.Name,
        scheduled.Tariff.VcoreSecondsPerGrc,
        scheduled.Tariff.Version,
        scheduled.ValidFrom,
        scheduled.Tariff.GibSecondsPerGrc,
        scheduled.Tariff.RefundsPlatformFaults);
}
