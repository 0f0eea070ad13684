using System.Data.Common;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using Dapper;

namespace CreditManager.Storage;

internal static class TariffTable
{
    /// <summary>The tariff that every user has unless told.</summary>
    public const string Default = "default";

    private const string Select = """
        SELECT name AS Name, vcore_seconds_per_grc AS VcoreSecondsPerGrc, version AS Version, valid_from AS ValidFrom,
            gib_seconds_per_grc AS GibSecondsPerGrc, refunds_platform_faults AS Refunds
        FROM tariffs
        """;

    /// <summary>Each tariff's version in force.</summary>
    public static IReadOnlyList<ScheduledTariff> ListTariffs(this DbConnection db, DateTimeOffset now) =>
    [
        .. db.Query<Row>($"{Select} ORDER BY name, version").GroupBy(r => r.Name, StringComparer.Ordinal)
            .Select(versions => TariffSchedule.InForce([.. versions.Select(r => r.ToTariff())], now)),
    ];

    /// <summary>A tariff's version in force; null where there is no such tariff.</summary>
    public static ScheduledTariff? FindTariff(this DbConnection db, string name, DateTimeOffset now) =>
        db.ListTariffVersions(name) is { Count: > 0 } versions ? TariffSchedule.InForce(versions, now) : null;

    /// <summary>A tariff's versions, oldest first.</summary>
    public static IReadOnlyList<ScheduledTariff> ListTariffVersions(this DbConnection db, string name) =>
        [.. db.Query<Row>($"{Select} WHERE name = @name ORDER BY version", new { name }).Select(r => r.ToTariff())];

    /// <summary>Adds a version.</summary>
    public static void AddTariff(this DbConnection db, ScheduledTariff scheduled) => db.Execute(
        """
        INSERT INTO tariffs (name, version, vcore_seconds_per_grc, valid_from, gib_seconds_per_grc, refunds_platform_faults)
        VALUES (@Name, @Version, @VcoreSecondsPerGrc, @validFrom, @GibSecondsPerGrc, @refunds)
        """,
        new
        {
            scheduled.Tariff.Name,
            scheduled.Tariff.Version,
            scheduled.Tariff.VcoreSecondsPerGrc,
            scheduled.Tariff.GibSecondsPerGrc,
            validFrom = LedgerChain.FormatTime(scheduled.ValidFrom),
            refunds = scheduled.Tariff.RefundsPlatformFaults ? 1 : 0,
        });

    private sealed record Row(
        string Name, long VcoreSecondsPerGrc, long Version, string ValidFrom, long? GibSecondsPerGrc, long Refunds)
    {
        public ScheduledTariff ToTariff() => new(
            new TariffVersion(Name, (int)Version, VcoreSecondsPerGrc, GibSecondsPerGrc, Refunds != 0), LedgerChain.ReadTime(ValidFrom));
    }
}
